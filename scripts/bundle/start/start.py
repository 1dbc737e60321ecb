"""The start of a bundle 安装并打开问效工作台，不用网络.

Called by 启动.bat and start.sh, or by itself: python start.py. It makes a virtual environment beside this file from the
wheels that came with it, once, then opens JupyterLab on the explorer; with words after it, the command `wenxiao`. Standard
library only, and every failure is told in Chinese with what to do.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT, WHEELS, ENVIRONMENT = HERE / "project", HERE / "wheels", HERE / "environment"
SUMS = HERE / "sha256.txt"  # as sha256sum writes it: every file but those of the project, which people change
LOG, STAMP = HERE / "安装日志.txt", ENVIRONMENT / "installed.json"
VERSION = "{}.{}".format(*sys.version_info[:2])
WINDOWS = os.name == "nt"
LONGEST_PATH = 90  # of 259 on Windows: what JupyterLab installs below takes up to 168
NEEDED = 1_500_000_000  # bytes that the installed libraries take, with room to work


class Refusal(Exception):  # noqa: N818 - not an error of the program
    """Why it cannot go on, and what to do, as a sentence for the reader."""


def main(words: list[str]) -> int:
    """The exit status, after the workbench was closed or the command has run."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        requirements = suitable()
        wanted = stamp(requirements)
        if not installed(wanted):
            install(requirements, wanted)
        return run(words)
    except Refusal as refusal:
        print(f"\n{refusal}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\n{spoken(error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def suitable() -> Path:
    """The list of what this Python needs."""
    lists = sorted(HERE.glob("requirements-*.txt"))
    if not lists or not WHEELS.is_dir() or not PROJECT.is_dir():
        raise Refusal("文件不全：请把压缩包完整解压到一个文件夹，再从那里启动，不要在压缩包里直接打开。")
    own = HERE / f"requirements-{VERSION}.txt"
    versions = "、".join(path.stem.partition("-")[2] for path in lists)
    if own not in lists or sys.implementation.name != "cpython":
        raise Refusal(
            f"本安装包适用于 Python {versions}，现在用的是 {VERSION}（{sys.executable}）。"
            f"请安装 Python {versions} 后重新启动；装了多个版本的，把环境变量 WENXIAO_PYTHON 设为要用的那一个。"
        )
    if struct.calcsize("P") != 8:
        raise Refusal("现在用的是 32 位的 Python。请卸载后安装 64 位的同一版本，再重新启动。")
    platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    compiled = [path.name for path in WHEELS.glob("pyarrow-*.whl")]
    system = "win_amd64" if WINDOWS else platform.partition("_")[2]
    if not any(system in name for name in compiled):
        raise Refusal(f"本安装包不是给这种系统的（本机是 {platform}）。请向提供者索取适用于本机的安装包。")
    if WINDOWS and len(str(HERE)) > LONGEST_PATH:
        raise Refusal(
            f"文件夹的路径太长（{len(str(HERE))} 个字符），Windows 会装不下。请把整个文件夹移到较短的位置，如 D:\\问效。"
        )
    return own


def stamp(requirements: Path) -> dict[str, str]:
    """What an installation is told by: the libraries, the Python, the place."""
    return {
        "requirements": hashlib.sha256(requirements.read_bytes()).hexdigest(),
        "python": f"{sys.base_prefix} {sys.version}",
        "place": str(HERE),
    }


def installed(wanted: dict[str, str]) -> bool:
    """Whether that very installation was finished."""
    try:
        return json.loads(STAMP.read_text(encoding="utf-8")) == wanted and python().exists()
    except (OSError, ValueError):
        return False


def install(requirements: Path, wanted: dict[str, str]) -> None:
    """Installs the libraries in the environment and writes its stamp."""
    free = shutil.disk_usage(HERE).free
    if free < NEEDED:
        raise Refusal(
            f"磁盘空间不足：还需约 {NEEDED / 1e9:.1f} GB，只剩 {free / 1e9:.1f} GB。请腾出空间后重新启动。"
        )
    print("首次启动，正在安装，约需一两分钟，请勿关闭窗口……", flush=True)
    refuse_other_files()
    STAMP.unlink(missing_ok=True)
    with LOG.open("w", encoding="utf-8") as log:
        try:
            venv.EnvBuilder(clear=True, symlinks=not WINDOWS, with_pip=True).create(ENVIRONMENT)
        except (subprocess.CalledProcessError, SystemExit) as error:
            log.write(f"{error}\n{getattr(error, 'output', '') or ''}\n")
            raise Refusal(
                "无法建立虚拟环境：这个 Python 缺少 venv 或 ensurepip 组件。请让管理员补装"
                f"（Debian、Ubuntu、统信、麒麟为 python{VERSION}-venv），或改装完整的 Python，再重新启动。详见 {LOG.name}。"
            ) from None
        command = [
            str(python()),
            "-I",
            "-m",
            "pip",
            "--isolated",
            "--disable-pip-version-check",
            "--no-input",
        ]
        command += ["install", "--no-index", "--no-deps", "--no-cache-dir", "--require-hashes"]
        command += ["-f", str(WHEELS), "--requirement", str(requirements)]  # the folder beside this script
        log.flush()
        done = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, env=surroundings(), check=False)
    if done.returncode:
        raise Refusal(
            f"安装没有完成：{cause(LOG.read_text(encoding='utf-8', errors='replace'))}详见 {LOG.name}。"
        )
    STAMP.write_text(json.dumps(wanted, ensure_ascii=False), encoding="utf-8")
    print("安装完成。", flush=True)


def refuse_other_files() -> None:
    """Refuses, before anything is installed, where a file is not the one that was packed, or was not packed at all."""
    try:
        listed = [line.partition("  ") for line in SUMS.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError):
        raise Refusal(
            f"文件不全：{SUMS.name} 不在或读不出来，无法核对。请重新复制压缩包、完整解压后再启动。"
        ) from None
    wanted = {name: digest for digest, _, name in listed}
    there = {path.relative_to(HERE).as_posix() for path in WHEELS.rglob("*") if not path.is_dir()}
    missing = sorted(name for name in wanted if not (HERE / name).is_file())
    foreign = sorted(there - wanted.keys())
    damaged = sorted(name for name in wanted.keys() - set(missing) if digest_of(HERE / name) != wanted[name])
    found = (("缺少", missing), ("损坏或被改动", damaged), ("不是安装包里的", foreign))
    said = "；".join(
        f"{what}：{'、'.join(names[:5])}{' 等' if names[5:] else ''}" for what, names in found if names
    )
    if said:
        raise Refusal(f"安装包的文件不对，没有安装。{said}。请重新复制压缩包、解压到空文件夹后再启动。")


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def cause(log: str) -> str:
    """What pip's words mean, and what to do."""
    if "DO NOT MATCH THE HASHES" in log or "BadZipFile" in log or "has an invalid wheel" in log:
        return "wheels 文件夹中有文件损坏或被改动，请重新复制压缩包、重新解压后再启动。"
    if "No matching distribution" in log or "not a supported wheel" in log:
        return "wheels 文件夹中缺少适用于本机的文件，请重新解压；仍不行的，请索取适用于本机的安装包。"
    if "No space left" in log or "WinError 112" in log:
        return "磁盘空间不足，请腾出空间后重新启动。"
    if "Permission denied" in log or "WinError 5" in log or "WinError 32" in log:
        return "文件夹写不进去，请移到自己有权写入的位置，并让杀毒软件放行，再重新启动。"
    return "请重新启动一次；仍不行的，请把日志交给提供者。"


def run(words: list[str]) -> int:
    """The exit status of JupyterLab on the explorer, or of `wenxiao` with those words."""
    if words and not words[0].startswith("-"):
        code = "import sys; from wenxiao.cli import main; main(prog_name='wenxiao')"
        return subprocess.run(
            [str(python()), "-c", code, *words], cwd=PROJECT, env=surroundings(), check=False
        ).returncode
    print(
        "正在打开工作台；浏览器没有自动打开的，请复制下面以 http://127.0.0.1 开头的地址。关闭本窗口即退出。",
        flush=True,
    )
    command = [str(python()), "-m", "jupyterlab", *words]
    status = subprocess.run(command, cwd=PROJECT, env=surroundings(), check=False).returncode
    if status not in (0, 130, -2, -15):
        raise Refusal(
            f"工作台没有正常结束（退出码 {status}），原因见上。端口被占用的，请关闭别的窗口后重试；"
            f"文件被删改的，请删除 {ENVIRONMENT.name} 文件夹后重新启动，会自动重装。"
        )
    return 0


def python() -> Path:
    """The Python of the environment."""
    return ENVIRONMENT / ("Scripts/python.exe" if WINDOWS else "bin/python")


def surroundings() -> dict[str, str]:
    """The variables for what is started: its own libraries and settings, none of this machine's Python or pip."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "PIP_", "VIRTUAL_ENV"))
    }
    own = PROJECT / "lib" / "wenxiao" / "explorer" / "jupyter"
    return {**kept, "PYTHONUTF8": "1", "WENXIAO_ROOT": str(PROJECT), "JUPYTER_CONFIG_PATH": str(own)}


def spoken(error: OSError) -> str:
    """An error of the system with what to do."""
    what = f"{error.strerror or error}（{error.filename or HERE}）"
    return f"读写文件失败：{what}。请确认文件夹可以写入、没有被别的程序占用、磁盘没有满，再重新启动。"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
