"""Damaged and hostile files: an error with its cause or the same figures, within the limits, and nothing else."""

from __future__ import annotations

import io
import random
import tempfile
import time
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from wenxiao.fields import standard_registry
from wenxiao.model import SheetError
from wenxiao.sheets import Reading, read_bytes

from tests.sheets import written
from tests.sheets.attacks import ATTACKS
from tests.sheets.binary_workbook import xlsb
from tests.sheets.test_mutations import cut, doubled, flipped, swapped, truncated

from .trial import Trial

ROOT = Path(__file__).resolve().parents[2]
_SAMPLES = (
    "data/mudan-2023/资金情况.xlsx",
    "data/ejinhoro-2022/报告数与问题.xls",
    "data/dengkou-2023/改造小区名单.csv",
    "data/example-city/collect/returned/填报表_壬申县_盖章.ods",
    "data/example-city/collect/returned/戊辰县填报表.docx",
    "data/example-city/collect/returned/己巳县.xlsx",
)
_ROWS: list[list[object]] = [
    ["县区", "下达资金", "支出"],
    ["甲县", 1200, 900.5],
    ["乙县", 80, 40],
    ["合计", 1280, 940.5],
]
_RAW = (flipped, flipped, truncated, cut, doubled)
_SECONDS = 60  # of processor; ten times as long where others need it too


def attacks() -> Iterator[Trial]:
    """Each file of the corpus that was made to bring a reader down."""
    for name, made in ATTACKS.items():
        yield _tried(name, made(), None, name)


def mutants(first: int, count: int) -> Iterator[Trial]:
    """Damaged copies of a file of each container; the number of one is its seed."""
    samples = list(whole().items())
    for number in range(first, first + count):
        rng = random.Random(number)
        name, data = samples[number % len(samples)]
        mutate = rng.choice((*_RAW, swapped))
        # An archive has checksums; where it is packed anew after the damage they are right, and in text there are none.
        sealed = zipfile.is_zipfile(io.BytesIO(data)) and mutate is not swapped
        yield _tried(
            name, mutate(data, rng), _figures(name) if sealed else None, f"{mutate.__name__} {number}"
        )


@cache
def whole() -> dict[str, bytes]:
    """A whole file of each container, by name."""
    found = {Path(name).name: (ROOT / name).read_bytes() for name in _SAMPLES}
    with tempfile.TemporaryDirectory() as folder:
        found["a.xlsb"] = xlsb(Path(folder, "a.xlsb"), _ROWS).read_bytes()
        found["a.ods"] = written.ods(Path(folder, "a.ods"), _ROWS).read_bytes()
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in _ROWS)
    found["a.html"] = f"<html><meta charset='utf-8'><table>{lines}</table></html>".encode()
    found["a.mht"] = (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n"
        + (found["a.html"] + b"\n--x--\n")
    )
    return found


@cache
def _figures(name: str) -> object:
    return shown(read_bytes(whole()[name], standard_registry(), name=name))


def shown(reading: Reading) -> object:
    """All that the cells of a file show, and which of them were taken for what."""
    cells = [
        (grid.name, grid.hidden, [[str(cell) for cell in row] for row in grid.rows]) for grid in reading.grids
    ]
    return cells, [str(table.frame.to_dict()) for table in reading.tables]


def _tried(name: str, data: bytes, same: object, how: str = "") -> Trial:
    faults: list[str] = []
    outcome = "read"
    start = time.monotonic()
    try:
        reading = read_bytes(data, standard_registry(), name=name)
        if same is not None:
            outcome = "read, every figure as it was"
            if shown(reading) != same:
                faults.append("a figure changed without a word")
    except SheetError as error:
        outcome = "refused"
        if any(not (problem.what and problem.remedy and problem.file) for problem in error.problems):
            faults.append("an error without file, cause or remedy")
        if any("读取程序出错" in problem.what for problem in error.problems):
            faults.append(f"an error of the program: {error}")
    except Exception as error:  # noqa: BLE001 - whatever comes out is what is looked for
        faults.append(f"{type(error).__name__}: {error}")
    if time.monotonic() - start > _SECONDS * 10.5:
        faults.append(f"{time.monotonic() - start:.0f} s")
    return Trial(f"{Path(name).suffix[1:]} {how}".strip(), outcome, tuple(faults))
