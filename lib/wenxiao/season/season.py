"""The season as a whole: its forms, what counts in its sums, its findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from wenxiao.fields.wording import tidy
from wenxiao.model import Finding, Severity, by_severity
from wenxiao.project.member_name import member_name
from wenxiao.season.coverage import Coverage, ListedProject, alike, coverage_of
from wenxiao.season.form import FilledForm, unit_key
from wenxiao.season.patterns import copied_words, patterns_of

_OF_ONE_UNIT = ("season-twice", "season-budget-differs", "season-score-differs", "season-year-differs")
"""Findings across forms whose words name no other unit."""
_LONGEST = 150
"""Bytes of the name of a run, with room for a number behind it."""


@dataclass(frozen=True, eq=False)
class Season:
    """The self-evaluations of one season.

    `forms` are in the order of files and sheets, `listed` the lines of lists of projects among the files, `unread` what is to
    be said of files that give nothing, `files` all files that were looked at.
    """

    name: str
    forms: tuple[FilledForm, ...]
    listed: tuple[ListedProject, ...] = ()
    unread: tuple[Finding, ...] = ()
    files: tuple[str, ...] = ()

    @cached_property
    def coverage(self) -> Coverage:
        """The forms against the list of projects."""
        return coverage_of(self.forms, self.listed)

    @cached_property
    def counted(self) -> tuple[FilledForm, ...]:
        """The forms of projects that sums count: one of each; none of a project whose forms contradict each other."""
        left_out = {
            id(form) for forms in self.coverage.repeated for form in (forms[1:] if alike(forms) else forms)
        }
        return tuple(form for form in self.forms if id(form) not in left_out and not form.whole)

    @cached_property
    def wholes(self) -> tuple[FilledForm, ...]:
        """The forms of whole units (部门整体): what they spend is spent by their projects, and is not added to these."""
        return tuple(form for form in self.forms if form.whole)

    @cached_property
    def disputed(self) -> tuple[str, ...]:
        """The projects that no sum counts, because their forms contradict each other."""
        return tuple(forms[0].title for forms in self.coverage.repeated if not alike(forms))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What shows across forms only, gravest first: coverage, patterns, files that were not read."""
        return by_severity((*self.unread, *self.coverage.findings, *patterns_of(self.forms)))

    @cached_property
    def copied(self) -> Mapping[str, tuple[str, ...]]:
        """The words of forms, by their paths, that stand in a form of another project too."""
        return copied_words(self.forms)

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The units by their names as first written, in the order of the forms, then of the list."""
        names: dict[str, str] = {}
        for unit in (*(form.unit for form in self.forms), *(line.unit for line in self.coverage.lines)):
            names.setdefault(unit_key(unit), unit)
        return tuple(names.values())

    @cached_property
    def runs(self) -> Mapping[str, str]:
        """The name of the run that reports on each form, by the form's path: the season and the project, told apart by unit."""
        titles = Counter(tidy(form.title).casefold() for form in self.forms)
        names: dict[str, str] = {}
        taken: set[str] = set()
        for form in self.forms:
            own = form.title if titles[tidy(form.title).casefold()] == 1 else f"{form.title}（{form.unit}）"
            name = f"{self.name}--{own}".replace("/", "／").encode()[:_LONGEST].decode(errors="ignore")
            names[form.path] = made = member_name(name, taken)
            taken.add(made.lower())
        return names

    @cached_property
    def to_notify(self) -> tuple[str, ...]:
        """The units that have something to correct, to check or to hand in, in their order."""
        missing = {unit_key(line.unit) for line in self.coverage.missing}
        found = missing | {unit_key(form.unit) for form in self.forms if form.open_findings}
        return tuple(
            unit for unit in self.units if unit and (unit_key(unit) in found or self.beside_others(unit))
        )

    def beside_others(self, unit: str) -> tuple[Finding, ...]:
        """The findings across forms that concern one unit alone: its forms against the list, against each other, the year."""
        own = {(form.place.file, form.place.sheet) for form in self.of_unit(unit)}
        others = {(form.place.file, form.place.sheet) for form in self.forms} - own
        return tuple(
            finding
            for finding in self.findings
            if finding.code in _OF_ONE_UNIT
            and (places := {(cell.file, cell.sheet) for cell in finding.cells}) & own
            and not places & others
        )

    def of_unit(self, unit: str) -> tuple[FilledForm, ...]:
        """The forms of one unit, however its name is written."""
        return tuple(form for form in self.forms if unit_key(form.unit) == unit_key(unit))

    def count(self, severity: Severity) -> int:
        """How many open findings of one severity the forms have."""
        return sum(form.count(severity) for form in self.forms)

    def named(self, title: str) -> Iterator[FilledForm]:
        """The forms of a project of that name."""
        return (form for form in self.forms if tidy(form.title) == tidy(title))
