"""What the rules of a review propose to take off, from what the audit found in a form; the reviewer decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from wenxiao.evaluation.assemble import evaluate
from wenxiao.evaluation.audit import checks
from wenxiao.evaluation.audit.judged_indicators import Judged
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.scored import scored_rows
from wenxiao.evaluation.scoring import ScoreRow
from wenxiao.model import CellRef, Constant, Finding, Measure, Problem, ProfileError, least, product
from wenxiao.model.errors import nearest
from wenxiao.model.units import POINTS
from wenxiao.project.review_rule import ReviewRule


@dataclass(frozen=True, eq=False)
class Proposal:
    """What one rule proposes for one indicator: the share of its 分值, the score that is left, why, and the cells.

    The score is never above the unit's own; it is missing where 分值 or 自评得分 is, or where the rule only wants a note.
    """

    row: ScoreRow
    code: str
    rule: ReviewRule
    share: Decimal
    score: Measure
    why: str
    cells: tuple[CellRef, ...]


def proposals(evaluation: Evaluation, rules: Mapping[str, ReviewRule]) -> tuple[Proposal, ...]:
    """What the rules propose for the indicators of a form as it was handed in, in its order; nothing is taken off by it.

    Raises ProfileError where a rule names a finding that the audit does not have.
    """
    _known(rules)
    form = as_handed_in(evaluation) or evaluation
    rows = tuple(scored_rows(form.scorecard))
    found = [
        _proposal(row, code, rule, finding)
        for code, rule in rules.items()
        if rule.takes is not None
        for finding in form.open_findings
        if finding.code in rule.findings and _weighs(finding, rule)
        for row in _meant(rows, rule, finding)
    ]
    order = {id(row): number for number, row in enumerate(rows)}
    once = {(id(each.row), each.code): each for each in reversed(found)}
    return tuple(sorted(once.values(), key=lambda each: order[id(each.row)]))


def as_handed_in(evaluation: Evaluation) -> Evaluation | None:
    """The evaluation of a project's self-evaluation alone, without what its review made of it; None where it has none."""
    project = evaluation.project
    own = tuple(t for t in project.tables if t.form is not None and t.form.purpose == "self_evaluation")
    if not any(table.kind == "scorecard" for table in own):
        return None
    rest = tuple(t for t in project.tables if t.form is None or t.form.purpose != "review")
    if rest == project.tables:
        return evaluation
    cells = {table.form for table in own}
    findings = tuple(
        f for f in project.findings if all(any(form and form.holds(c) for form in cells) for c in f.cells)
    )
    return evaluate(replace(project, tables=rest, findings=findings), evaluation.profile)


def _known(rules: Mapping[str, ReviewRule]) -> None:
    known = {code for check in checks() for code in check.codes}
    wrong = [(name, code) for name, rule in rules.items() for code in rule.findings if code not in known]
    if wrong:
        raise ProfileError(
            Problem(
                "复核口径所指的核对不存在",
                column=f"review.{name}.findings",
                value=code,
                remedy=f"是否为“{like}”" if (like := nearest(code, known)) else "改用核对清单中的代码",
            )
            for name, code in wrong
        )


def _weighs(finding: Finding, rule: ReviewRule) -> bool:
    words = ("错误", "警示", "提示")
    return words.index(finding.severity.label) <= words.index(rule.least)


def _meant(rows: tuple[ScoreRow, ...], rule: ReviewRule, finding: Finding) -> Iterator[ScoreRow]:
    """The indicators whose cells a finding names, as far as the rule is about them."""
    named = [row for row in rows if not row.beside and set(Judged(row).cells) & set(finding.cells)]
    for number, row in enumerate(named):
        again = number and row.path[0] != named[0].path[0]
        if (again or not rule.later) and any(rule.under in name for name in row.path):
            yield row


def _proposal(row: ScoreRow, code: str, rule: ReviewRule, finding: Finding) -> Proposal:
    share = rule.takes or Decimal(0)
    left = product(row.weight, Constant(1 - Fraction(share), f"（1－{share:%}）"))
    what = f"按口径扣分值的 {share:.0%}" if share else "按口径不扣分，须注明"
    return Proposal(
        row,
        code,
        rule,
        share,
        Measure(
            f"proposed_score/{row.key}/{code}",
            "测算参考",
            least((row.filled, left)),
            POINTS,
            subject=row.name,
            basis=f"自评得分与分值×（1－{share:.0%}）中较小者",
        ),
        f"{rule.title}，{what}：{finding.message}",
        finding.cells,
    )
