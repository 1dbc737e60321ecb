"""The zip itself: one folder with the start scripts, the wheels and the project's tracked files."""

from __future__ import annotations

import hashlib
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from scripts.bundle import ROOT

START = Path(__file__).with_name("start")
_DATE = (2026, 1, 1, 0, 0, 0)  # the same files, the same zip
_PACKED = {".whl", ".xlsx", ".png"}  # compressed already
_WINDOWS = {".bat", ".txt"}  # what Windows reads has its line ends


def tracked(root: Path = ROOT) -> dict[str, bytes]:
    """The files of the checkout that git tracks, by their path in it."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True)
    names = filter(None, listed.stdout.decode().split("\0"))
    return {name: (root / name).read_bytes() for name in names if (root / name).is_file()}


def scripts() -> dict[str, bytes]:
    """The files that start it, with the line ends of the system that reads them."""
    found = {}
    for path in sorted(START.iterdir()):
        if path.is_file():
            content = path.read_bytes().replace(b"\r\n", b"\n")
            found[path.name] = content.replace(b"\n", b"\r\n") if path.suffix in _WINDOWS else content
    return found


def sums(files: Mapping[str, bytes | Path]) -> bytes:
    """The list of the hashes of the files but the project's own, as sha256sum writes and checks it."""
    lines = []
    for name in sorted(files):
        if not name.startswith("project/"):
            content = files[name]
            digest = hashlib.sha256(
                content.read_bytes() if isinstance(content, Path) else content
            ).hexdigest()
            lines.append(f"{digest}  {name}\n")
    return "".join(lines).encode()


def write(place: Path, folder: str, files: Mapping[str, bytes | Path]) -> None:
    """A zip of one folder, whole or not at all; a script of the shell may be executed."""
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished = place.with_suffix(".part")
    with zipfile.ZipFile(unfinished, "w") as parcel:
        for name in sorted(files):
            info = zipfile.ZipInfo(str(PurePosixPath(folder, name)), _DATE)
            suffix = PurePosixPath(name).suffix
            info.compress_type = zipfile.ZIP_STORED if suffix in _PACKED else zipfile.ZIP_DEFLATED
            info.create_system = 3  # Unix, where the next line has a meaning
            info.external_attr = (0o100755 if suffix == ".sh" else 0o100644) << 16
            content = files[name]
            parcel.writestr(info, content.read_bytes() if isinstance(content, Path) else content)
    unfinished.replace(place)
