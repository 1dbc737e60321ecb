"""A pandas frame of one's own as a table of a report: its index first, words as words, figures with their decimals."""

from __future__ import annotations

import numbers
from decimal import Decimal

import pandas as pd

from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.model import Missing


def frame_table(frame: pd.DataFrame) -> ReportTable | None:
    """The frame with its columns as heads; its title, unit and note are `frame.attrs` of those names. None where it is empty.

    Figures are as the frame has them, floats to two decimals unless `frame.attrs["places"]` says otherwise; what is missing is
    未提供. They rest on no cell: what is to be traced is a measure.
    """
    if frame.empty:
        return None
    places = int(frame.attrs.get("places", 2))
    plain = frame if isinstance(frame.index, pd.RangeIndex) else frame.reset_index()
    stub, *heads = (
        Head(str(name), words=not pd.api.types.is_numeric_dtype(plain[name])) for name in plain.columns
    )
    rows = tuple(
        Row(_text(first, places), tuple(_text(each, places) for each in rest))
        for first, *rest in plain.itertuples(index=False, name=None)
    )
    table = ReportTable(
        str(frame.attrs.get("title", "")), stub, tuple(heads), rows, str(frame.attrs.get("unit", ""))
    )
    note = frame.attrs.get("note")
    return table.with_notes(str(note)) if note else table


def _text(value: object, places: int) -> str:
    if value is None or value is pd.NA or value != value:
        return Missing.NOT_PROVIDED.label
    if isinstance(value, (bool, str)):
        return {True: "是", False: "否"}[value] if isinstance(value, bool) else value
    if isinstance(value, (Decimal, numbers.Integral)):
        return f"{value:,}"
    return f"{value:,.{places}f}" if isinstance(value, numbers.Real) else str(value)
