"""The wheels of a bundle: taken from the index under the hashes of the lock, kept in dist/, and looked through."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from packaging.utils import parse_wheel_filename

from scripts.bundle.locked import Locked, applying
from scripts.bundle.target import Target


def fetch(requirements: Sequence[Locked], target: Target, folder: Path) -> list[Path]:
    """The wheels of all that a target needs, in the folder; those that are there already are not fetched again."""
    folder.mkdir(parents=True, exist_ok=True)
    for environment in target.environments:
        there = _fitting(requirements, target, folder)
        lacking = [each for each in requirements if each.applies(environment) and each not in there]
        if lacking:
            _download(
                lacking, [*target.options, "--python-version", environment["python_full_version"]], folder
            )
    found = _fitting(requirements, target, folder)
    lacking = [each for each in applying(requirements, target) if each not in found]
    if lacking:
        names = ", ".join(f"{each.name} {each.version}" for each in lacking)
        raise SystemExit(f"no wheel for {target.platform}, Python {target.version}: {names}")
    return sorted(found.values())


def _download(lacking: Sequence[Locked], options: Sequence[str], folder: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        wanted = Path(scratch) / "requirements.txt"
        wanted.write_text("".join(each.text(marker=False) for each in lacking), encoding="utf-8")
        command = [sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check"]
        command += ["--require-hashes", "--no-deps", "--only-binary", ":all:", *options]
        done = subprocess.run([*command, "--dest", str(folder), "--requirement", str(wanted)], check=False)
    if done.returncode:
        raise SystemExit(
            "some wheels cannot be fetched: is there a network, and has each library a wheel for that system?"
        )


def _fitting(requirements: Sequence[Locked], target: Target, folder: Path) -> dict[Locked, Path]:
    """What is in the folder already, by what it is the wheel of."""
    wheels = list(folder.glob("*.whl"))
    needed = applying(requirements, target)
    return {each: wheel for each in needed for wheel in wheels if fits(wheel, each, target)}


def fits(wheel: Path, locked: Locked, target: Target) -> bool:
    """Whether a file is a wheel of that very version, can be installed there, and is one that the lock knows."""
    name, version, _build, tags = parse_wheel_filename(wheel.name)
    return (
        (name, str(version)) == (locked.name, locked.version)
        and bool(tags & target.tags)
        and sha256(wheel.read_bytes()) in locked.hashes
    )


def built(project: Path, folder: Path) -> Path:
    """The wheel of the project itself."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=project, check=True, capture_output=True)
    (wheel,) = folder.glob("wenxiao-*.whl")
    return wheel


def sha256(content: bytes) -> str:
    """The hash by which pip knows a file."""
    return hashlib.sha256(content).hexdigest()


def own(wheel: Path) -> str:
    """The lines for pip that name the project's wheel."""
    name, version, _build, _tags = parse_wheel_filename(wheel.name)
    return f"{name}=={version} \\\n    --hash=sha256:{sha256(wheel.read_bytes())}\n"


def lists(
    requirements: Sequence[Locked], targets: Sequence[Target], wheel: Path
) -> Iterator[tuple[str, str]]:
    """The name and the text of the list that the start script hands to pip, one for each version of Python."""
    for target in targets:
        texts = (each.text(marker=True) for each in applying(requirements, target))
        yield f"requirements-{target.version}.txt", "".join(texts) + own(wheel)
