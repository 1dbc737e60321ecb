"""What a reviewer wrote against what was taken: shares and points stated, rules named, empty scores, deviations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.audit.constraint import Constraint
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.review.lines import ReviewLine, is_reviewed, review_lines
from wenxiao.evaluation.review.notes import Note
from wenxiao.evaluation.scoring.rows import is_review
from wenxiao.model import CellRef, Finding, Given, Missing, Severity, decimal_text, difference, half_up
from wenxiao.project.review_rule import ReviewRule


@dataclass(frozen=True, eq=False)
class _Taken:
    """A line with 分值 and 复核得分: what is left of which points, and what its 备注 says of it."""

    line: ReviewLine
    note: Note
    full: Fraction
    own: Fraction
    left: Fraction
    places: int

    @cached_property
    def points(self) -> str:
        """What was taken off the unit's own score."""
        return _points(self.own - self.left)

    def leaves(self, share: Fraction) -> tuple[Fraction, ...]:
        """What a share may leave: it is taken of the 分值, or of what the unit had given itself."""
        return (self.full * (1 - share), self.own - share * self.full, self.own * (1 - share))

    def is_left(self, expected: Iterable[Fraction]) -> bool:
        """Whether the score is one of these, rounded as it is written."""
        return any(half_up(max(each, Fraction(0)), self.places) == self.left for each in expected)


def _taken(evaluation: Evaluation) -> Iterator[_Taken]:
    for line in review_lines(evaluation) if is_reviewed(evaluation) else ():
        weight, reviewed, own = (g.quantity for g in (line.row.weight, line.reviewed, line.self_score))
        if weight is not None and reviewed is not None and line.note:
            yield _Taken(
                line,
                Note.of(line.note, evaluation.profile.review),
                Fraction(weight.value),
                Fraction((own or weight).value),
                Fraction(reviewed.value),
                reviewed.places,
            )


def _notes(evaluation: Evaluation) -> Iterator[Finding]:
    """Shares and points of a 备注 that are not those taken off, and rules it names that ask for another deduction."""
    rules = evaluation.profile.review
    for each in _taken(evaluation):
        shares, points = each.note.shares, each.note.points
        if shares and not each.is_left(
            e for s in {*shares, sum(shares, Fraction(0))} for e in each.leaves(s)
        ):
            said = "、".join(f"{decimal_text(100 * share)}%" for share in shares)
            right = "、".join(dict.fromkeys(_points(each.full * share) for share in shares))
            yield _differs(each, said, f"分值 {_points(each.full)}的 {said} 是 {right}")
        elif points and not each.is_left(
            base - p for p in {*points, sum(points, Fraction(0))} for base in (each.full, each.own)
        ):
            yield _differs(each, "、".join(map(_points, points)), "写明的分数不是所扣的分数")
        elif named := [rule for rule in each.note.named(rules, each.line.row.key) if rule.takes is not None]:
            yield from _by_rule(each, named)


def _differs(each: _Taken, said: str, why: str) -> Finding:
    return Finding(
        "review-note-differs",
        Severity.WARNING,
        f"{each.line.name}复核扣分",
        f"{each.line.name}的备注写明扣 {said}，复核得分 {each.line.reviewed.text}，比自评少 {each.points}：{why}。",
        printed=said,
        recomputed=each.points,
        cells=_cells(each.line),
        remedy="改正备注所写的扣分，或改正复核得分",
    )


def _by_rule(each: _Taken, named: list[ReviewRule]) -> Iterator[Finding]:
    rule = max(named, key=lambda one: one.takes or 0)
    share, line = Fraction(rule.takes or 0), each.line
    leaves = each.leaves(share)
    if share and (each.is_left(leaves) or (len(named) > 1 and each.left < max(leaves))):
        return
    if not share and each.left >= min(each.own, each.full):
        return
    asked = f"应扣分值的 {decimal_text(100 * share)}%" if share else "不扣分，只注明"
    yield Finding(
        "review-rule-differs",
        Severity.WARNING if share else Severity.HINT,
        f"{line.name}复核扣分",
        f"{line.name}的备注是“{line.note}”，按口径“{rule.title}”{asked}，复核得分却是 {line.reviewed.text}"
        f"（分值 {line.row.weight.text}，自评 {line.self_score.text}）。",
        printed=line.reviewed.text,
        recomputed=_points(max(leaves[0], Fraction(0))) if share else line.self_score.text,
        cells=_cells(line),
        remedy="按口径改正复核得分，或在备注中写明不照口径的理由",
    )


def _unreviewed(evaluation: Evaluation) -> Iterator[Finding]:
    """Scores that a review left empty; of words in their place reading says so."""
    for line in review_lines(evaluation) if is_reviewed(evaluation) else ():
        asked = line.row.weight.quantity or line.self_score.quantity
        if line.reviewed.content is not Missing.NOT_PROVIDED or not asked:
            continue
        yield Finding(
            "review-score-missing",
            Severity.WARNING,
            f"{line.name}复核得分",
            f"{line.name}的复核得分没有填写，总分暂不计分。",
            printed="未填",
            recomputed="0 至分值之间的数",
            cells=cells_of(line.reviewed, line.self_score),
            remedy="补填复核得分，没有改动的照填自评得分；文字写在备注",
        )


def _deviations(evaluation: Evaluation) -> Iterator[Constraint]:
    """Deviations as printed against 复核得分 − 自评得分; a sheet may print all of them the other way round."""
    lines = [each for each in review_lines(evaluation) if is_review(each.row.table)]
    printed = [(each, each.row.table.given(each.row.record, "deviation")) for each in lines]
    straight, turned = (_stated(printed, turned=each) for each in (False, True))
    yield from max((straight, turned), key=lambda found: sum(each.holds for each in found))


def _stated(printed: list[tuple[ReviewLine, Given]], *, turned: bool) -> list[Constraint]:
    return [
        Constraint(
            "deviation-differs",
            f"{line.name}偏差",
            given,
            difference(*((line.self_score, line.reviewed) if turned else (line.reviewed, line.self_score))),
            f"{line.name}偏差列为 {{printed}}，按复核得分 {line.reviewed.text}、自评得分 {line.self_score.text}"
            "应为 {recomputed}。",
            "按复核得分－自评得分改正偏差，或改正其中有误的得分",
        )
        for line, given in printed
        if given.quantity
    ]


def _cells(line: ReviewLine) -> tuple[CellRef, ...]:
    note = (line.note_cell,) if line.note_cell else ()
    return (*note, *cells_of(line.reviewed, line.self_score, line.row.weight))


def _points(value: Fraction) -> str:
    return f"{decimal_text(value)} 分"


CHECKS = (
    Check(
        "review-note-differs",
        "复核备注与扣分",
        "复核表备注写明的扣分比例、分数就是所扣的；备注所说的情形按评价规则 review 的口径扣分",
        find=_notes,
        also=("review-rule-differs",),
    ),
    Check(
        "review-score-missing", "复核得分", "已经复核的表，每项指标都有复核得分，填的是数", find=_unreviewed
    ),
    Check("deviation-differs", "复核偏差", "偏差等于复核得分减自评得分", constrain=_deviations),
)
