"""What an evaluation found, as pandas frames: one row a thing, exact figures as decimals, cells as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import singledispatch

import pandas as pd
import pyarrow as pa

from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.ranking import Ranking
from wenxiao.evaluation.scorecard import Scorecard
from wenxiao.model import Finding, Measure, Missing, Quantity, Table
from wenxiao.model.cells import CellRef

_DIGITS = 10
_FIGURE = pa.decimal128(38, _DIGITS)
"""Ten decimals: a rate keeps more than any report prints, and money of any country fits in front."""


@singledispatch
def frame_of(value: object) -> pd.DataFrame:
    """A tidy frame of a table, a scorecard, a ranking, measures, findings, or of all measures of an evaluation.

    Figures are Arrow decimals (ten decimals, half even beyond them) in the unit the column `unit` names, a missing one is
    null with its kind in `missing`; `text` is what a report shows. `cells` are addresses, 、 between them. Raises TypeError
    for anything else.

    >>> from wenxiao.model import Constant
    >>> from wenxiao.model.units import HOUSEHOLDS
    >>> frame_of((Measure("n", "户数", Constant(Fraction(3)), HOUSEHOLDS, 0),))[["label", "text", "unit"]].values.tolist()
    [['户数', '3', '户']]
    """
    if isinstance(value, Iterable):
        items = list(value)
        if all(isinstance(item, Measure) for item in items):
            return _measures(items)
        if all(isinstance(item, Finding) for item in items):
            return _findings(items)
    raise TypeError(
        f"no frame of {type(value).__name__}; there is one of Table, Scorecard, Ranking, Evaluation, measures and findings"
    )


@frame_of.register
def _(value: Table) -> pd.DataFrame:
    return value.frame


@frame_of.register
def _(value: Evaluation) -> pd.DataFrame:
    return _measures(value.measures.values())


@frame_of.register
def _(value: Scorecard) -> pd.DataFrame:
    rows = list(value.walk())
    return pd.DataFrame(
        {
            "indicator": _texts(each.name for each in rows),
            "level": pd.array([each.level for each in rows], dtype="int64"),
            "path": _texts("/".join(each.path) for each in rows),
            "weight": _figures([_number(each.weight.quantity) for each in rows]),
            "score": _figures([_number(each.score.quantity) for each in rows]),
            "score_rate": _figures([each.score_rate.number for each in rows]),
            "lost": _figures([each.lost.number for each in rows]),
            "reason": _texts(each.reason for each in rows),
            "cells": _cells([each.score.cell] if each.score.cell else [] for each in rows),
        }
    )


@frame_of.register
def _(value: Ranking) -> pd.DataFrame:
    places = value.listed
    scores = [place.content for place in places]
    return pd.DataFrame(
        {
            "district": _texts(place.district for place in places),
            "score": _figures(
                [None if isinstance(score, Missing) else Fraction(score.value) for score in scores]
            ),
            "missing": _texts(score.label if isinstance(score, Missing) else "" for score in scores),
            "rank": _figures([place.rank for place in places]),
            "tied": pd.array([place.tied for place in places], dtype="bool"),
            "grade": _texts(place.grade.label if place.grade else "" for place in places),
            "excluded": pd.array([place.excluded for place in places], dtype="bool"),
            "mode": _texts(place.mode for place in places),
            "rank_in_mode": _figures([place.rank_in_mode for place in places]),
            "note": _texts(place.note for place in places),
            "cells": _cells([place.score.cell] if place.score.cell else [] for place in places),
        }
    )


def _measures(measures: Iterable[Measure]) -> pd.DataFrame:
    rows = list(measures)
    return pd.DataFrame(
        {
            "key": _texts(each.key for each in rows),
            "label": _texts(each.label for each in rows),
            "subject": _texts(each.subject for each in rows),
            "basis": _texts(each.basis for each in rows),
            "value": _figures([each.number for each in rows]),
            "unit": _texts(each.unit.symbol for each in rows),
            "text": _texts(each.text for each in rows),
            "missing": _texts(each.value.label if isinstance(each.value, Missing) else "" for each in rows),
            "standing": _texts(each.standing.value for each in rows),
            "formula": _texts(each.formula for each in rows),
            "cells": _cells([given.cell for given in each.inputs if given.cell] for each in rows),
        }
    )


def _findings(findings: Iterable[Finding]) -> pd.DataFrame:
    rows = list(findings)
    return pd.DataFrame(
        {
            "severity": _texts(each.severity.label for each in rows),
            "code": _texts(each.code for each in rows),
            "subject": _texts(each.subject for each in rows),
            "message": _texts(each.message for each in rows),
            "printed": _texts(each.printed for each in rows),
            "recomputed": _texts(each.recomputed for each in rows),
            "remedy": _texts(each.remedy for each in rows),
            "cells": _cells(each.cells for each in rows),
        }
    )


def _number(quantity: Quantity | None) -> Fraction | None:
    return None if quantity is None else Fraction(quantity.value)


def _texts(values: Iterable[str]) -> pd.Series:
    return pd.Series(list(values), dtype="str")


def _cells(values: Iterable[Sequence[CellRef]]) -> pd.Series:
    return _texts("、".join(map(str, dict.fromkeys(cells))) for cells in values)


def _figures(values: Sequence[Fraction | None]) -> pd.Series:
    decimals = [None if value is None else _decimal(value) for value in values]
    return pd.Series(pd.arrays.ArrowExtensionArray(pa.array(decimals, _FIGURE)))


def _decimal(value: Fraction) -> Decimal:
    scaled = round(value * 10**_DIGITS)
    return Decimal(scaled).scaleb(-_DIGITS)
