"""`python -m scripts.bundle --platform windows --versions 3.12 3.13`: the zip, in dist/."""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from pathlib import Path

from wenxiao import __version__

from scripts.bundle import DIST, ROOT, parcel, wheels
from scripts.bundle.locked import behind, locked
from scripts.bundle.target import PLATFORMS, Target

HERE = "windows" if sys.platform == "win32" else "linux-arm" if platform.machine() == "aarch64" else "linux"


def bundle(name: str, versions: list[str]) -> Path:
    """The zip for a platform and some versions of Python."""
    requirements = locked((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    unlocked = behind(requirements, (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    if unlocked:
        raise SystemExit(
            f"requirements.lock is behind pyproject.toml, make lock first: {', '.join(unlocked)}"
        )
    targets = [Target(name, version) for version in versions]
    files: dict[str, bytes | Path] = dict(parcel.scripts())
    for target in targets:
        found = wheels.fetch(requirements, target, DIST / "wheels" / name / target.version)
        files |= {f"wheels/{wheel.name}": wheel for wheel in found}
    with tempfile.TemporaryDirectory() as scratch:
        project = Path(scratch) / "project"
        for path, content in parcel.tracked().items():
            files[f"project/{path}"] = content
            (project / path).parent.mkdir(parents=True, exist_ok=True)
            (project / path).write_bytes(content)
        wheel = wheels.built(project, Path(scratch))
        files[f"wheels/{wheel.name}"] = wheel
        files |= {each: text.encode() for each, text in wheels.lists(requirements, targets, wheel)}
        files["sha256.txt"] = parcel.sums(files)
        place = DIST / f"wenxiao-{__version__}-{name}.zip"
        parcel.write(place, f"wenxiao-{__version__}", files)
    return place


def main() -> None:
    """Makes it and says where it is."""
    parser = argparse.ArgumentParser(prog="python -m scripts.bundle", description=__doc__)
    parser.add_argument("--platform", choices=PLATFORMS, default=HERE)
    parser.add_argument("--versions", nargs="+", default=[f"{sys.version_info[0]}.{sys.version_info[1]}"])
    asked = parser.parse_args()
    place = bundle(asked.platform, asked.versions)
    size = place.stat().st_size / 1_000_000
    print(f"{place.relative_to(ROOT)}  {size:.0f} MB  {asked.platform}, Python {', '.join(asked.versions)}")


if __name__ == "__main__":
    main()
