"""The bundle: what is in it, and that it installs, makes a report and opens the workbench with the network cut."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from packaging.utils import parse_wheel_filename

from scripts.bundle.locked import applying, locked
from scripts.bundle.target import PLATFORMS, Target
from scripts.bundle.wheels import sha256
from tests.bundle.conftest import ROOT

pytestmark = pytest.mark.acceptance

BUILD_ONLY = {"hatchling", "editables", "trove-classifiers", "pathspec", "pip", "setuptools", "wheel"}
SECONDS_AGAIN = 30


def texts(parcel: zipfile.ZipFile) -> dict[str, bytes]:
    """The files beside the wheels and the project, by name."""
    names = (PurePosixPath(name) for name in parcel.namelist())
    return {name.name: parcel.read(str(name)) for name in names if len(name.parts) == 2}


@pytest.fixture(params=["linux", "windows"])
def parcel(request: pytest.FixtureRequest) -> tuple[str, zipfile.ZipFile]:
    """Each bundle with its platform."""
    return request.param, request.getfixturevalue(request.param)


def test_every_locked_requirement_has_its_wheel(parcel: tuple[str, zipfile.ZipFile], checkout: Path) -> None:
    """One wheel that fits the system and has a hash of the lock for each requirement; besides them only the project's own."""
    platform, content = parcel
    requirements = locked((checkout / "requirements.lock").read_text(encoding="utf-8"))
    folder = f"{ROOT}/wheels/"
    wheels = {
        name.removeprefix(folder): sha256(content.read(name))
        for name in content.namelist()
        if name.startswith(folder)
    }
    versions = [
        name.split("-")[1].removesuffix(".txt") for name in texts(content) if name.startswith("requirements-")
    ]
    assert versions
    used = set()
    for version in versions:
        target = Target(platform, version)
        for each in applying(requirements, target):
            fitting = [
                name
                for name, digest in wheels.items()
                if digest in each.hashes and parse_wheel_filename(name)[3] & target.tags
            ]
            assert fitting, f"{each.name} {each.version} on {platform}, Python {version}"
            used |= set(fitting)
    (own,) = set(wheels) - used
    assert own.startswith("wenxiao-")
    assert not {parse_wheel_filename(name)[0] for name in wheels} & BUILD_ONLY


def test_the_lists_for_pip_name_what_is_there(parcel: tuple[str, zipfile.ZipFile]) -> None:
    """Each list pins every library and the project itself by hash, and names no address."""
    _platform, content = parcel
    own = next(name for name in content.namelist() if "/wheels/wenxiao-" in name)
    for name, text in texts(content).items():
        if name.startswith("requirements-"):
            lines = text.decode().splitlines()
            assert all(
                re.match(r"[a-z0-9][\w.-]*==\S+( ; .+)? \\$|    --hash=sha256:[0-9a-f]{64}( \\)?$", line)
                for line in lines
            )
            assert sha256(content.read(own)) in text.decode()
            assert b"://" not in text


def test_scripts_have_the_line_ends_of_their_system(parcel: tuple[str, zipfile.ZipFile]) -> None:
    """启动.bat has CRLF and ASCII but for its last line, start.sh LF; nobody's path or index is in any of them."""
    _platform, content = parcel
    files = texts(content)
    batch, shell = files["启动.bat"], files["start.sh"]
    *before, last = batch.splitlines()
    assert all(line.isascii() for line in before)
    assert last.decode().startswith("echo 文件不全：")
    assert batch.count(b"\n") == batch.count(b"\r\n") > 0
    assert shell.startswith(b"#!/bin/sh\n")
    assert b"\r" not in shell
    assert content.getinfo(f"{ROOT}/start.sh").external_attr >> 16 & 0o111
    assert content.getinfo(f"{ROOT}/启动.bat").flag_bits & 0x800  # the name is UTF-8 and says so
    for name in ("启动.bat", "start.sh", "start.py", "python-needed.txt", "说明.txt"):
        assert not re.search(rb"/(?:root|home|work|tmp)/|index-url|https?://(?!127)", files[name]), name


def test_scripts_call_what_is_there(windows: zipfile.ZipFile) -> None:
    """Every file that the scripts name stands beside them."""
    files = texts(windows)
    for script in ("启动.bat", "start.sh"):
        named = set(re.findall(r"[\w-]+\.(?:py|txt)\b", files[script].decode()))
        assert {"start.py", "python-needed.txt"} <= named <= set(files), script


def test_platforms_have_their_own_wheels(windows: zipfile.ZipFile, linux: zipfile.ZipFile) -> None:
    """What only one system needs is in its bundle alone."""
    names = [" ".join(content.namelist()) for content in (windows, linux)]
    assert ["/colorama-" in each for each in names] == [True, False]
    assert ["/pywinpty-" in each for each in names] == [True, False]
    assert ["/ptyprocess-" in each for each in names] == [False, True]
    assert ["win_amd64" in each for each in names] == [True, False]


@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are Linux's")
def test_it_works_with_the_network_cut(linux: zipfile.ZipFile, unshare: list[str], tmp_path: Path) -> None:
    """In a folder with Chinese and a blank, without any network: it installs, makes a report, starts at once again, and opens."""
    folder = tmp_path / "问效 工作台"
    linux.extractall(folder)
    offline = Path(__file__).with_name("offline.py")
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    done = subprocess.run(
        [*unshare, sys.executable, str(offline), str(folder / ROOT)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["cut"]
    assert told["first"]["status"] == 0, told["first"]["output"]
    assert "安装完成。" in told["first"]["output"]
    report = folder / ROOT / "project" / "outputs" / "project_report" / "mudan-2023" / "report.html"
    assert "牡丹区" in report.read_text(encoding="utf-8")
    assert told["second"]["status"] == 0
    assert "没有变化" in told["second"]["output"]
    assert "正在安装" not in told["second"]["output"]
    assert told["second"]["seconds"] < SECONDS_AGAIN
    assert "/lab/tree/notebooks/explore.ipynb" in told["page"], (folder / ROOT / "lab.log").read_text()
    assert "<title>JupyterLab</title>" in told["page"]
    assert '"path": "notebooks/explore.ipynb"' in told["notebook"]
    assert "牡丹区" in told["report"]
    assert '"python3"' in told["kernels"]


def test_targets_are_told_apart() -> None:
    """Each platform has tags of its own, and markers that agree with it."""
    for name in PLATFORMS:
        target = Target(name, "3.12")
        first, last = target.environments
        assert (first["python_full_version"], last["python_full_version"]) == ("3.12.0", "3.12.99")
        assert (first["sys_platform"] == "win32") == (name == "windows")
    tags = [Target(name, "3.12").tags for name in PLATFORMS]
    assert {str(tag) for tag in frozenset.intersection(*tags)} >= {"py3-none-any", "cp312-none-any"}
    assert not any("musllinux" in str(tag) for each in tags for tag in each)
