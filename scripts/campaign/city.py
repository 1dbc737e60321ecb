"""A small workspace for the commands that write, each with the state it begins with, and what must hold of what it leaves."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import yaml

ROOT = Path(__file__).resolve().parents[2]
RETURNED = ("己巳县.xlsx", "甲子县填报表.xlsx", "补报/己巳县（补报）.xlsx")
_PROJECT = "mudan-2023"
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "receive": ("collect", "receive", "某市"),
    "merge": ("collect", "merge", "某市"),
    "run": ("run", _PROJECT, "--force"),
    "gather": ("gather",),
    "deliver": ("deliver", _PROJECT, "--edition", "征求意见稿"),
}
_TEMPORARY = re.compile(r"\..+\.[0-9a-f]{16}")
_TIMES = (".jsonl", ".lock", ".json", ".ipynb", ".yaml", ".pptx", ".zip")
"""Files with a time in them, or made of such: looked at for being whole, not compared byte by byte."""


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    said: str


def begin(folder: Path) -> dict[str, Path]:
    """The workspaces that the commands begin with, by command, below a new folder."""
    base = folder / "base"
    returned = base / "data/某市/collect/returned"
    returned.mkdir(parents=True)
    source = ROOT / "data/example-city/collect"
    for name in ("roster.xlsx", "form.yaml"):
        shutil.copy(source / name, returned.parent)
    for name in RETURNED:
        shutil.copy(source / "returned" / name, returned)
    shutil.copytree(
        ROOT / "notebooks", base / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints")
    )
    shutil.copytree(ROOT / "data" / _PROJECT, base / "data" / _PROJECT)
    (base / "parameters/project_report").mkdir(parents=True)
    shutil.copy(ROOT / f"parameters/project_report/{_PROJECT}.yaml", base / "parameters/project_report")
    (base / "outputs").mkdir()
    for name in ("receive", "merge", "run", "deliver", "gather"):
        call(COMMANDS[name], base)
    note = base / f"outputs/project_report/{_PROJECT}/note.txt"
    note.write_text("a person's", encoding="utf-8")
    states = {}
    for name in COMMANDS:
        states[name] = folder / name
        shutil.copytree(base, states[name])
    # What each command then finds to do: a form more, a county's decision, other words, results that changed.
    more = states["receive"] / "data/某市/collect/returned/甲戌县.xlsx"
    shutil.copy(source / "returned/1月15日收/甲戌县.xlsx", more)
    shutil.copy(source / "returned/1月15日收/甲戌县.xlsx", states["merge"] / "data/某市/collect/returned")
    call(COMMANDS["receive"], states["merge"])
    for name in ("run", "deliver"):
        with (states[name] / "data" / _PROJECT / "narrative.md").open("a", encoding="utf-8") as words:
            words.write("\n\n另有一句。\n")
    shutil.copytree(
        states["gather"] / f"outputs/project_report/{_PROJECT}",
        states["gather"] / "outputs/project_report/another",
    )
    return states


def start(words: tuple[str, ...], root: Path, **options: object) -> subprocess.Popen[str]:
    """A command in a workspace, in a session of its own."""
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-c", "from wenxiao.cli import main; main()", *words], cwd=root, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        env={**os.environ, "WENXIAO_ROOT": str(root), "WENXIAO_LANG": "en", "PYTHONDONTWRITEBYTECODE": "1"},
        **options,
    )  # fmt: skip


def ended(process: subprocess.Popen[str], patience: float = 600) -> Ended:
    """How it ended; killed where it takes longer than anybody waits."""
    try:
        _, said = process.communicate(timeout=patience)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        _, said = process.communicate()
        said += "\nhung"
    return Ended(process.returncode, said)


def call(words: tuple[str, ...], root: Path) -> Ended:
    """A command carried through, which must end well."""
    done = ended(start(words, root))
    if done.status not in (0, 1) or "Traceback" in done.said:
        raise RuntimeError(f"{words} ended with {done.status}: {done.said}")
    return done


def of_people(root: Path) -> dict[str, str]:
    """The files that people put into a workspace, with their hashes."""
    return {
        path.relative_to(root).as_posix(): _hash(path)
        for path in sorted(root.rglob("*"))
        if path.is_file() and _is_persons(path.relative_to(root))
    }


def _is_persons(path: Path) -> bool:
    top, name = path.parts[0], path.name
    if top == "outputs":
        return name == "note.txt"
    if path.parts[:2] == ("data", "某市"):
        return "returned" in path.parts or name in ("roster.xlsx", "form.yaml")
    return True


def made(root: Path) -> dict[str, str]:
    """The files that the program made and that hold no time, with their hashes."""
    return {
        path.relative_to(root).as_posix(): _hash(path)
        for path in sorted(root.rglob("*"))
        if path.is_file() and not _is_persons(path.relative_to(root)) and path.suffix not in _TIMES
        and path.name not in ("index.html", "runs.parquet", "催报表.xlsx", "版本比对.xlsx") and ".wenxiao" not in path.parts
    }  # fmt: skip


def broken(root: Path) -> Iterator[str]:
    """What is half-written, or says of others what is not so."""
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if not path.is_file() or ".wenxiao/staging/" in name or _is_persons(path.relative_to(root)):
            continue
        if _TEMPORARY.fullmatch(path.name):
            continue
        try:
            _open(path)
        except Exception as error:  # noqa: BLE001 - whatever says that it is not whole
            yield f"{name}: {type(error).__name__}: {error}"
    for manifest in root.rglob("manifest.json"):
        if "staging" in manifest.parts:
            continue
        for name, said in json.loads(manifest.read_bytes())["files"].items():
            path = manifest.parent / name
            if not path.is_file() or _hash(path) != said["sha256"]:
                yield f"{manifest.relative_to(root)}: {name} is not what it says"


def left_behind(root: Path) -> Iterator[str]:
    """Temporary files and folders that nobody will take away."""
    for path in sorted(root.rglob("*")):
        if _TEMPORARY.fullmatch(path.name) or path.parent.name == "staging":
            yield f"{path.relative_to(root)} lies about"


def _open(path: Path) -> None:
    match path.suffix:
        case ".xlsx" | ".docx" | ".pptx" | ".zip":
            with zipfile.ZipFile(path) as archive:
                assert archive.testzip() is None
        case ".json" | ".ipynb":
            json.loads(path.read_bytes())
        case ".jsonl":  # the last line of a log may be half where it was killed
            [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[:-1]]
        case ".parquet":
            pq.read_table(path)
        case ".yaml":
            yaml.safe_load(path.read_text(encoding="utf-8"))
        case ".html":
            assert path.read_bytes().rstrip().endswith(b"</html>")
        case ".png":
            assert path.read_bytes().endswith(b"IEND\xaeB`\x82")


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
