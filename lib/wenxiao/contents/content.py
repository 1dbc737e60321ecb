"""A content of a report, declared once: what it shows, where each part of it may stand, and who may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Flag, auto
from functools import cached_property
from typing import Any

from wenxiao.display.blocks import Block, Group
from wenxiao.display.chart import ChartBlock
from wenxiao.display.districts import district_word
from wenxiao.display.release import for_audience
from wenxiao.display.values import block_of
from wenxiao.evaluation import Audience, DistrictView, Evaluation, Scorecard, district_view
from wenxiao.model import Measure
from wenxiao.project import Project


class Outlet(Flag):
    """Where a part of a content may stand."""

    PAGE = auto()
    PAPER = auto()
    """The text of the report as a Word file, and 报告用表."""
    ANNEX = auto()
    """What follows that text, and 报告用表."""
    SLIDES = auto()
    """The slides and the pictures."""


READ = Outlet.PAGE | Outlet.PAPER
"""Where words and tables stand unless they say otherwise; charts stand on slides too, what is internal on the page alone."""


@dataclass(frozen=True, eq=False)
class Subject:
    """What a report is about: the evaluation of a project, one of its districts, or several evaluations."""

    evaluations: tuple[Evaluation, ...]
    district: str = ""

    @property
    def evaluation(self) -> Evaluation:
        """The evaluation, or the first of several."""
        return self.evaluations[0]

    @property
    def project(self) -> Project:
        """The project that was evaluated."""
        return self.evaluation.project

    @property
    def word(self) -> str:
        """What the project calls its districts."""
        return district_word(self.project)

    @property
    def card(self) -> Scorecard | None:
        """The scorecard of the district, or of the project."""
        evaluation = self.evaluation
        return evaluation.district_cards.get(self.district) if self.district else evaluation.scorecard

    @cached_property
    def view(self) -> DistrictView:
        """The evaluation as the district sees it."""
        return district_view(self.evaluation, self.district)


Parts = Callable[[Subject], Iterable[object]]
"""What yields the parts of a content: values, and `Part`s of them."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words, a table or a chart, where it may stand, and how a table is printed.

    On paper a table has the decimals of a column alike unless its rows differ in kind (`aligned`), leaves out a column in
    which nothing is given unless its absence matters (`lean`), merges its first `merged` columns, and, as a list, numbers
    its lines before what it is a list of (`counted`). `title` is what paper calls it where that is not what the page does.
    No edition for release has an `internal` one.
    """

    value: object
    outlets: Outlet | None = None
    internal: bool = False
    title: str = ""
    aligned: bool = True
    lean: bool = True
    merged: int = 0
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A part that has something to show: its block, as its readers may see it."""

    block: Block
    part: Part


@dataclass(frozen=True, eq=False)
class Content:
    """A content by its name, which outlines, slides and notebooks refer to it by.

    `title` heads it where it stands by itself, `{district}` in it being what the project calls its districts. An `internal`
    one stands in no edition for release. One that is `optional` is there only where a rule asks for it, and nobody misses it
    otherwise. `place` is the content it stands with wherever that stands. `measures` are figures that the results hold for it beside those of the evaluation.
    """

    name: str
    title: str
    parts: Parts
    internal: bool = False
    optional: bool = False
    place: str = ""
    measures: Callable[[Subject], Iterable[Measure]] = field(default=lambda _: ())

    def heading(self, subject: Subject) -> str:
        """Its title in a report on the subject."""
        return self.title.format(district=subject.word)

    def stands(self, audience: Audience) -> bool:
        """Whether its readers may see any of it."""
        return not (self.internal and audience.release)

    def given(self, subject: Subject, outlet: Outlet) -> Iterator[Shown]:
        """What it has to show at an outlet, and the contents that stand with it, whoever reads it; nothing without data."""
        for value in self.parts(subject):
            part = value if isinstance(value, Part) else Part(value)
            block = block_of(part.value)
            if block is None:
                continue
            internal = self.internal or part.internal
            usual = (
                Outlet.PAGE if internal else READ | Outlet.SLIDES if isinstance(block, ChartBlock) else READ
            )
            if outlet & (usual if part.outlets is None else part.outlets):
                yield Shown(
                    Group((block,), internal=True) if internal and not block.internal else block, part
                )
        for other in list(CONTENTS.values()):
            if other.place == self.name:
                yield from other.given(subject, outlet)

    def shown(self, subject: Subject, outlet: Outlet, audience: Audience) -> Iterator[Shown]:
        """What the readers may see of it at an outlet."""
        for each in self.given(subject, outlet):
            if (cut := for_audience(each.block, audience)) is not None:
                yield Shown(cut, each.part)

    def on_page(self, evaluations: Sequence[Evaluation], district: str) -> tuple[str, Iterator[Block]]:
        """Its heading and its blocks on a page, whoever reads it."""
        subject = Subject(tuple(evaluations), district)
        return self.heading(subject), (each.block for each in self.given(subject, Outlet.PAGE))


CONTENTS: dict[str, Content] = {}
"""Every content by its name, in the order of their declaration."""


def content(title: str, *, name: str = "", **declared: Any) -> Callable[[Parts], Content]:
    """Declares the content that a function yields the parts of, by the function's name unless another is given."""

    def declare(parts: Parts) -> Content:
        made = Content(name or getattr(parts, "__name__", ""), title, parts, **declared)
        CONTENTS[made.name] = made
        return made

    return declare
