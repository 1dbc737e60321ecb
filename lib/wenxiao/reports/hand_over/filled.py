"""An outline filled with what a delivery gives: the sections that have something to show, and what was left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wenxiao.display import district_word
from wenxiao.display.blocks import Block
from wenxiao.model import Measure
from wenxiao.reports.hand_over.contents import blocks_of
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.outline import Content, Outline, outline_of


@dataclass(frozen=True)
class Section:
    """A section or part: its heading, what stands under it, its parts."""

    title: str
    blocks: tuple[Block, ...]
    parts: tuple[Section, ...] = ()

    @property
    def measures(self) -> Iterator[Measure]:
        """Its figures, in reading order."""
        for block in self.blocks:
            yield from (figure for figure in block.figures() if isinstance(figure, Measure))
        for part in self.parts:
            yield from part.measures


@dataclass(frozen=True)
class Filled:
    """The sections of a report, and the headings of its outline for which nothing is given."""

    sections: tuple[Section, ...]
    left_out: tuple[str, ...]


def filled(delivery: Delivery, outline: Outline) -> Filled:
    """The outline as the delivery fills it. A section with one part and no words of its own has no （一） without a （二）."""
    sections: list[Section] = []
    left: list[str] = []
    for section in outline.sections:
        title = _title(section.title, delivery)
        parts = [
            Section(_title(part.title, delivery), _blocks(part.contents, delivery)) for part in section.parts
        ]
        kept = tuple(part for part in parts if part.blocks)
        blocks = _blocks(section.contents, delivery)
        if not (blocks or kept):
            left.append(title)
            continue
        left += [part.title for part in parts if not part.blocks]
        if len(kept) == 1 and not blocks:
            blocks, kept = kept[0].blocks, ()
        sections.append(Section(title, blocks, kept))
    return Filled(tuple(sections), tuple(left))


def blocks_in_order(delivery: Delivery) -> Iterator[Block]:
    """Everything the report of a delivery shows, in its order: what its tables and charts are numbered by."""
    for section in filled(delivery, outline_of(delivery.kind, delivery.district)).sections:
        for part in (section, *section.parts):
            yield from part.blocks


def _blocks(contents: tuple[Content, ...], delivery: Delivery) -> tuple[Block, ...]:
    return tuple(block for content in contents for block in blocks_of(content, delivery))


def _title(title: str, delivery: Delivery) -> str:
    return title.format(district=district_word(delivery.project))
