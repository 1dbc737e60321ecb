"""Claims against the data: each printed figure is held against what the tables give."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from wenxiao.evaluation.audit.check import Check, cells_of, shown_like, tolerance_of
from wenxiao.evaluation.audit.references import Reference, references
from wenxiao.evaluation.claims import WHOLE, Claim
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.model import (
    Finding,
    Given,
    Interval,
    Missing,
    Named,
    Op,
    Operation,
    Quantity,
    Severity,
    interval_of,
    value_of,
)

_CHECKED_ELSEWHERE = {"等级", "目标完成情况", "实施期限", "完工时间", "开工时间"}
_RATES = {
    "预算执行率",
    "平均预算执行率",
    "资金到位率",
    "资金使用率",
    "资金占比",
    "得分率",
    "出资占比",
    "满意度",
}


def _claims(evaluation: Evaluation) -> Iterator[Finding]:
    known = references(evaluation)
    for claim in evaluation.claims:
        if claim.printed.quantity is None or claim.item in _CHECKED_ELSEWHERE:
            continue
        yield from _check(
            claim, claim.printed.quantity, _ordered(claim, known.get((claim.subject, claim.item), []))
        )


def _ordered(claim: Claim, candidates: list[Reference]) -> list[Reference]:
    """The candidates, those whose basis the claim names first."""
    named = [c for c in candidates if claim.basis and any(w in c.basis for w in _words(claim.basis))]
    return named or candidates


def _words(basis: str) -> list[str]:
    return [word for word in ("计划", "完成", "开工") if word in basis]


def _check(claim: Claim, printed: Quantity, candidates: list[Reference]) -> Iterator[Finding]:
    subject = (claim.subject if claim.subject != WHOLE else "") + claim.item
    valued = [(c, interval) for c in candidates if (interval := interval_of(c.expression)) is not None]
    if not valued:
        yield _unverifiable(claim, subject, candidates)
        return
    if any(c.primary and _agrees(printed, interval, c) for c, interval in valued):
        return
    holding = [c for c, interval in valued if _agrees(printed, interval, c)]
    primary = next((c for c, _ in valued if c.primary), valued[0][0])
    if holding:
        yield _other_basis(claim, printed, subject, holding[0], [c for c, _ in valued if c not in holding])
        return
    value = value_of(primary.expression)
    assert isinstance(value, Fraction)
    recomputed = _text(value, printed, primary)
    yield Finding(
        "claim-differs",
        Severity.ERROR,
        subject,
        f"{claim.place}所列{subject}为 {claim.text}，按{primary.basis}为 {recomputed}。",
        printed=claim.text,
        recomputed=recomputed,
        tolerance=tolerance_of(printed, interval_of(primary.expression)),
        cells=(claim.cell, *cells_of(primary.expression)),
        remedy="核对报告与数据表，改正其中一处",
    )


def _agrees(printed: Quantity, interval: Interval, reference: Reference) -> bool:
    """Whether printed figure and reference can be the same number; amounts are brought to one unit first."""
    return _same_unit(printed, reference).interval.meets(interval)


def _same_unit(printed: Quantity, reference: Reference) -> Quantity:
    unit = _unit_of(reference)
    if unit is not None and unit.unit.dimension == printed.unit.dimension:
        return printed.to(unit.unit)
    return printed


def _unit_of(reference: Reference) -> Quantity | None:
    """The unit of the reference: that of its first amount; a quotient has none."""
    match reference.expression:
        case Given(content=Quantity() as quantity):
            return quantity
        case Operation(op=Op.SUM, terms=(first, *_)) | Named(term=first):
            return _unit_of(Reference("", first))
        case _:
            return None


def _text(value: Fraction, printed: Quantity, reference: Reference) -> str:
    same = _same_unit(printed, reference)
    return shown_like(value, same)


def _unverifiable(claim: Claim, subject: str, candidates: list[Reference]) -> Finding:
    kinds = [v for c in candidates if isinstance(v := value_of(c.expression), Missing)]
    why = f"{candidates[0].basis}缺少数据（{kinds[0].label}）" if kinds else "数据表未提供可供核对的数"
    return Finding(
        "claim-unverifiable",
        Severity.HINT,
        subject,
        f"{claim.place}所列{subject} {claim.text}无法核实：{why}。",
        printed=claim.text,
        recomputed=Missing.UNVERIFIABLE.label,
        cells=(claim.cell,),
        remedy="请报送单位补充原始数据",
    )


def _other_basis(
    claim: Claim, printed: Quantity, subject: str, holding: Reference, others: list[Reference]
) -> Finding:
    parts = [
        f"按{c.basis}为 {_text(value, Quantity(printed.value, printed.unit, max(printed.places, 4)), c)}"
        for c in others
        if isinstance(value := value_of(c.expression), Fraction)
    ]
    first = next((value_of(c.expression) for c in others), None)
    finer = Quantity(printed.value, printed.unit, max(printed.places, 4))
    return Finding(
        "claim-basis",
        Severity.WARNING,
        subject,
        f"{claim.place}所列{subject} {claim.text}只有按{holding.basis}才成立；{'，'.join(parts)}。",
        printed=claim.text,
        recomputed=shown_like(first, finer) if isinstance(first, Fraction) else "",
        cells=(claim.cell, *cells_of(holding.expression, *(c.expression for c in others))),
        remedy="在报告中写明比率的分母",
    )


def _pooled_or_mean(evaluation: Evaluation) -> Iterator[Finding]:
    """One figure called both the pooled rate and the mean of the districts' rates: they are different numbers."""
    whole = [
        (claim, claim.printed.quantity.value)
        for claim in evaluation.claims
        if claim.subject == WHOLE and claim.item == "预算执行率" and claim.printed.quantity
    ]
    for mean in evaluation.claims:
        if mean.item != "平均预算执行率" or mean.printed.quantity is None:
            continue
        same = [claim for claim, value in whole if value == mean.printed.quantity.value]
        if same:
            yield Finding(
                "pooled-or-mean",
                Severity.HINT,
                "预算执行率",
                f"同一数 {mean.text} 既称预算执行率（{same[0].place}），又称各县区平均（{mean.place}）："
                "汇总口径与简单平均是两个数，报告未说明是哪一个。",
                printed=mean.text,
                recomputed=Missing.UNVERIFIABLE.label,
                cells=(same[0].cell, mean.cell),
                remedy="请说明是汇总口径还是简单平均，并提供分县区预算和支出",
            )


CHECKS = (
    Check(
        "claim-differs",
        "报告数与数据表",
        "报告所列每个数与数据表相符；分母不同才成立的，指出口径；无数据可核的，列为无法核实",
        _claims,
    ),
    Check("pooled-or-mean", "汇总口径与简单平均", "同一比率不得既作汇总数又作平均数", _pooled_or_mean),
)
