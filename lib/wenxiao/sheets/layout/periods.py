"""Years, quarters and months as headers write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise

from wenxiao.sheets.cells.texture import Cell
from wenxiao.sheets.cells.wording import compact

FIRST_YEAR, LAST_YEAR = 1949, 2100
_YEAR = re.compile(r"((?:19|20)\d{2})(?:年度?|[AEFP]|[(（][^()（）]*[)）])?")
_PERIOD = re.compile(
    r"(?:(?:19|20)\d{2}年?(?:度|初|末|底)?[-—–~～至./]?)?"
    r"(?:(?:19|20)\d{2}年?(?:度|初|末|底)?|[上下]半年|第?[一二三四1-4]季度?|Q[1-4]|H[12]|"
    r"\d{1,2}(?:[-—–~～至]\d{1,2})?月份?(?:\d{1,2}日|末|底)?|全年|年初|年末|本年|上年|去年|今年|当年|同期)(?:累计|合计|同期)?"
)

_WHOLE_YEAR = re.compile(
    r"(?:(?:19|20)\d{2}年?度?)?(?:0?1[-—–~～至]12月份?|全年|年末|本年|当年|今年)?(?:累计|合计)?"
)


def is_year(cell: Cell) -> bool:
    """Whether a cell that holds a figure or a date may be a year of a header.

    >>> is_year(2021.0), is_year("2021（万元）"), is_year("2021万元"), is_year(2021.5)
    (True, True, False, False)
    """
    return isinstance(cell, (dt.date, dt.datetime)) or year_of(cell) is not None


def year_of(cell: Cell) -> int | None:
    """The year that a cell is, or None."""
    if isinstance(cell, str) and (match := _YEAR.fullmatch(compact(cell))) is not None:
        cell = int(match[1])
    if isinstance(cell, bool) or not isinstance(cell, (int, float)) or not float(cell).is_integer():
        return None
    return int(cell) if FIRST_YEAR <= cell <= LAST_YEAR else None


def is_period(text: str) -> bool:
    """Whether a text is a year, a half, a quarter, a month or a span of them and nothing else.

    >>> is_period("2021年上半年"), is_period("1-6月"), is_period("第一季度"), is_period("上年"), is_period("上年支出")
    (True, True, True, True, False)
    """
    return _PERIOD.fullmatch(compact(text)) is not None


def is_part_of_year(text: str) -> bool:
    """Whether a text is a period within a year, or of another one, and nothing else.

    >>> is_part_of_year("1-6月"), is_part_of_year("上年"), is_part_of_year("1—12月"), is_part_of_year("2021年")
    (True, True, False, False)
    """
    word = compact(text)
    return is_period(word) and not _WHOLE_YEAR.fullmatch(word)


def follow(cells: Sequence[Cell]) -> bool:
    """Whether at least two years go up or down by one, once or over and over, as across a header."""
    years = [year for cell in cells if (year := year_of(cell)) is not None]
    period = len(set(years))
    steps = {after - before for before, after in pairwise(years)}
    return len(years) == len(cells) and period > 1 and steps <= {1, -1, 1 - period, period - 1, 0}
