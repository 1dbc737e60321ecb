"""The committed city is what the script writes, is labelled wherever it is opened, and SOURCE.md says what is in it."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from scripts.example_city.city import LABEL, city
from scripts.example_city.walking import STEPS
from scripts.example_city.writing import DATA

_UNPACKED = {".xlsx", ".docx", ".ods"}


def members(content: bytes) -> dict[str, bytes]:
    """The parts of an archive: no two builds of zlib pack them alike."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder written again by the documented command, in a process of its own as the library for .ods keeps state."""
    folder = tmp_path_factory.mktemp("city") / "example-city"
    command = [sys.executable, "-m", "scripts.example_city", "write", str(folder)]
    subprocess.run(command, cwd=DATA.parents[1], check=True, capture_output=True)
    return folder


def test_the_script_writes_what_is_committed(again: Path) -> None:
    """Every file but the hashes of packed ones is the same, and there are no others."""
    ours, theirs = ({p.relative_to(f) for p in f.rglob("*") if p.is_file()} for f in (DATA, again))
    assert ours == theirs
    for name in sorted(ours):
        one, other = (DATA / name).read_bytes(), (again / name).read_bytes()
        if one == other or name.suffix == ".md":
            continue
        assert name.suffix in _UNPACKED, name
        assert members(one) == members(other), name


def test_source_lists_every_returned_file() -> None:
    """SOURCE.md has the sha256 of each file that came back, and it is the committed one's."""
    text = (DATA / "SOURCE.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([^`]+)` \| `([0-9a-f]{64})` \|$", text, re.MULTILINE))
    returned = DATA / "collect" / "returned"
    found = {
        path.relative_to(returned).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in returned.rglob("*")
        if path.is_file()
    }
    assert listed == found


def test_every_file_is_labelled() -> None:
    """Whoever opens a file of the folder reads 虚构示例 in it; the workbook with a password cannot be opened."""
    for path in sorted(DATA.rglob("*")):
        if not path.is_file() or "加密" in path.name:
            continue
        content = path.read_bytes()
        parts = members(content).values() if zipfile.is_zipfile(path) else (content,)
        forms = [LABEL.encode(encoding) for encoding in ("utf-8", "gb18030", "utf-16-le")]
        forms.append(LABEL.encode("utf-16-be").hex().encode())
        assert any(form in part for part in parts for form in forms), path.name


def test_it_is_small_and_of_nobody() -> None:
    """The folder is below 1 MB, and no county of it is one of the other projects'."""
    assert sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file()) < 1_000_000
    named = {county.name for county in city()}
    others = [p.read_text(encoding="utf-8") for p in DATA.parent.glob("*/SOURCE.md") if p.parent != DATA]
    assert len(named) == 12
    assert not [name for name in named for text in others if name in text]


def test_the_tutorial_walks_the_same_steps() -> None:
    """The chapter of the tutorial gives the commands that `make example` runs, in their order."""
    text = (DATA.parents[1] / "docs" / "zh" / "tutorial.md").read_text(encoding="utf-8")
    chapter = text[text.index("## 一个城市的例子") :]
    blocks = re.findall(r"```console\n(.*?)```", chapter, re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines()]
    assert commands[0] == "make example"
    assert [line for line in commands if line.startswith(("wenxiao", "python"))] == [
        "python -m scripts.example_city prepare",
        *(command for _, command, _ in STEPS),
    ]
