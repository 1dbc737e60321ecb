"""What an evaluation found, as pandas frames: one row a thing, cells as text, figures plain or exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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


_LABELS = {
    "key": "键", "label": "指标", "subject": "对象", "basis": "口径", "value": "数值", "unit": "单位", "text": "显示",
    "missing": "缺失", "standing": "性质", "formula": "公式", "cells": "单元格", "indicator": "指标", "level": "级次",
    "path": "路径", "weight": "分值", "score": "得分", "score_rate": "得分率", "lost": "扣分", "reason": "扣分原因",
    "district": "县区", "rank": "名次", "tied": "并列", "grade": "等级", "excluded": "不参与排名", "mode": "评价方式",
    "rank_in_mode": "同方式名次", "note": "备注", "severity": "程度", "code": "代码", "message": "核对事项",
    "printed": "所列", "recomputed": "复算", "remedy": "处理", "role": "性质", "section": "分组", "project": "项目",
}  # fmt: skip
"""What the columns are called; a table's own columns go by their headers."""
_PROJECT = "project"


def frame_of(value: object, *, exact: bool = False, keys: bool = False, wide: bool = False) -> pd.DataFrame:
    """A tidy frame of a table, a scorecard, a ranking, measures, findings, or of all measures of an evaluation.

    Figures are float64 and ranks Int64 in the unit the column 单位 names; with `exact` they are Arrow decimals of ten decimals
    (half even beyond them). A missing one is null with its kind in 缺失; 显示 is what a report shows. 单元格 are addresses, 、
    between them. Columns are named in Chinese, with `keys` as in code. `wide` has a row a subject and a column a measure.
    Several evaluations, as a list or by name, are one frame with a column 项目. Raises TypeError for anything else.

    >>> from wenxiao.model import Constant
    >>> from wenxiao.model.units import HOUSEHOLDS
    >>> households = (Measure("n", "户数", Constant(Fraction(3)), HOUSEHOLDS, 0, "甲县"),)
    >>> frame_of(households)[["指标", "数值", "显示", "单位"]].values.tolist()
    [['户数', 3.0, '3', '户']]
    >>> frame_of(households, wide=True).loc["甲县", "户数"]
    np.float64(3.0)
    """
    several = _several(value)
    frame = _joined(several) if several else _frame(value)
    if not exact:
        frame = frame.apply(_plain)
    if wide:
        frame = _widened(frame)
    if keys:
        return frame
    heads = (
        {column.key: column.label for column in value.columns if column.key}
        if isinstance(value, Table)
        else {}
    )
    names = [heads.get(str(name), _LABELS.get(str(name), str(name))) for name in frame.columns]
    return frame.set_axis(names if len(set(names)) == len(names) else frame.columns, axis="columns")


def _several(value: object) -> dict[str, object]:
    """Evaluations (or other values of one kind) by the name of their project; empty where it is one value."""
    if isinstance(value, Mapping):
        return {str(name): each for name, each in value.items()}
    if isinstance(value, (list, tuple)) and value and all(isinstance(each, Evaluation) for each in value):
        return {each.project.name: each for each in value}
    return {}


def _joined(several: Mapping[str, object]) -> pd.DataFrame:
    frames = {name: _frame(each) for name, each in several.items()}
    for name, frame in frames.items():
        frame.insert(0, _PROJECT, _texts([name] * len(frame)).set_axis(frame.index))
    return pd.concat(frames.values(), ignore_index=True)


def _widened(frame: pd.DataFrame) -> pd.DataFrame:
    """A row a subject and a column a measure; measures of one label are told apart by their basis, then by their key."""
    if not {"subject", "label", "value"} <= set(frame.columns):
        raise TypeError("only measures have a wide frame")
    index = [name for name in (_PROJECT, "subject") if name in frame]
    names = frame["label"].copy()
    for more in ("basis", "key"):
        twice = frame[index].assign(name=names).duplicated(keep=False)
        names = names.where(~twice, names + "（" + frame[more] + "）")
    wide = frame.assign(label=names).pivot(index=index, columns="label", values="value")  # noqa: PD010 - no aggregation
    order = wide[list(dict.fromkeys(names))].rename_axis(columns=None)
    order.index = order.index.set_names([_LABELS[name] for name in index])
    return order.loc[
        list(
            dict.fromkeys(
                frame[index[0]] if len(index) == 1 else zip(*(frame[n] for n in index), strict=True)
            )
        )
    ]


def _plain(column: pd.Series) -> pd.Series:
    """A column as pandas people expect it: float64, Int64 for ranks that are whole numbers, str."""
    kind = column.dtype
    if not isinstance(kind, pd.ArrowDtype):
        return column
    if not pa.types.is_decimal(kind.pyarrow_dtype):
        return column.astype("str") if pa.types.is_string(kind.pyarrow_dtype) else column
    numbers = column.astype("float64")
    if column.name in ("rank", "rank_in_mode") and (numbers.dropna() % 1 == 0).all():
        return numbers.astype("Int64")
    return numbers


@singledispatch
def _frame(value: object) -> pd.DataFrame:
    if isinstance(value, Iterable):
        items = list(value)
        if all(isinstance(item, Measure) for item in items):
            return _measures(items)
        if all(isinstance(item, Finding) for item in items):
            return _findings(items)
    raise TypeError(
        f"no frame of {type(value).__name__}; there is one of Table, Scorecard, Ranking, Evaluation, measures and findings"
    )


@_frame.register
def _(value: Table) -> pd.DataFrame:
    return value.frame.copy()


@_frame.register
def _(value: Evaluation) -> pd.DataFrame:
    return _measures(value.measures.values())


@_frame.register
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


@_frame.register
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
