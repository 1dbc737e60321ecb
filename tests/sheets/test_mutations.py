"""Damaged files: only an error with a cause and a remedy may come out, or tables that can be looked at."""

import io
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from wenxiao.model import SheetError
from wenxiao.sheets import read_bytes

from tests.sheets import written
from tests.sheets.binary_workbook import xlsb
from tests.sheets.test_records import FORM, FORM_MERGES
from tests.sheets.written import REGISTRY

MUTANTS = int(os.environ.get("WENXIAO_MUTANTS", "120"))
"""How many mutants of each container are tried; docs/sheets.md tells how many were, once."""
Mutate = Callable[[bytes, random.Random], bytes]
SWAPS = (
    (b"<v>", b"<v>9e999"),
    (b'r="A', b'r="ZZ'),
    (b's="', b's="9'),
    (b't="s"', b't="e"'),
    (b'<row r="', b'<row r="9'),
    (b'ref="', b'ref="XFD'),
    (b'numFmtId="', b'numFmtId="99'),
    (b"<v>", b"<v>abc"),
    (b"number-columns-repeated", b"number-columns-spanned"),
)


def flipped(data: bytes, rng: random.Random) -> bytes:
    """Some bits turned over."""
    changed = bytearray(data)
    for _ in range(rng.choice([1, 2, 8, 40])):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def truncated(data: bytes, rng: random.Random) -> bytes:
    """The end cut off."""
    return data[: rng.randrange(len(data))]


def cut(data: bytes, rng: random.Random) -> bytes:
    """A stretch taken out."""
    at = rng.randrange(len(data))
    return data[:at] + data[at + rng.randrange(1, 200) :]


def doubled(data: bytes, rng: random.Random) -> bytes:
    """A stretch put in a second time elsewhere."""
    at, to = rng.randrange(len(data)), rng.randrange(len(data))
    return data[:to] + data[at : at + rng.randrange(1, 400)] + data[to:]


def swapped(data: bytes, rng: random.Random) -> bytes:
    """Parts of an archive lost, exchanged or damaged, the archive itself whole."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        return flipped(data, rng)
    parts = {name: archive.read(name) for name in archive.namelist()}
    one, other = rng.choice(list(parts)), rng.choice(list(parts))
    match rng.randrange(4):
        case 0:
            del parts[one]
        case 1:
            parts[one], parts[other] = parts[other], parts[one]
        case 2:
            parts[one] = rng.choice([flipped, truncated, cut, doubled])(parts[one] or b"x", rng)
        case _:
            for old, new in rng.sample(SWAPS, 2):
                parts[one] = parts[one].replace(old, new, rng.choice([1, 3, 10_000]))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A whole file of each container."""
    folder = tmp_path_factory.mktemp("whole")
    rows = [row[:4] for row in FORM[4:9]] + [["合计", 1.5, 2, "3.50"]]
    return {
        "xlsx": written.xlsx(
            folder / "a.xlsx", FORM, merges=FORM_MERGES, formats={"D6": "0.00"}
        ).read_bytes(),
        "xlsb": xlsb(folder / "a.xlsb", FORM, merges=FORM_MERGES, formats={"D6": "0.00"}).read_bytes(),
        "xls": written.xls(folder / "a.xls", FORM, formats={"D6": "0.00"}).read_bytes(),
        "ods": written.ods(folder / "a.ods", rows).read_bytes(),
        "csv": written.text(folder / "a.csv", FORM, encoding="gb18030").read_bytes(),
        "html": (
            "<table>" + "".join(f"<tr><td colspan=2>{row}</td><td>5</td></tr>" for row in rows)
        ).encode(),
    }


@pytest.mark.parametrize("container", ["xlsx", "xlsb", "xls", "ods", "csv", "html"])
def test_damaged_files_are_errors_with_a_cause_or_tables(whole: dict[str, bytes], container: str) -> None:
    """Truncated, bit-flipped, cut, doubled and swapped files never give a traceback, a hang or an error without remedy."""
    rng = random.Random(container)
    mutators: list[Mutate] = [flipped, truncated, cut, doubled, swapped, swapped]
    refusals: list[SheetError] = []
    tables = 0
    for _ in range(MUTANTS):
        damaged = rng.choice(mutators)(whole[container], rng)
        try:
            reading = read_bytes(damaged, REGISTRY, name=f"a.{container}")
        except SheetError as error:
            refusals.append(error)
            continue
        for table in reading.tables:
            assert len(table.frame) == len(table)
        tables += 1
    assert tables
    assert refusals
    assert all(problem.what and problem.remedy for error in refusals for problem in error.problems)


def test_merges_turned_inside_out_are_left_out(tmp_path: Path) -> None:
    """A merged range that ends before it begins covers nothing."""
    path = written.xlsx(tmp_path / "a.xlsx", [["县区", "得分"], ["兰山区", 93]], merges=["A3:B3"])
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
        b'ref="A3:B3"', b'ref="B2:A1"'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, part in parts.items():
            target.writestr(name, part)
    (table,) = read_bytes(buffer.getvalue(), REGISTRY, name="a.xlsx").tables
    assert len(table) == 1


def test_numbers_beyond_all_bounds_are_unreadable(tmp_path: Path) -> None:
    """A number no amount can be is an error that names its cell, not a crash and not a rounded number."""
    path = written.xls(tmp_path / "a.xls", [["县区", "户数"], ["兰山区", 1.8e81], ["罗庄区", 5]])
    reading = read_bytes(path.read_bytes(), REGISTRY, name="a.xls")
    (finding,) = reading.findings
    assert (finding.code, finding.cells[0].address) == ("sheet-not-a-number", "B2")
