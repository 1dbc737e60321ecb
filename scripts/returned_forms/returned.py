"""What one county returns for a seed: one file or several, each with its bytes, what was done to it and its numbers."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import PurePosixPath

from wenxiao.collect import Form
from wenxiao.fields import Registry

from .figure import Figure, Written
from .files import ABOVE_IN_WORD, WRITERS, csv_utf8, truth_of, xls, xlsx
from .filled import filled, marks_of, values_of
from .messes import MESSES, Workbook
from .names import file_name, hostile_name
from .page import Page
from .strays import STRAYS

_CONTAINERS = (
    (".xlsx",) * 10
    + (".xls",) * 3
    + (".ods", ".ods", ".csv", ".csv", ".docx", ".docx", ".html", ".et", ".et", ".xlsm", ".htm-xls")
)


@dataclass(frozen=True)
class Returned:
    """A file that came back.

    name     its path below the folder of returned files, with slashes
    data     its bytes
    county   whose it is in truth
    done     what was done to it, in words
    written  every number it holds, but for a stray, whose numbers no reader can know
    readable whether a workbook stands in it at all
    """

    name: str
    data: bytes
    county: str
    done: tuple[str, ...]
    written: tuple[Written, ...]
    readable: bool = True


def returned(seed: int, template: bytes, form: Form, registry: Registry, county: str) -> list[Returned]:
    """The files that a county returns; the same for the same seed."""
    dice = random.Random(seed)
    values = values_of(form, registry, county, dice)
    book = Workbook(filled(template, form, registry, values))
    done = []
    for name, (chance, mess) in MESSES.items():
        if dice.random() < chance:
            mess(book, dice, registry)
            done.append(name)
    if dice.random() < 0.1:
        done.append("a stray")
        kind = dice.choice(sorted(STRAYS))
        suffix, make = STRAYS[kind]
        data = make(xlsx(_named(book.pages)), dice)
        return [Returned(_name(county, suffix, dice, done), data, county, (*done, kind), (), readable=False)]
    marks = marks_of(template) if dice.random() < 0.7 else {}
    files = _written(book, county, marks, dice, done)
    if dice.random() < 0.12:
        files += _again(values, template, form, registry, county, dice)
    return files


def _name(county: str, suffix: str, dice: random.Random, done: list[str]) -> str:
    if dice.random() < 0.06:
        done.append("a hostile name")
        return hostile_name(county, suffix, dice)
    if dice.random() < 0.04:
        done.append("no county in the name")
        return dice.choice(("填报表", "新建 XLSX 工作表", "附件2", "1")) + suffix
    if dice.random() < 0.03:
        done.append("another county in the name")
        return file_name("癸酉县" if county != "癸酉县" else "甲戌县", suffix, dice)
    return file_name(county, suffix, dice)


def _written(
    book: Workbook, county: str, marks: dict[str, str], dice: random.Random, done: list[str]
) -> list[Returned]:
    container = dice.choice(_CONTAINERS)
    done.append(container)
    pages = _named(book.pages)
    if container == ".csv":
        write = WRITERS[".csv"] if dice.random() < 0.7 else csv_utf8
        stem = _name(county, "", dice, done)
        return [
            _one(f"{stem}-{page.name.strip() or '表'}.csv", write([page]), county, done, [page], "numbered")
            for page in pages
            if page.columns or page.kind
        ]
    if container == ".et":
        write = xls if dice.random() < 0.5 else xlsx
        return [_one(_name(county, ".et", dice, done), write(pages), county, done, pages)]
    if container == ".htm-xls":
        return [
            _one(_name(county, ".xls", dice, done), WRITERS[".html"](pages), county, done, pages, "numbered")
        ]
    if container in (".xlsx", ".xlsm"):
        return [_one(_name(county, container, dice, done), xlsx(pages, marks), county, done, pages)]
    sheets = {".html": "numbered", ".docx": "word"}.get(container, "names")
    return [
        _one(_name(county, container, dice, done), WRITERS[container](pages), county, done, pages, sheets)
    ]


def _one(
    name: str, data: bytes, county: str, done: list[str], pages: list[Page], sheets: str = "names"
) -> Returned:
    """A file; where the container has no names of sheets they are those of the file (`numbered`) or 表1, 表2 (`word`)."""
    stem, above = PurePosixPath(name).stem, ABOVE_IN_WORD if sheets == "word" else 0
    names = {
        "names": [page.name for page in pages],
        "numbered": [stem if not index else f"{stem} {index + 1}" for index in range(len(pages))],
        "word": [f"表{index + 1}" for index in range(len(pages))],
    }[sheets]
    return Returned(
        name,
        data,
        county,
        tuple(done),
        tuple(truth_of(name, pages, sheets=names, above=above, formulas=_keeps(data))),
    )


def _keeps(data: bytes) -> bool:
    """Whether it is an xlsx, the one container here that keeps formulas."""
    return data.startswith(b"PK") and b"xl/workbook.xml" in data


def _again(
    values: dict[str, list[dict[str, object]]], template: bytes, form: Form, registry: Registry, county: str,
    dice: random.Random,
) -> list[Returned]:  # fmt: skip
    """A second version, with a figure changed; or the very same file under another name."""
    pages = filled(template, form, registry, values)  # type: ignore[arg-type]
    done = ["sent again"]
    for page in pages:
        numbers = [
            at
            for at, cell in sorted(page.cells.items())
            if cell.figure is not None and cell.figure.place == "table"
        ]
        if numbers and dice.random() < 0.5:
            at = dice.choice(numbers)
            cell = page.cells[at]
            assert cell.figure is not None
            old: Figure = cell.figure
            if not isinstance(cell.content, str):
                value = old.value + 1
                page.put(*at, value, Figure(value, old.unit, old.place, old.kind, old.record, old.field))
    name = dice.choice((f"{county}（补报）.xlsx", f"{county}填报表-补报.xlsx", f"补报/{county}.xlsx"))
    return [_one(name, xlsx(pages), county, done, pages)]


def _named(pages: list[Page]) -> list[Page]:
    """The pages under names that a workbook can hold: up to 31 characters, none twice, one of them visible."""
    seen: set[str] = set()
    for page in pages:
        name = page.name[:31] or "表"
        while name.casefold() in seen:
            name = f"{name[:26]}({len(seen)})"
        seen.add(name.casefold())
        page.name = name
    if all(page.hidden for page in pages):
        pages[0].hidden = False
    pages[0].hidden = False
    return pages
