"""The start script of a bundle: every failure says in Chinese what to do."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from scripts.bundle.parcel import START, scripts, sums

VERSION = "{}.{}".format(*sys.version_info[:2])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An unpacked bundle with one wheel that is none, in a folder with Chinese and a blank."""
    made = tmp_path / "问效 工作台 (1)"
    for name in ("project", "wheels"):
        (made / name).mkdir(parents=True)
    for name, content in scripts().items():
        (made / name).write_bytes(content)
    machine = os.uname().machine if hasattr(os, "uname") else "amd64"
    tag = f"cp{VERSION.replace('.', '')}"
    system = "win_amd64" if os.name == "nt" else f"linux_{machine}"
    (made / "wheels" / f"pyarrow-1.0-{tag}-{tag}-{system}.whl").write_bytes(b"no wheel")
    listed = f"pyarrow==1.0 \\\n    --hash=sha256:{'0' * 64}\n"
    (made / f"requirements-{VERSION}.txt").write_text(listed, encoding="utf-8")
    pack(made)
    return made


def pack(folder: Path) -> None:
    """Lists the hashes of the files as they are now."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    (folder / "sha256.txt").write_bytes(
        sums({name: path for name, path in files.items() if name != "sha256.txt"})
    )


@pytest.fixture
def start(folder: Path) -> ModuleType:
    """The start script of that folder, as a module."""
    spec = importlib.util.spec_from_file_location("start", folder / "start.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def told(start: ModuleType, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What is said where it cannot go on."""
    assert start.main(list(words)) == 1
    error = capsys.readouterr().err
    assert "Traceback" not in error
    return error


def test_an_incomplete_folder(start: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A script that was taken out of the zip alone says that all of it is to be unpacked."""
    shutil.rmtree(folder / "wheels")
    assert "请把压缩包完整解压" in told(start, capsys)


def test_another_python(start: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The version that is needed and the one that is there are both named."""
    (folder / f"requirements-{VERSION}.txt").rename(folder / "requirements-3.99.txt")
    error = told(start, capsys)
    assert "适用于 Python 3.99" in error
    assert f"现在用的是 {VERSION}" in error


def test_a_python_of_32_bits(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """There are wheels for 64 bits only."""
    monkeypatch.setattr(start, "struct", SimpleNamespace(calcsize=lambda _form: 4))
    assert "请卸载后安装 64 位的同一版本" in told(start, capsys)


def test_another_system(start: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A bundle for another processor says so before anything is installed."""
    (wheel,) = (folder / "wheels").iterdir()
    wheel.rename(wheel.with_name("pyarrow-1.0-cp311-cp311-linux_sparc.whl"))
    assert "不是给这种系统的" in told(start, capsys)
    assert not (folder / "environment").exists()


def test_a_path_too_long_for_windows(
    start: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before the installation breaks off half-way, the folder is asked to be moved."""
    (folder / "wheels" / "pyarrow-1.0-cp311-cp311-win_amd64.whl").touch()
    monkeypatch.setattr(start, "WINDOWS", True)
    monkeypatch.setattr(start, "LONGEST_PATH", 10)
    assert "请把整个文件夹移到较短的位置" in told(start, capsys)


def test_a_full_disk(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """How much room is needed and how much is left."""
    monkeypatch.setattr(start.shutil, "disk_usage", lambda _place: SimpleNamespace(free=200_000_000))
    assert "还需约 1.5 GB，只剩 0.2 GB" in told(start, capsys)


def test_a_place_that_cannot_be_written(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An error of the system is told with what to do."""
    monkeypatch.setattr(start, "LOG", start.HERE / "nowhere" / "log.txt")
    assert "请确认文件夹可以写入" in told(start, capsys)


def test_a_python_without_venv(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Debian's Python without ensurepip: the package that is lacking is named."""

    class Broken:
        def __init__(self, **_options: bool) -> None: ...

        def create(self, _place: Path) -> None:
            raise subprocess.CalledProcessError(1, "ensurepip")

    monkeypatch.setattr(start.venv, "EnvBuilder", Broken)
    assert f"python{VERSION}-venv" in told(start, capsys)


@pytest.mark.acceptance
def test_a_file_that_was_not_packed_is_named(
    start: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is installed: a part that is damaged, missing or foreign; files of the project are people's to change."""
    (folder / "project" / "mine.yaml").write_text("a: 1", encoding="utf-8")
    start.refuse_other_files()
    (wheel,) = (folder / "wheels").iterdir()
    wheel.write_bytes(b"no wheal")
    (folder / "wheels" / "evil-1.0-py3-none-any.whl").write_bytes(b"")
    (folder / "start.sh").unlink()
    error = told(start, capsys)
    assert f"损坏或被改动：wheels/{wheel.name}" in error
    assert "不是安装包里的：wheels/evil-1.0-py3-none-any.whl" in error
    assert "缺少：start.sh" in error
    assert not (folder / "environment").exists()
    (folder / "sha256.txt").unlink()
    assert "无法核对" in told(start, capsys)


def test_a_damaged_wheel(folder: Path) -> None:
    """A wheel that is not the one of the list stops the installation, which is tried anew next time."""
    for _time in range(2):
        done = subprocess.run(
            [sys.executable, "start.py"], cwd=folder, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 1
        assert "wheels 文件夹中有文件损坏或被改动" in done.stderr
        assert "Traceback" not in done.stderr
        assert not (folder / "environment" / "installed.json").exists()


@pytest.mark.parametrize(
    ("log", "remedy"),
    [
        ("ERROR: No matching distribution found for numpy==2", "索取适用于本机的安装包"),
        ("OSError: [Errno 28] No space left on device", "请腾出空间"),
        ("[WinError 5] Access is denied", "让杀毒软件放行"),
        ("something else", "请把日志交给提供者"),
    ],
)
def test_what_pip_says_is_understood(start: ModuleType, log: str, remedy: str) -> None:
    """The usual failures of an installation have a remedy of their own."""
    assert remedy in start.cause(log)


def test_what_is_installed_is_told_by_its_stamp(start: ModuleType, folder: Path) -> None:
    """Other libraries, another Python or another place make an installation anew; a half file of a stamp too."""
    wanted = start.stamp(folder / f"requirements-{VERSION}.txt")
    assert not start.installed(wanted)
    python = start.python()
    python.parent.mkdir(parents=True)
    python.touch()
    start.STAMP.write_text(json.dumps(wanted), encoding="utf-8")
    assert start.installed(wanted)
    assert not start.installed({**wanted, "place": "elsewhere"})
    start.STAMP.write_text("{", encoding="utf-8")
    assert not start.installed(wanted)


def test_nothing_of_the_machine_comes_in(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings of pip and of another Python do not reach what is started."""
    monkeypatch.setenv("PIP_INDEX_URL", "x")
    monkeypatch.setenv("PYTHONPATH", "x")
    assert not {"PIP_INDEX_URL", "PYTHONPATH"} & set(start.surroundings())


@pytest.mark.skipif(os.name == "nt", reason="start.sh is for Linux")
@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({}, ("没有找到合适的 Python", f"Python {VERSION}")),
        ({"WENXIAO_PYTHON": "/nowhere/python3"}, ("WENXIAO_PYTHON 所指的 /nowhere/python3 不能运行",)),
    ],
)
def test_no_python(folder: Path, variables: dict[str, str], words: tuple[str, ...]) -> None:
    """Without a Python that fits, or with a wrong one named, the shell's script says what to do."""
    tools = folder / "bin"
    tools.mkdir()
    for name in ("sh", "dirname", "cat", "ls", "sed"):
        (tools / name).symlink_to(shutil.which(name) or "")
    done = subprocess.run(
        [tools / "sh", folder / "start.sh"],
        env={"PATH": str(tools), **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert all(word in done.stderr for word in words), done.stderr


def test_scripts_of_the_bundle_are_tracked_as_text() -> None:
    """In the checkout every script has LF; the bundle gives each its own line ends."""
    assert all(b"\r" not in path.read_bytes() for path in START.iterdir() if path.is_file())
