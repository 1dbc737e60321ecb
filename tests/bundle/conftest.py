"""The bundles that `make bundle` made, and a way to cut the network off."""

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from wenxiao import __version__

from scripts.bundle import DIST
from scripts.bundle.parcel import tracked
from tests.conftest import lacking

ROOT = f"wenxiao-{__version__}"


def bundle(platform: str) -> zipfile.ZipFile:
    """The bundle for a platform, if it is there and made of this checkout."""
    command = f"make bundle PLATFORM={platform}"
    place = DIST / f"{ROOT}-{platform}.zip"
    if not place.exists():
        lacking(f"there is no bundle for {platform}: {command}")
    parcel = zipfile.ZipFile(place)
    inside = {name: parcel.read(name) for name in parcel.namelist() if name.startswith(f"{ROOT}/project/")}
    if inside != {f"{ROOT}/project/{name}": content for name, content in tracked().items()}:
        lacking(f"the bundle for {platform} is not of this checkout: {command}")
    return parcel


@pytest.fixture(scope="session")
def linux(git: Path) -> zipfile.ZipFile:
    """The bundle for Linux."""
    del git
    return bundle("linux")


@pytest.fixture(scope="session")
def windows(git: Path) -> zipfile.ZipFile:
    """The bundle for Windows."""
    del git
    return bundle("windows")


@pytest.fixture(scope="session")
def unshare() -> list[str]:
    """The words before a command that is to have no network: as root, or as root of a namespace of one's own."""
    command = shutil.which("unshare")
    for options in (["--net"], ["--map-root-user", "--net"]):
        words = [command or "unshare", *options]
        if command and not subprocess.run([*words, "true"], capture_output=True, check=False).returncode:
            break
    else:
        lacking(
            "no network namespace can be made here: unshare (util-linux) as root, or with user namespaces"
        )
    return words
