"""Deductions (扣分) and the problems they come from, tied both ways: indicator by indicator, district by district."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from functools import cached_property

from wenxiao.evaluation.evidence import Evidence
from wenxiao.evaluation.problems import ListedProblem
from wenxiao.evaluation.scorecard import Indicator, Scorecard
from wenxiao.evaluation.scoring import ScoreBasis, ScoreRow, basis_of, is_working_sheet, score_rows
from wenxiao.evaluation.scoring.application import plain
from wenxiao.model import Constant, Expression, Given, Measure, difference, total
from wenxiao.model.units import POINTS


class Support(Enum):
    """Whether the evidence of a score is there, and where it is not, what its evaluator decided."""

    THERE = "有证据"
    UNDECIDED = "待评价人决定"
    DEDUCT = "扣分"
    KEEP = "不扣分"
    AWAIT = "补证"


@dataclass(frozen=True, eq=False)
class Deduction:
    """One indicator's deduction in one scorecard: 分值 − 得分, and the problems listed under it with their sum.

    `district` is '' for the scorecard of the whole project. Problems that name a parent of indicators are held against the
    deduction of the parent: then this is that parent, and its children have none of their own. `listed` is None where no
    problem under it states its 扣分. `score` is 得分: exact in a 评分底稿, where it was decided; a published one may be rounded.
    """

    district: str
    indicator: Indicator
    score: Given
    lost: Measure
    problems: tuple[ListedProblem, ...]
    listed: Measure | None

    @property
    def name(self) -> str:
        """What to call it in a sentence."""
        return f"{self.district}{self.indicator.name}"


@dataclass(frozen=True, eq=False)
class ScoreLine:
    """One line of a 评分底稿: the indicator's row, how its score came about, and how it stands with its evidence.

    `support` is None where the sheet asks for no evidence, or there is no score yet. Missing evidence changes no score:
    what people gave stands, and whether to deduct is theirs to decide.
    """

    district: str
    row: ScoreRow
    basis: ScoreBasis
    lost: Measure
    support: Support | None
    lacking: tuple[str, ...]

    @property
    def name(self) -> str:
        """What to call it in a sentence."""
        return f"{self.district}{self.row.name}"


@dataclass(frozen=True, eq=False)
class Deductions:
    """The deductions of all scorecards that a 问题清单 can be held against; empty where no list states 扣分.

    `loose` are the problems that name an indicator which the scorecard they belong to does not have; `apart` those of a
    district whose scorecard is not there.
    """

    each: tuple[Deduction, ...] = ()
    loose: tuple[ListedProblem, ...] = ()
    apart: tuple[ListedProblem, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.each)

    @cached_property
    def _by_problem(self) -> Mapping[ListedProblem, Deduction]:
        return {problem: each for each in self.each for problem in each.problems}

    def of(self, problem: ListedProblem) -> Deduction | None:
        """The deduction that a problem is under, or None where it is tied to none."""
        return self._by_problem.get(problem)

    def on(self, district: str, path: Sequence[str]) -> Deduction | None:
        """The deduction of an indicator in a district's scorecard ('' for the project's), by its path or its parent's."""
        wanted = tuple(path)
        return next(
            (
                e
                for e in self.each
                if e.district == district and wanted[: len(e.indicator.path)] == e.indicator.path
            ),
            None,
        )


def deductions_of(
    card: Scorecard | None,
    cards: Mapping[str, Scorecard],
    districts: Sequence[str],
    problems: Sequence[ListedProblem],
) -> Deductions:
    """The deductions of the project's scorecard and of its districts', with the problems of lists that state 扣分."""
    counted = [problem for problem in problems if problem.table.has("deduction")]
    scopes = {**({"": card} if card else {}), **cards}
    if not counted or not scopes:
        return Deductions()
    placed: dict[str, list[tuple[ListedProblem, Indicator]]] = {name: [] for name in scopes}
    loose: list[ListedProblem] = []
    apart: list[ListedProblem] = []
    for problem in counted:
        scope = _scope(problem, scopes, districts)
        if scope is None:
            apart.append(problem)
            continue
        indicator = indicator_of(problem, scopes[scope])
        if indicator is not None:
            placed[scope].append((problem, indicator))
        else:
            loose.append(problem)
    # A city's own scorecard sums up its counties: where only theirs are listed against, it is not asked for problems.
    held = [name for name in scopes if placed[name] or _asked(name, placed, scopes)]
    return Deductions(
        tuple(each for name in held for each in _tied(name, scopes[name], placed[name])),
        tuple(loose),
        tuple(apart),
    )


def _asked(name: str, placed: Mapping[str, object], scopes: Mapping[str, Scorecard]) -> bool:
    """Whether a scorecard without any listed problem should have some: a district's among others that have, or the only one."""
    if len(scopes) == 1:
        return True
    return bool(name) and any(placed[other] for other in scopes if other)


def _scope(problem: ListedProblem, scopes: Mapping[str, Scorecard], districts: Sequence[str]) -> str | None:
    """Whose scorecard a problem is about: its district's, the project's where it names none or there is only one; else None."""
    if problem.district in scopes:
        return problem.district
    if not problem.district or len(districts) <= 1:
        return "" if "" in scopes else None
    return None


def indicator_of(problem: ListedProblem, card: Scorecard) -> Indicator | None:
    """The indicator of a scorecard that a problem names: the lowest it names, under those above it where it names them.

    A scorecard that stops above the level named is held against the lowest level it has.
    """
    named = [(level, name) for level, name in enumerate(problem.indicators, start=1) if name]
    within = [(level, name) for level, name in named if level <= card.depth] or named
    if not within:
        return None
    name = within[-1][1]
    above = {plain(each) for _, each in within[:-1]}
    found = [each for each in card.walk() if plain(each.name) == plain(name)]
    fitting = [each for each in found if above <= {plain(part) for part in each.path[:-1]}]
    candidates = fitting or found
    # The same name at two levels (产出 above 产出 alone): the lowest is meant.
    lowest = [each for each in candidates if each.level == max(c.level for c in candidates)]
    return lowest[0] if len(lowest) == 1 else None


def _tied(
    district: str, card: Scorecard, placed: Iterable[tuple[ListedProblem, Indicator]]
) -> Iterator[Deduction]:
    """The deductions of a scorecard's lowest indicators, those below a parent that problems name as one."""
    pairs = list(placed)
    whole = {indicator.path for _, indicator in pairs if indicator.children}
    decided = is_working_sheet(card.tables[0])

    def walk(indicator: Indicator) -> Iterator[Deduction]:
        if indicator.children and indicator.path not in whole:
            for child in indicator.children:
                yield from walk(child)
            return
        depth = len(indicator.path)
        own = tuple(problem for problem, under in pairs if under.path[:depth] == indicator.path)
        yield Deduction(
            district=district,
            indicator=indicator,
            score=indicator.score.exact if decided else indicator.score,
            lost=_lost(district, indicator),
            problems=own,
            listed=_listed(district, indicator, own),
        )

    for indicator in card.indicators:
        yield from walk(indicator)


def _lost(district: str, indicator: Indicator) -> Measure:
    """分值 − 得分, under a key of the district's own: many scorecards have the same indicators."""
    if not district:
        return indicator.lost
    return replace(
        indicator.lost,
        key=f"lost/{district}/{'/'.join(indicator.path)}",
        label=f"{indicator.name}失分",
        subject=district,
    )


def _listed(district: str, indicator: Indicator, problems: Sequence[ListedProblem]) -> Measure | None:
    stated = [_points(problem) for problem in problems if problem.deduction.quantity is not None]
    if not stated:
        return None
    where = f"{district}/" if district else ""
    return Measure(
        f"listed_deduction/{where}{'/'.join(indicator.path)}",
        f"{indicator.name}问题扣分合计" if district else "问题扣分合计",
        total(stated),
        POINTS,
        subject=district or indicator.name,
        basis="各问题扣分之和",
    )


def _points(problem: ListedProblem) -> Expression:
    """The points a problem costs; a list may print them with a minus."""
    quantity = problem.deduction.quantity
    if quantity is not None and quantity.value < 0:
        return difference(Constant(Fraction(0)), problem.deduction)
    return problem.deduction


def score_lines(
    card: Scorecard | None, cards: Mapping[str, Scorecard], evidence: Sequence[Evidence]
) -> tuple[ScoreLine, ...]:
    """The lines of the 评分底稿 of a project and of its districts; empty where no scorecard is one."""
    known = {item.number: item for item in evidence}
    scopes = {**({"": card} if card else {}), **cards}
    return tuple(
        _line(name, row, leaf, known)
        for name, scorecard in scopes.items()
        for leaves in [{leaf.path: leaf for leaf in scorecard.leaves}]
        for table in scorecard.tables
        if is_working_sheet(table) or table.has("evidence_number")
        for row in score_rows(table)
        if (leaf := leaves.get(row.path)) is not None
    )


def _line(district: str, row: ScoreRow, leaf: Indicator, known: Mapping[str, Evidence]) -> ScoreLine:
    basis = basis_of(row)
    lacking = tuple(n for n in basis.evidence if known and (n not in known or not known[n].provided))
    return ScoreLine(district, row, basis, _lost(district, leaf), _support(row, basis, lacking), lacking)


def _support(row: ScoreRow, basis: ScoreBasis, lacking: tuple[str, ...]) -> Support | None:
    if not basis.asks_evidence or row.filled.quantity is None:
        return None
    if basis.evidence and len(lacking) < len(basis.evidence):
        return Support.THERE
    decision = basis.decision
    if decision is None or decision.what is None:
        return Support.UNDECIDED
    return Support[decision.what.name]
