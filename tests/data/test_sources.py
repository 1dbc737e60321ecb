"""The committed workbooks are what the script writes, say only what the reports print, and match their records."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from python_calamine import CalamineWorkbook

from tests.conftest import lacking

ROOT = Path(__file__).resolve().parents[2]
SOURCES = Path(os.environ.get("WENXIAO_SOURCES") or ROOT.parent / "shared" / "sources")
TEXTS = {
    "mudan-2023": "000_*.txt",
    "linyi-2021": "001_*.txt",
    "dengkou-2023": "002_*.txt",
    "lingang-2023": "003_*.txt",
    "ejinhoro-2022": "004_*.txt",
}
SUFFIXES = (".xlsx", ".xls", ".csv")
NOT_DIGITS = {
    "linyi-2021": {"2022": "二〇二二年七月", "7": "二〇二二年七月"},
    "dengkou-2023": {
        "1": "二〇二四年一月三十日",
        "30": "二〇二四年一月三十日",
        "100": "所有住户均表示“满意”或“非常满意”",
    },
}
NOT_QUOTED = {"未开展满意度调查": "开展满意度调查"}
OWN_COLUMNS = ("序号", "出处")
NAME_COLUMNS = ("小区名称", "名称", "街道名称", "改造内容", "主要改造内容", "问题")


class Cell(NamedTuple):
    """A cell that is not blank, with the header above it."""

    file: str
    sheet: str
    row: int
    column: int
    header: str
    value: object


def read_sheets(path: Path) -> dict[str, list[list[object]]]:
    """The rows of each sheet from A1, blank cells as empty texts."""
    if path.suffix == ".csv":
        return {path.stem: list(csv.reader(path.read_bytes().decode("gb18030").splitlines()))}
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


@cache
def read_cells(project: str) -> tuple[Cell, ...]:
    """Every cell of a project's workbooks; the header is the first row with three cells (or all, if two) that are not blank."""
    cells = []
    for path in sorted((ROOT / "data" / project).iterdir()):
        if path.suffix not in SUFFIXES:
            continue
        for sheet, rows in read_sheets(path).items():
            start = next(
                i for i, row in enumerate(rows) if sum(value != "" for value in row) >= min(3, len(row))
            )
            headers = [str(value) for value in rows[start]]
            cells += [
                Cell(path.name, sheet, i, j, headers[j] if i > start else "", value)
                for i, row in enumerate(rows)
                for j, value in enumerate(row)
                if value != ""
            ]
    return tuple(cells)


def source_text(project: str) -> str:
    """The report without white space; where the reports are absent the test is skipped, or fails if all is required."""
    found = sorted(SOURCES.glob(TEXTS[project]))
    if not found:
        lacking(f"the five reports are not in {SOURCES}: set WENXIAO_SOURCES to their folder")
    return found[0].read_text(encoding="utf-8")


def numbers_in(text: str) -> set[str]:
    """The numbers of a text without grouping and without zeros that add nothing."""
    return {plain(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}


def plain(digits: str) -> str:
    """The shortest way to write a number."""
    return f"{Decimal(digits).normalize():f}"


def candidates(value: object) -> list[set[str]]:
    """For each number a cell holds, the ways a report may have printed it."""
    if isinstance(value, date):
        return [{str(part)} for part in (value.year, value.month, value.day)]
    if isinstance(value, int | float):
        exact = Decimal(repr(value))
        return [{plain(str(exact)), plain(str(exact * 100))}]
    return [{number} for number in numbers_in(str(value))]


@pytest.fixture(scope="session")
def rewritten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workbooks written again by the documented command."""
    target = tmp_path_factory.mktemp("transcribed")
    command = [sys.executable, "-m", "scripts.transcribe", "--to", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return target


@pytest.mark.parametrize("project", TEXTS)
def test_script_reproduces_workbooks(project: str, rewritten: Path) -> None:
    """The script writes exactly the committed workbooks, byte for byte, and no others."""
    committed = {p.name: p.read_bytes() for p in (ROOT / "data" / project).iterdir() if p.suffix in SUFFIXES}
    written = {p.name: p.read_bytes() for p in (rewritten / project).iterdir()}
    assert committed.keys() == written.keys()
    assert [name for name in committed if committed[name] != written[name]] == []


@pytest.mark.parametrize("project", TEXTS)
def test_hashes_agree(project: str) -> None:
    """SOURCE.md lists the sha256 of every workbook of its folder."""
    folder = ROOT / "data" / project
    text = (folder / "SOURCE.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([^`]+)` \| `([0-9a-f]{64})` \|$", text, re.MULTILINE))
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.suffix in SUFFIXES
    }
    assert listed == found


@pytest.mark.parametrize("project", TEXTS)
def test_numbers_come_from_the_report(project: str) -> None:
    """Every number of a sheet is printed by the report, but for what is listed as said in words."""
    printed = numbers_in(source_text(project)) | NOT_DIGITS.get(project, {}).keys()
    strange = [
        cell
        for cell in read_cells(project)
        if cell.header not in OWN_COLUMNS
        and not str(cell.value).startswith("注：涉及指标")
        and any(not ways & printed for ways in candidates(cell.value))
    ]
    assert strange == []


@pytest.mark.parametrize("project", NOT_DIGITS)
def test_words_behind_numbers(project: str) -> None:
    """Each number that the report says in words has those words in the report."""
    text = re.sub(r"\s", "", source_text(project))
    assert [words for words in NOT_DIGITS[project].values() if words not in text] == []


@pytest.mark.parametrize("project", TEXTS)
def test_names_come_from_the_report(project: str) -> None:
    """Neighbourhoods, districts, works and headings of problems stand in the report as written."""
    text = re.sub(r"\s", "", source_text(project))
    strange = [
        cell
        for cell in read_cells(project)
        if cell.header in NAME_COLUMNS
        and not re.match(r"注：|数据来源：|\d+个$", str(cell.value))
        and re.sub(r"\s", "", NOT_QUOTED.get(str(cell.value), str(cell.value))) not in text
    ]
    assert strange == []


@pytest.mark.parametrize("project", TEXTS)
def test_corrections_hold(project: str) -> None:
    """Each correction finds the printed value in its cell, changes it, and gives a reason and a known status."""
    folder = ROOT / "data" / project
    for entry in yaml.safe_load((folder / "corrections.yaml").read_text(encoding="utf-8")):
        assert set(entry) == {"file", "sheet", "cell", "field", "printed", "corrected", "reason", "status"}
        column, row = re.fullmatch(r"([A-Z])(\d+)", entry["cell"]).groups()
        cell = next(
            cell
            for cell in read_cells(project)
            if (cell.file, cell.sheet) == (entry["file"], entry["sheet"])
            and (cell.row, cell.column) == (int(row) - 1, ord(column) - ord("A"))
        )
        assert cell.header == entry["field"]
        if isinstance(cell.value, float):
            assert numbers_in(entry["printed"]) <= candidates(cell.value)[0]
        else:
            assert cell.value == entry["printed"]
        assert entry["corrected"] != entry["printed"]
        assert entry["reason"]
        assert entry["status"] in {"已确认", "待核实"}


@pytest.mark.parametrize("project", TEXTS)
def test_narrative_sections(project: str) -> None:
    """The narrative has the four sections of the analyst, in order, none of them empty."""
    text = (ROOT / "data" / project / "narrative.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)[1:]
    assert parts[::2] == ["主要经验", "存在的问题", "原因分析", "有关建议"]
    assert all(body.strip() for body in parts[1::2])


@pytest.mark.parametrize("project", TEXTS)
def test_narrative_is_in_own_words(project: str) -> None:
    """No run of sixteen characters of the narrative is copied from the report."""
    report = re.sub(r"\W", "", source_text(project))
    narrative = (ROOT / "data" / project / "narrative.md").read_text(encoding="utf-8")
    copied = [
        line[start : start + 16]
        for line in (re.sub(r"\W", "", line) for line in narrative.splitlines())
        for start in range(len(line) - 15)
        if line[start : start + 16] in report
    ]
    assert copied == []


def test_formats_of_the_workbooks() -> None:
    """The projects bring .xlsx, .xls and a GB18030 .csv, each really in its format."""
    starts = {".xlsx": b"PK\x03\x04", ".xls": bytes.fromhex("d0cf11e0a1b11ae1")}
    files = [path for path in (ROOT / "data").glob("*/*") if path.suffix in SUFFIXES]
    assert {path.suffix for path in files} == set(SUFFIXES)
    for path in files:
        content = path.read_bytes()
        if path.suffix == ".csv":
            with pytest.raises(UnicodeDecodeError):
                content.decode("utf-8")
            assert "小区名称" in content.decode("gb18030")
        else:
            assert content.startswith(starts[path.suffix])
