"""The audit (勾稽核对): every printed figure against the others, each difference as a finding."""

from __future__ import annotations

from dataclasses import replace

from wenxiao.evaluation.audit import (
    claims,
    consistency,
    evidence_list,
    exact_sums,
    followed_indicators,
    form_words,
    goals,
    grades,
    indicators,
    means,
    money,
    numbering,
    of_which,
    opinions,
    plausible,
    problem_list,
    progress,
    quotients,
    reasons,
    repeated,
    review_notes,
    row_sums,
    rules,
    scores,
    signs,
    spending,
    standings,
    sums,
    surveys,
    working_sheets,
    years,
)
from wenxiao.evaluation.audit.check import Check
from wenxiao.evaluation.audit.culprit import findings_of
from wenxiao.evaluation.audit.signs import without_sign
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.model import Finding, by_severity
from wenxiao.model.finding import NotUsed

_CHECKS: tuple[Check, ...] = (
    *sums.CHECKS,
    *of_which.CHECKS,
    *means.CHECKS,
    *quotients.CHECKS,
    *signs.CHECKS,
    *row_sums.CHECKS,
    *years.CHECKS,
    *surveys.CHECKS,
    *scores.CHECKS,
    *grades.CHECKS,
    *exact_sums.CHECKS,
    *standings.CHECKS,
    *reasons.CHECKS,
    *review_notes.CHECKS,
    *indicators.CHECKS,
    *spending.CHECKS,
    *progress.CHECKS,
    *goals.CHECKS,
    *followed_indicators.CHECKS,
    *form_words.CHECKS,
    *working_sheets.CHECKS,
    *problem_list.CHECKS,
    *numbering.CHECKS,
    *evidence_list.CHECKS,
    *opinions.CHECKS,
    *claims.CHECKS,
    *money.CHECKS,
    *repeated.CHECKS,
    *consistency.CHECKS,
    *plausible.CHECKS,
    *rules.CHECKS,
)
"""Every check, in the order of the documentation."""


def checks() -> tuple[Check, ...]:
    """Every check whose relation is declared, in the order of the documentation."""
    return tuple(found for check in _CHECKS if (found := check.declared) is not None)


def audit(evaluation: Evaluation) -> tuple[Finding, ...]:
    """All differences within an evaluation, gravest first; what is said twice of one cell stands once with all its cells."""
    every = checks()
    constraints = [c for check in every if check.constrain for c in check.constrain(evaluation)]
    found, constraints = without_sign(constraints)
    found += findings_of(constraints, scores.limits(evaluation), _unread(evaluation))
    found += [finding for check in every if check.over for finding in check.over(constraints)]
    found += [finding for check in every if check.find for finding in check.find(evaluation)]
    merged: dict[tuple[object, ...], Finding] = {}
    for finding in found:
        key = (finding.subject, finding.printed, finding.recomputed, finding.cells[:1])
        known = merged.get(key)
        merged[key] = finding if known is None else _joined(known, finding)
    return by_severity(tuple(merged.values()))


_BESIDE = (NotUsed.NO_TABLE, NotUsed.KIND_UNKNOWN, NotUsed.OUTSIDE_TOTAL)


def _unread(evaluation: Evaluation) -> dict[tuple[str, str], str]:
    """The ranges of figures, by sheet, that no table or block of a form holds."""
    found = {
        (each.first.file, each.first.sheet): each.address
        for each in evaluation.project.unused
        if each.reason in _BESIDE
    }
    for form in {table.form for table in evaluation.project.tables if table.form is not None}:
        found |= {
            (each.first.file, each.first.sheet): str(each).partition("］")[2]
            for each in form.unread
            if each.figures
        }
    return found


def _joined(a: Finding, b: Finding) -> Finding:
    first, second = (a, b) if a.severity <= b.severity else (b, a)
    return replace(first, cells=tuple(dict.fromkeys((*first.cells, *second.cells))))


__all__ = ["Check", "audit", "checks"]
