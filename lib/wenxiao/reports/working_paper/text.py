"""Texts as a workbook can hold them: what XML forbids is replaced, what is too long is cut and says so; sheet names."""

from __future__ import annotations

import re
from collections.abc import Collection

from wenxiao.model import Unit
from wenxiao.model.units import RATIO

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME = re.compile(
    "[\\[\\]:*?/\\\\\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_CELL, _SHEET = 32_767, 31
"""UTF-16 units that a cell and the name of a sheet hold."""


def cell_text(text: str) -> str:
    """A text that every spreadsheet program opens; what a file cannot hold is replaced, never dropped unsaid.

    >>> cell_text("=1+1"), len(cell_text("长" * 40_000)), cell_text("长" * 40_000)[-13:]
    ('=1+1', 32767, '…（全长 40000 字）')
    """
    clean = _FORBIDDEN.sub("\ufffd", text)
    if len(clean) * 2 <= _CELL or _units(clean) <= _CELL:
        return clean
    end = f"…（全长 {len(text)} 字）"
    return _cut(clean, _CELL - len(end)) + end


def sheet_name(text: str, taken: Collection[str]) -> str:
    """A name for a sheet that no other has: without what spreadsheets forbid in one, at most 31 characters.

    `taken` holds the names given, in lower case, because spreadsheets do not tell upper from lower.

    >>> sheet_name("资金/情况", ()), sheet_name("资金", {"资金"}), sheet_name("'[]'", ())
    ('资金 情况', '资金 (2)', '表')
    """
    base = " ".join(_NAME.sub(" ", text).split()).strip("' ") or "表"
    base = "表 " + base if base.lower() == "history" else base
    number, suffix = 1, ""
    while True:
        name = _cut(base, _SHEET - len(suffix)).rstrip("' ") + suffix
        if name.lower() not in taken:
            return name
        number += 1
        suffix = f" ({number})"


def number_format(unit: Unit, places: int, *, qualifier: str = "", symbol: str = "") -> str:
    """The number format that shows a value as the report does.

    >>> number_format(RATIO, 4), number_format(RATIO, 2, qualifier="≥"), number_format(Unit("户", "households"), 0, symbol="户")
    ('0.00%', '"≥"0%', '#,##0"户"')
    """
    digits = max(places - 2, 0) if unit.dimension == RATIO.dimension else max(places, 0)
    head = "0" if unit.dimension == RATIO.dimension else "#,##0"
    body = head + (f".{'0' * min(digits, 30)}" if digits else "")
    tail = "%" if unit.dimension == RATIO.dimension else _literal(symbol)
    return f"{_literal(qualifier)}{body}{tail}"


def _literal(text: str) -> str:
    return '"' + text.replace('"', "") + '"' if text else ""


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _cut(text: str, units: int) -> str:
    while _units(text) > units:
        text = text[: units - (_units(text) - len(text))] if len(text) > units else text[:-1]
    return text
