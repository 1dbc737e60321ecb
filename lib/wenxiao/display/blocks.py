"""The blocks a page is made of: paragraphs, lists, charts and groups. Each renders itself, or is left out when empty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from markupsafe import Markup

from wenxiao.display.inline import Inline, Phrase, figures_in, plain_text
from wenxiao.display.rendering import Rendering
from wenxiao.model import Given, Measure


@runtime_checkable
class Block(Protocol):
    """A part of a page. `internal` blocks stand in the internal edition only."""

    @property
    def internal(self) -> bool:
        """Whether the edition for release leaves it out."""
        ...

    def html(self, rendering: Rendering) -> Markup:
        """Its HTML; figures and captions go through `rendering`."""
        ...

    def text(self) -> str:
        """The same for a terminal."""
        ...

    def figures(self) -> Iterator[Measure | Given]:
        """The figures it shows."""
        ...


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text and figures; `note` sets it small, as the note to a table is."""

    words: Phrase
    note: bool = False
    internal: bool = False

    def html(self, rendering: Rendering) -> Markup:
        """A paragraph."""
        opening = Markup('<p class="wx-note">') if self.note else Markup("<p>")
        return opening + rendering.inline(self.words) + Markup("</p>")

    def text(self) -> str:
        """Its words."""
        return plain_text(self.words)

    def figures(self) -> Iterator[Measure | Given]:
        """The figures in its words."""
        return figures_in(self.words)


@dataclass(frozen=True)
class Group:
    """Several blocks that stand or fall together."""

    blocks: tuple[Block, ...]
    internal: bool = False

    def html(self, rendering: Rendering) -> Markup:
        """Its blocks one after the other."""
        return Markup("").join(block.html(rendering) for block in self.blocks)

    def text(self) -> str:
        """Its blocks with an empty line between."""
        return "\n\n".join(block.text() for block in self.blocks)

    def figures(self) -> Iterator[Measure | Given]:
        """The figures of all blocks."""
        for block in self.blocks:
            yield from block.figures()


def sentence(*parts: Inline, internal: bool = False) -> Paragraph:
    """A paragraph of text and figures.

    >>> sentence("预算 ", "3,664.68万元", "。").text()
    '预算 3,664.68万元。'
    """
    return Paragraph(Phrase(parts), internal=internal)


def note(*parts: Inline) -> Paragraph:
    """A small remark below what it concerns."""
    return Paragraph(Phrase(parts), note=True)
