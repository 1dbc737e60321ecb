"""An outline filled with what a delivery gives: sections of blocks and printed tables, the annex, charts, what was left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from wenxiao.charts import Chart
from wenxiao.contents import CONTENTS, Outlet, Shown
from wenxiao.display import district_word
from wenxiao.display.blocks import Block, Group
from wenxiao.display.chart import ChartBlock
from wenxiao.display.tables import ReportTable
from wenxiao.model import Measure
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.outline import outline_of, outlines
from wenxiao.reports.hand_over.printed import PrintedTable, printed

Written = Block | PrintedTable
"""What stands in a section: a block of the page, of tables the printed form."""


@dataclass(frozen=True)
class Section:
    """A section or part: its heading, what stands under it, the figures it shows, its parts."""

    title: str
    written: tuple[Written, ...]
    measures: tuple[Measure, ...]
    parts: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Filled:
    """The sections of a report, its annexed tables, the opinions on its draft, the headings for which nothing is given."""

    sections: tuple[Section, ...]
    annex: tuple[PrintedTable, ...]
    opinions: tuple[PrintedTable, ...]
    left_out: tuple[str, ...]

    @property
    def tables(self) -> tuple[PrintedTable, ...]:
        """The numbered tables, those of the text before those of the annex."""
        return (
            *(each for each in self._written if isinstance(each, PrintedTable) and each.number),
            *self.annex,
        )

    @property
    def measures(self) -> Iterator[Measure]:
        """The figures of the text, in reading order."""
        for section in self.sections:
            for part in (section, *section.parts):
                yield from part.measures

    @property
    def _written(self) -> Iterator[Written]:
        for section in self.sections:
            for part in (section, *section.parts):
                yield from part.written


def filled(delivery: Delivery) -> Filled:
    """The outline of the delivery's kind as it fills it.

    A section with one part and no words of its own has no （一） without a （二）.
    """
    filling = _Filling(delivery)
    outline = outline_of(delivery.kind, delivery.district)
    sections: list[Section] = []
    for section in outline.sections:
        whole = filling.section(section.title, section.contents)
        parts = [filling.section(part.title, part.contents) for part in section.parts]
        kept = tuple(part for part in parts if part.written)
        if not (whole.written or kept):
            filling.left.append(whole.title)
            continue
        filling.left += [part.title for part in parts if not part.written]
        if len(kept) == 1 and not whole.written:
            sections.append(Section(whole.title, kept[0].written, kept[0].measures))
        else:
            sections.append(Section(whole.title, whole.written, whole.measures, kept))
    return Filled(tuple(sections), filling.annex(), filling.opinions(), tuple(filling.left))


def drawn(delivery: Delivery) -> tuple[tuple[Chart, ...], tuple[ReportTable, ...]]:
    """The charts of slides and pictures, each once: those of the report in its order, then those it has no room for.

    With them the tables that stand on slides.
    """
    names = [*outline_of(delivery.kind, delivery.district).contents, *outlines().beside]
    shown = [each for name in names for each in _shown(name, delivery, Outlet.SLIDES)]
    shown.sort(key=lambda each: each.part.outlets is not None and Outlet.PAPER not in each.part.outlets)
    charts: dict[str, Chart] = {}
    for each in shown:
        if isinstance(each.block, ChartBlock):
            charts.setdefault(each.block.chart.key, each.block.chart)
    return tuple(charts.values()), tuple(e.block for e in shown if isinstance(e.block, ReportTable))


def spoken(delivery: Delivery) -> tuple[Block, ...]:
    """What a director speaks to, the key points first: of each of these contents what stands on slides first."""
    named = {"summary", *outline_of(delivery.kind, delivery.district).contents}
    shown = (_shown(name, delivery, Outlet.SLIDES) for name in outlines().spoken if name in named)
    firsts = (next(each, None) for each in shown)
    return tuple(first.block for first in firsts if first is not None)


@dataclass
class _Filling:
    """Fills an outline, numbering the tables of the text as they come."""

    delivery: Delivery
    left: list[str] = field(default_factory=list)
    tables: int = 0

    def section(self, title: str, names: tuple[str, ...]) -> Section:
        """A section or part with its contents."""
        shown = [each for name in names for each in _shown(name, self.delivery, Outlet.PAPER)]
        figures = (figure for each in shown for figure in each.block.figures())
        return Section(
            title.format(district=district_word(self.delivery.project)),
            tuple(self._written(each) for each in shown),
            tuple(figure for figure in figures if isinstance(figure, Measure)),
        )

    def annex(self) -> tuple[PrintedTable, ...]:
        """The annexed tables, counted from one."""
        shown = (each for name in outlines().annex for each in _shown(name, self.delivery, Outlet.ANNEX))
        tables = ((each.block, each.part) for each in shown if isinstance(each.block, ReportTable))
        return tuple(printed(table, part, annex=True, number=n) for n, (table, part) in enumerate(tables, 1))

    def opinions(self) -> tuple[PrintedTable, ...]:
        """The opinions on the draft, in editions for the house."""
        shown = CONTENTS["opinions"].shown(self.delivery.subject, Outlet.ANNEX, self.delivery.audience)
        return tuple(
            printed(each.block, each.part, annex=True)
            for each in shown
            if isinstance(each.block, ReportTable)
        )

    def _written(self, shown: Shown) -> Written:
        """The block, of a table its printed form; one without a title is none to be referred to."""
        if not isinstance(shown.block, ReportTable):
            return shown.block
        self.tables += bool(shown.block.title)
        return printed(shown.block, shown.part, number=self.tables if shown.block.title else 0)


def _shown(name: str, delivery: Delivery, outlet: Outlet) -> Iterator[Shown]:
    """What a content shows, groups block by block."""
    for each in CONTENTS[name].shown(delivery.subject, outlet, delivery.audience):
        yield from (Shown(block, each.part) for block in _flat(each.block))


def _flat(block: Block) -> Iterator[Block]:
    if isinstance(block, Group):
        for each in block.blocks:
            yield from _flat(each)
    else:
        yield block
