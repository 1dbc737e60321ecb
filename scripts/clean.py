"""Clears outputs/ of what the program made: `python -m scripts.clean`; what it did not make stays and is named.

What it made is told by manifests of runs and editions, by records (`wenxiao.project.made_files`), and, of the few files that
have neither, by what is in them or by their names in folders of the program's own.

`python -m scripts.clean FOLDER -- COMMAND …` runs a command that fills a folder, and records what it made there.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from wenxiao.project.made_files import BACKSTAGE, RECORD, names_in, recording, remove_files, remove_made
from wenxiao.reports.gathered_tables import COLUMNS
from wenxiao.reports.gathering import is_gathered
from wenxiao.reports.index import is_index

ROOT = Path(__file__).resolve().parents[1]
MANIFEST = "manifest.json"
_KEPT = {"README.md", ".gitkeep"}
_LOG = re.compile(r"\d{8}T\d{6}-\d+\.jsonl")
_STAGED = re.compile(r".+\.\d+\.[^.]+")
_CACHES = (".pytest_cache", ".mypy_cache", ".ruff_cache", ".import_linter_cache")


def clean(outputs: Path) -> list[str]:
    """The files that stay in a folder of outputs, once all that the program made there is gone."""
    for record in sorted(outputs.rglob(RECORD)):
        said = json.loads(record.read_bytes())
        remove_made(record.parent, str(said.get("maker")))
    for manifest in sorted(outputs.rglob(MANIFEST)):
        content = manifest.read_bytes()
        if not manifest.is_symlink() and _is_own(content):
            made = names_in(content)
            remove_files(manifest.parent, {*made, MANIFEST})
            _remove_empty(manifest.parent)
    remove_files(outputs, {path.relative_to(outputs).as_posix() for path in _unlisted(outputs)})
    for folder in sorted((path for path in outputs.rglob("*") if path.is_dir()), reverse=True):
        if not folder.is_symlink():
            _remove_empty(folder)
    return sorted(
        path.relative_to(outputs).as_posix()
        for path in outputs.rglob("*")
        if (path.is_symlink() or not path.is_dir()) and path.relative_to(outputs).as_posix() not in _KEPT
    )


def _is_own(content: bytes) -> bool:
    """Whether a manifest is one of a run or of an edition."""
    try:
        said = json.loads(content)
    except ValueError:
        return False
    return isinstance(said, dict) and {"schema", "run", "notebook", "parameters", "files"} <= said.keys()


def _unlisted(outputs: Path) -> Iterator[Path]:
    """The program's own files that no manifest lists."""
    index, backstage = outputs / "index.html", outputs / BACKSTAGE
    if index.is_file() and is_index(index.read_bytes()):
        yield index
    gathered = outputs / "gathered"
    tables = [gathered / f"{table}.parquet" for table in COLUMNS]
    yield from (path for path in tables if path.is_file() and is_gathered(path.read_bytes()))
    yield gathered / ".lock"
    yield from (path for path in (outputs / "logs").glob("*.jsonl") if _LOG.fullmatch(path.name))
    yield from outputs.glob("*/*.failed.ipynb")
    yield from (backstage / "locks").glob("*.lock")
    yield from (backstage / "made").glob("*/*.json")
    for staged in (backstage / "staging").glob("*"):
        if _STAGED.fullmatch(staged.name) and not staged.is_symlink():
            yield from (path for path in staged.rglob("*") if not path.is_dir())


def _remove_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def main(arguments: list[str]) -> int:
    """The exit status: 0, or that of the command."""
    if arguments:
        folder, _, *command = arguments  # `--` between them
        remove_made(Path(folder), "scripts.clean")
        with recording(Path(folder), "scripts.clean"):
            return subprocess.run(command, check=False).returncode
    for name in _CACHES:  # each with the mark of the tool that made it
        if (ROOT / name / "CACHEDIR.TAG").is_file():
            shutil.rmtree(ROOT / name)
    for made in (ROOT / "dist").glob("wenxiao-*"):
        made.unlink()
    left = clean(ROOT / "outputs")
    if left:
        print(
            f"不是本程序生成的 {len(left)} 个文件没有删除 · left, not made by this program:", file=sys.stderr
        )
        print(*(f"  outputs/{name}" for name in left), sep="\n", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
