"""The second round: corrected forms held against the first ones, what was settled told from what is open and what is new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wenxiao.model import Finding, Severity
from wenxiao.season.form import FilledForm
from wenxiao.season.season import Season

SETTLED, OPEN, NEW = "已改正", "仍未改正", "新出现"
STATES = (SETTLED, OPEN, NEW)


@dataclass(frozen=True, eq=False)
class FormRound:
    """One project in both rounds; `now` is None where its form did not come back, `before` where it is new."""

    before: FilledForm | None
    now: FilledForm | None
    findings: tuple[tuple[str, Finding], ...]

    @property
    def form(self) -> FilledForm:
        """The form that counts: the corrected one, else the first."""
        return self.now or self.before  # type: ignore[return-value]  # one of the two is there

    def count(self, state: str) -> int:
        """How many findings are in a state."""
        return sum(each == state for each, _ in self.findings)


@dataclass(frozen=True, eq=False)
class Rounds:
    """A season held against its earlier round: every project of either, those of the season first."""

    earlier: str
    each: tuple[FormRound, ...]

    @property
    def returned(self) -> int:
        """How many projects of the first round came back."""
        return sum(r.before is not None and r.now is not None for r in self.each)

    @property
    def not_returned(self) -> tuple[FilledForm, ...]:
        """The first forms with something to correct whose correction did not come back."""
        return tuple(r.before for r in self.each if r.now is None and r.before and to_correct(r.before))

    def of(self, form: FilledForm) -> FormRound | None:
        """What became of one form."""
        return next((r for r in self.each if r.now is form or r.before is form), None)


def to_correct(form: FilledForm) -> tuple[Finding, ...]:
    """The findings of a form that a unit has to correct or explain: 错误 and 警示 that are open."""
    return tuple(f for f in form.open_findings if f.severity < Severity.HINT)


def rounds_of(season: Season, earlier: Season) -> Rounds:
    """The projects of both rounds by unit and name, else by a name that stands once in each."""
    waiting = list(earlier.forms)
    made: list[FormRound] = []
    for form in season.forms:
        before = _before(form, waiting, season)
        if before is not None:
            waiting.remove(before)
        made.append(FormRound(before, form, tuple(_compared(before, form))))
    made += [FormRound(form, None, tuple((OPEN, f) for f in to_correct(form))) for form in waiting]
    return Rounds(earlier.name, tuple(made))


def _before(form: FilledForm, waiting: Sequence[FilledForm], season: Season) -> FilledForm | None:
    same = [each for each in waiting if each.key == form.key]
    if not same:
        alike = [each for each in waiting if each.key[1] == form.key[1]]
        same = alike if len(alike) == 1 and len(list(season.named(form.title))) == 1 else []
    return same[0] if same else None


def _compared(before: FilledForm | None, now: FilledForm) -> Iterator[tuple[str, Finding]]:
    """Every finding of either form with its state. One is the same if its code is and it concerns a subject of the other."""
    first = list(to_correct(before)) if before is not None else []
    for finding in to_correct(now):
        same = [f for f in first if f.code == finding.code and _subjects(f) & _subjects(finding)]
        for each in same:
            first.remove(each)
        yield (OPEN if same else NEW) if before is not None else OPEN, finding
    for finding in first:
        yield SETTLED, finding


def _subjects(finding: Finding) -> set[str]:
    return set(finding.subject.split("、"))
