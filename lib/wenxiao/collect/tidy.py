"""The values of a collection as tidy data: a line a value, with the file, version, sheet and cell it stands in."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from wenxiao.collect.value import Value

_TAKEN_OFF = re.compile(r"^[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]+")
COLUMNS = (
    "县区", "表", "行", "字段", "值", "原文", "单位", "文件", "版本", "工作表", "单元格",
    "行类", "缺失", "限定词", "公式", "类别", "字段名",
)  # fmt: skip
"""The first eleven are what a reader needs; then what the row is, why a figure is missing, 约 and ≥, whether a formula gave it,
and the registry's names of the kind of table and the field."""


def tidy_rows(values: Sequence[Value]) -> list[tuple[str, ...]]:
    """A row of texts a value, in the order of `COLUMNS`."""
    return [
        (
            value.county, value.table, value.row, value.field, value.text, value.raw, value.unit, value.file,
            value.version, value.sheet, value.cell, value.role, value.missing, value.qualifier,
            "是" if value.formula else "", value.kind, value.key,
        )
        for value in values
    ]  # fmt: skip


def tidy_csv(values: Sequence[Value]) -> bytes:
    """The values as UTF-8 text with a mark, so that a spreadsheet opens it; a text that it would take for a formula is quoted.

    A text that begins as a formula does gets an apostrophe before it, as spreadsheets write a text; the Parquet has it bare.
    """
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    numeric = COLUMNS.index("值")
    for row, value in zip(tidy_rows(values), values, strict=True):
        writer.writerow(
            [text if at == numeric and value.figure else _inert(text) for at, text in enumerate(row)]
        )
    return b"\xef\xbb\xbf" + held.getvalue().encode()


def tidy_parquet(values: Sequence[Value]) -> bytes:
    """The values as Parquet: every column of text, for figures keep all digits; 值 is the exact decimal in 单位."""
    rows = tidy_rows(values)
    table = pa.table(
        {name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(COLUMNS)}
    )
    held = io.BytesIO()
    pq.write_table(table, held, compression="zstd")
    return held.getvalue()


def _inert(text: str) -> str:
    # Behind what a program takes off a cell, and in the full width that a Chinese one takes for the sign itself.
    seen = unicodedata.normalize("NFKC", _TAKEN_OFF.sub("", text))
    return f"'{text}" if seen[:1] in ("=", "+", "-", "@") and not _number(text) else text


def _number(text: str) -> bool:
    return text[1:].replace(".", "", 1).isdigit()
