"""Synthetic self-evaluation forms: a scorecard with 指标值, 完成值, reasons and reviewers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wenxiao.model import Table, words

from tests.evaluation.made import made

WORDS = ("target", "actual", "reason", "reviewer")


def form(fields: dict[str, Sequence[str]]) -> Table:
    """A scorecard of the given columns, those of words after those of figures."""
    table = made("scorecard", {key: values for key, values in fields.items() if key not in WORDS})
    texts = tuple(
        words(list(fields[key]), key=key, label=key, position=len(table.columns) + 1 + offset)
        for offset, key in enumerate(key for key in WORDS if key in fields)
    )
    return replace(table, columns=table.columns + texts)


def row_of(
    *, name: str = "改造户数", weight: str = "10", score: str = "", target: str = "", actual: str = ""
) -> Table:
    """A form of one indicator."""
    return form(
        {
            "level1": ["产出指标（50分）"],
            "level2": ["数量指标"],
            "level3": [name],
            "weight": [weight],
            "score": [score],
            "target": [target],
            "actual": [actual],
        }
    )
