"""What a cell of a notebook shows: HTML, and the same as text."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from wenxiao.model.written_text import shown_on_page


@dataclass(frozen=True, slots=True)
class Output:
    """One output of a cell."""

    html: Markup
    text: str

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        del include, exclude
        return {"text/html": shown_on_page(str(self.html)), "text/plain": self.text}

    def __repr__(self) -> str:
        return self.text
