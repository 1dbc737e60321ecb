"""Formulas that reports show come to the values they show: recomputed from the printed numbers alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.reports.trial import page_of

_TIMES = {"万元": 10_000, "万㎡": 10_000, "%": Decimal("0.01")}
_NUMBER = re.compile(
    r"(?:^|[^\d,.])(−?\d[\d,]*(?:\.\d+)?)(%|[^\s\d（）]*)(?: (?:[①-⑳]|\(\d+\))?[A-Z]{1,2}\d+)?(?:（(?:第|原|底稿).*）)?$"
)
"""The number a term ends in, its unit; its cell, its line and what the cell holds may follow."""
_ASIDE = re.compile(r"；数据：.*$|（(?!第|原|底稿)[^（）]*(?:（[^（）]*）[^（）]*)*）$")
_CELL = re.compile(r"(?<![A-Z\d])[A-Z]{1,2}\d+")
_STANDING = re.compile(r"(−?\d[\d,.]*[^\s\d、；（）]*) ([A-Z]{1,2}\d+)")
_LINE = re.compile(r"(−?\d[\d,.]*)([^\s\d（）]*)（第 (\d+) 行）")
_FIGURE = re.compile(r"−?\d[\d,.]*[^\s\d、；（）]*")
_SIGNS = (" ＋ ", " － ", " × ", " ÷ ")

_LINGANG = pytest.param("lingang-2023", marks=pytest.mark.acceptance)
"""Its page is among those of make acceptance."""


def number(words: str) -> tuple[Decimal, Decimal] | None:
    """The number a term or a value ends in, in the base of its unit, and half of its last place."""
    found = _NUMBER.search(words.strip())
    if found is None:
        return None
    value = Decimal(found[1].replace(",", "").replace("−", "-"))
    times = Decimal(_TIMES.get(found[2], 1))
    return value * times, Decimal(5).scaleb(int(value.as_tuple().exponent) - 1) * times


def come_to(sign: str, terms: list[tuple[Decimal, Decimal]]) -> tuple[Decimal, Decimal]:
    """What terms come to, and how far printed places may carry it."""
    (first, near), *others = terms
    for other, wide in others:
        match sign.strip():
            case "＋":
                first, near = first + other, near + wide
            case "－":
                first, near = first - other, near + wide
            case "×":
                first, near = first * other, abs(first) * wide + abs(other) * near
            case _:
                first, near = first / other, (near + abs(first / other) * wide) / abs(other)
    return first, near


_SHEET = re.compile(r"^[^；\n]*?(?:］|\.csv)：|（① .*）$")
"""The sheet before the words of a line, and the sheets whose marks stand in them."""


def formulas(page: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Every formula of 计算底稿 with the value beside it."""
    for row in page.select(".wx-lines tbody tr"):
        _, words, *value = (cell.get_text("\n") for cell in row.find_all("td"))
        words = _SHEET.sub("", words)
        yield from ((words, each) for each in value) if value else in_row(words)


def in_row(words: str) -> Iterator[tuple[str, str]]:
    """The formulas of a line of a row, with the numbers that stand before them put in the places of their cells."""
    standing = {cell: text for text, cell in _STANDING.findall(words)}
    for part in words.splitlines():
        name, sign, formula = part.partition(" ＝ ")
        if sign:
            yield _CELL.sub(lambda cell: standing.get(cell[0], cell[0]), formula), name


def wrong(formula: str, value: str) -> bool | None:
    """Whether a formula of one sign does not come to its value; None for one that this test cannot read."""
    while formula != (shorter := _ASIDE.sub("", formula)):
        formula = shorter
    signs = [sign for sign in _SIGNS if sign in formula]
    shown = number(value)
    if len(signs) != 1 or shown is None:
        return None
    terms = [number(term) for term in formula.split(signs[0])]
    known = [term for term in terms if term is not None]
    if len(known) < len(terms) or (signs[0] == " ÷ " and known[1][0] == 0):
        return None
    result, near = come_to(signs[0], known)
    return abs(result - shown[0]) > near + shown[1]


@pytest.mark.parametrize(
    ("name", "least"),
    [
        pytest.param("dengkou-2023", 6, marks=pytest.mark.acceptance),
        pytest.param("ejinhoro-2022", 12, marks=pytest.mark.acceptance),
        pytest.param("lingang-2023", 20, marks=pytest.mark.acceptance),
        ("linyi-2021", 40),
        ("mudan-2023", 18),
    ],
)
def test_formulas_come_to_their_values(trial: Path, name: str, least: int) -> None:
    """A reader with a pocket calculator finds each sum, difference, product and quotient right, to its last place."""
    read = [
        (formula, value, wrong(formula, value))
        for path in sorted(trial.glob(f"*/{name}*/report.html"))
        for formula, value in formulas(page_of(path))
    ]
    assert sum(each is not None for *_, each in read) >= least
    assert [(formula, value) for formula, value, each in read if each] == []


@pytest.mark.parametrize("name", [_LINGANG, "linyi-2021", "mudan-2023", "all"])
def test_a_formula_refers_to_the_line_that_has_its_number(trial: Path, name: str) -> None:
    """（第 9 行） stands behind the number that line 9 comes to, in the same unit."""
    referred = 0
    for path in sorted(trial.glob(f"*/{name}*/report.html")):
        page = page_of(path)
        rows = [
            [cell.get_text("\n") for cell in row.find_all("td")] for row in page.select(".wx-lines tbody tr")
        ]
        values = {line: rest[-1] for line, *rest in rows}
        one = {line for line, *rest in rows if len(rest) > 1}
        for text, unit, line in _LINE.findall(" ".join(row[1] for row in rows)):
            referred += 1
            here = number(f"{text}{unit}")
            assert here is not None
            told = [values[line]] if line in one else _FIGURE.findall(values[line])
            known = [number(each) for each in told if each.endswith(unit)]
            assert any(there and abs(here[0] - there[0]) <= here[1] + there[1] for there in known)
    assert referred


@pytest.mark.parametrize("name", ["linyi-2021", "mudan-2023", _LINGANG, "all"])
def test_no_two_lines_are_called_alike_and_tell_something_else(trial: Path, name: str) -> None:
    """A title says whose figure it is and which: two values under one title would leave the reader to guess."""
    for path in sorted(trial.glob(f"*/{name}*/report.html")):
        told: dict[str, set[str]] = {}
        for row in page_of(path).select(".wx-lines tbody tr"):
            cells = row.find_all("td")
            if len(cells) > 2 and "未提供" not in cells[-1].get_text():
                told.setdefault(row.th.get_text(), set()).add(cells[-1].get_text())
        assert told
        assert {title: values for title, values in told.items() if len(values) > 1} == {}
