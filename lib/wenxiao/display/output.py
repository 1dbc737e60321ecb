"""What a cell of a notebook shows: HTML, the same as text, and which part of the page it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from markupsafe import Markup

Part = Literal["style", "head", "summary", "heading", "body", "appendix"]


@dataclass(frozen=True)
class Heading:
    """A heading of the page, for the contents list: its level (2 or 3), id and text."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True)
class Output:
    """One output; its metadata (`wenxiao.part`) tells a template what it is.

    A template leaves out `style` (it has the stylesheet in its head), makes the contents list from `headings`, and may
    set the text cell that stands above a section below its `heading`.
    """

    part: Part
    html: Markup
    text: str
    title: str = ""
    headings: tuple[Heading, ...] = field(default=())

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        del include, exclude
        about: dict[str, Any] = {"part": self.part}
        if self.title:
            about["title"] = self.title
        if self.headings:
            about["headings"] = [
                {"level": each.level, "id": each.anchor, "text": each.text} for each in self.headings
            ]
        return {"text/html": str(self.html), "text/plain": self.text}, {"wenxiao": about}

    def __repr__(self) -> str:
        return self.text
