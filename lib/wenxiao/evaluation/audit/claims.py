"""Claims against the data: each printed figure is held against what the tables give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.audit.constraint import Constraint
from wenxiao.evaluation.audit.references import Reference, references
from wenxiao.evaluation.claims import WHOLE, Claim
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.fields.places import word_for
from wenxiao.model import (
    Expression,
    Finding,
    Given,
    Missing,
    Named,
    Op,
    Operation,
    Quantity,
    Severity,
    Unit,
    half_up,
    quantity_text,
    value_of,
)

_IN_WORDS = {"等级", "目标完成情况", "实施期限", "完工时间", "开工时间"}
"""Items whose claims are words, checked where words are (consistency)."""


@dataclass(frozen=True, eq=False)
class _Judged:
    """A claim with what it can be held against: the constraint of each basis, the primary ones first."""

    claim: Claim
    bases: tuple[tuple[Reference, Constraint], ...]
    unknown: tuple[Reference, ...]

    @property
    def holding(self) -> tuple[Reference, Constraint] | None:
        """The first basis on which the claim holds; a primary one where there is any."""
        held = [each for each in self.bases if each[1].holds]
        return next((each for each in held if each[0].primary), held[0] if held else None)


def _judged(evaluation: Evaluation) -> Iterator[_Judged]:
    known = references(evaluation)
    for claim in evaluation.claims:
        if claim.printed.quantity is None or claim.item in _IN_WORDS:
            continue
        candidates = _ordered(claim, known.get((claim.subject, claim.item), []))
        valued = [c for c in candidates if isinstance(value_of(c.expression), Fraction)]
        unknown = tuple(c for c in candidates if c not in valued)
        yield _Judged(claim, tuple((c, _constraint(claim, c)) for c in valued), unknown)


def _ordered(claim: Claim, candidates: list[Reference]) -> list[Reference]:
    """The candidates whose basis the claim names, else all."""
    words = [word for word in ("计划", "完成", "开工") if word in claim.basis]
    return [c for c in candidates if any(word in c.basis for word in words)] or candidates


def _subject(claim: Claim) -> str:
    """The claim's name: whose figure, then which; 专项债券资金 and 资金使用率 share the word 资金."""
    if claim.subject == WHOLE:
        return claim.item
    shared = claim.subject.endswith("资金") and claim.item.startswith("资金")
    return claim.subject.removesuffix("资金") + claim.item if shared else claim.subject + claim.item


def _constraint(claim: Claim, reference: Reference) -> Constraint:
    """The claim against one basis, brought to the basis's unit where both are amounts of one dimension."""
    subject = _subject(claim)
    quantity = claim.printed.quantity
    assert quantity is not None
    unit = _unit_of(reference.expression)
    same = quantity.to(unit) if unit is not None and unit.dimension == quantity.unit.dimension else quantity
    return Constraint(
        "claim-differs",
        subject,
        replace(claim.printed, content=same, label=f"报告所列{subject}"),
        reference.expression,
        f"{claim.place}所列{subject}为 {{printed}}，按{reference.basis}为 {{recomputed}}。",
        "核对报告与数据表，改正其中一处",
    )


def _unit_of(expression: Expression) -> Unit | None:
    """The unit of an amount: that of its first figure; a quotient has none."""
    match expression:
        case Given(content=Quantity() as quantity):
            return quantity.unit
        case Operation(op=Op.SUM, terms=(first, *_)) | Named(term=first):
            return _unit_of(first)
        case _:
            return None


def _agreements(evaluation: Evaluation) -> Iterator[Constraint]:
    """A claim that holds binds its basis; one that holds on none is held against its primary basis."""
    for judged in _judged(evaluation):
        if judged.holding is not None:
            if judged.holding[0].primary:
                yield judged.holding[1]
        elif judged.bases:
            yield next((c for r, c in judged.bases if r.primary), judged.bases[0][1])


def _bases(evaluation: Evaluation) -> Iterator[Finding]:
    """Claims that hold only on a basis that is not the usual one, and claims nothing can be held against."""
    for judged in _judged(evaluation):
        if not judged.bases:
            yield _unverifiable(judged)
        elif judged.holding is not None and not judged.holding[0].primary:
            yield _other_basis(judged)


def _unverifiable(judged: _Judged) -> Finding:
    claim, subject = judged.claim, _subject(judged.claim)
    why = "报送表格中无对应数据"
    if judged.unknown:
        missing = value_of(judged.unknown[0].expression)
        word = missing.label if isinstance(missing, Missing) else ""
        why = f"{judged.unknown[0].basis}缺少数据（{word}）"
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


def _other_basis(judged: _Judged) -> Finding:
    claim, subject = judged.claim, _subject(judged.claim)
    assert judged.holding is not None
    others = [r for r, c in judged.bases if not c.holds]
    values = [(r, value) for r in others if isinstance(value := value_of(r.expression), Fraction)]
    quantity = claim.printed.quantity
    assert quantity is not None
    places = max(quantity.places, 4)
    texts = [(r.basis, quantity_text(half_up(v, places), quantity.unit, places)) for r, v in values]
    return Finding(
        "claim-basis",
        Severity.WARNING,
        subject,
        f"{claim.place}所列{subject} {claim.text}只有按{judged.holding[0].basis}才成立；"
        f"{'，'.join(f'按{basis}为 {text}' for basis, text in texts)}。",
        printed=claim.text,
        recomputed=texts[0][1] if texts else "",
        cells=(claim.cell, *cells_of(judged.holding[0].expression, *(r.expression for r in others))),
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
                f"同一数 {mean.text} 既称预算执行率（{same[0].place}），又称各{word_for(evaluation.project.districts)}平均（{mean.place}）："
                "汇总口径与简单平均是两个数，报告未说明是哪一个。",
                printed=mean.text,
                recomputed="汇总口径或简单平均",
                cells=(same[0].cell, mean.cell),
                remedy="请说明是汇总口径还是简单平均，并提供各地的预算和支出",
            )


CHECKS = (
    Check("claim-differs", constrain=_agreements),
    Check(
        "claim-basis",
        "报告数的口径",
        "只按某一分母才成立的报告数指出口径；无数据可核的列为无法核实",
        find=_bases,
        also=("claim-unverifiable",),
    ),
    Check("pooled-or-mean", "汇总口径与简单平均", "同一比率不得既作汇总数又作平均数", find=_pooled_or_mean),
)
