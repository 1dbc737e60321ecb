"""Columns of texts, dates and years."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wenxiao.model import Column, Missing
from wenxiao.sheets.cells.digits import MOST_EXACT
from wenxiao.sheets.cells.signs import UNTIDY
from wenxiao.sheets.cells.texture import Cell, Texture
from wenxiao.sheets.cells.wording import MARKS, name_of, narrow
from wenxiao.sheets.columns.heading import Heading
from wenxiao.sheets.columns.strip import Strip

if TYPE_CHECKING:
    from wenxiao.fields import Field

_DATE = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})(?:\s*[月./-]\s*(\d{1,2})\s*日?|\s*月)?")
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?度?")
_UNTIDY_NAME = UNTIDY + r"|\s|\x{3000}|^[\[【#]|^其中|^[(（]?[0-9]|_x"
"""Names that may hold blanks, a code, 其中 or a number in front; the others are taken as they stand."""


def text_of(cell: Cell) -> str:
    """A cell as text: numbers without an idle fraction, dates in ISO form, texts trimmed with their breaks.

    >>> text_of(2023.0), text_of(" 兰山区 ")
    ('2023', '兰山区')
    """
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return f"{int(cell)}" if cell.is_integer() and abs(cell) < MOST_EXACT else f"{cell:.15g}"
    if isinstance(cell, (dt.datetime, dt.date, dt.time)):
        return cell.isoformat()
    return str(cell).strip()


def date_text(cell: Cell) -> str:
    """A date in ISO form, as far as it goes (2023-06); another text as it stands.

    >>> date_text("2022年10月18日"), date_text("2023.6"), date_text("2025年年底")
    ('2022-10-18', '2023-06', '2025年年底')
    """
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    text = text_of(cell)
    match = _DATE.fullmatch(narrow(text))
    if match is None:
        return text
    return "-".join([match[1], match[2].zfill(2), *([match[3].zfill(2)] if match[3] else [])])


def word_column(
    heading: Heading, of: Field | None, strip: Strip, spans: Mapping[int, int], *, named: bool, numbered: bool
) -> Column:
    """A column of texts; `named` where they are the names of the rows, `numbered` where a number before them goes."""
    texts = strip.texts
    others = strip.is_(Texture.NUMBER, Texture.DATE)
    if others.any():
        listed = texts.to_pylist()
        for record in np.flatnonzero(others).tolist():
            listed[record] = text_of(strip.cells[record])
        texts = pa.array(listed, pa.string())
    if of is not None and of.type == "date":
        texts = pa.array(
            [None if text is None else date_text(strip.cells[n]) for n, text in enumerate(texts.to_pylist())],
            pa.string(),
        )
    elif named:
        texts = _mapped(texts, _UNTIDY_NAME, lambda text: name_of(text, numbered=numbered))
    missing = np.zeros(len(strip.cells), np.int8)
    missing[strip.is_(Texture.COVERED)] = Missing.COVERED
    missing[strip.is_(Texture.EMPTY)] = Missing.NOT_PROVIDED
    for record in np.flatnonzero(strip.is_(Texture.MARK)).tolist():
        missing[record] = MARKS[narrow(str(strip.cells[record]))]
    return Column(
        key=None if of is None else of.key,
        label=heading.label or ("" if of is None else of.label),
        path=heading.path,
        position=heading.position + 1,
        texts=texts,
        missing=missing,
        spans=spans,
    )


def year_column(heading: Heading, of: Field, strip: Strip) -> Column:
    """A column of years: numbers where a year stands (2023年度), and texts in any case."""
    column = word_column(heading, of, strip, {}, named=False, numbered=False)
    count = len(strip.cells)
    years = [match[1] if (match := _YEAR.fullmatch(column.text(record))) else None for record in range(count)]
    return Column(
        key=column.key,
        label=column.label,
        path=column.path,
        position=column.position,
        numbers=pa.array(years, pa.string()).cast(pa.decimal128(38, 0)),
        texts=pa.array(
            [year or column.text(record) or None for record, year in enumerate(years)], pa.string()
        ),
        missing=column.missing,
        places=np.zeros(count, np.int8),
        inferred=np.zeros(count, np.bool_),
    )


def _mapped(texts: pa.Array, pattern: str, change: Callable[[str], str]) -> pa.Array:
    """The texts with `change` applied to each distinct one that a pattern finds."""
    encoded = texts.dictionary_encode()
    found = np.flatnonzero(
        pc.match_substring_regex(encoded.dictionary, pattern).to_numpy(zero_copy_only=False)
    )
    if not len(found):
        return texts
    distinct = encoded.dictionary.to_pylist()
    for index in found.tolist():
        distinct[index] = change(distinct[index])
    return pa.array(distinct, pa.string()).take(encoded.indices)
