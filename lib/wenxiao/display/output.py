"""What a cell of a notebook shows: HTML, and the same as text; and the one stylesheet of all of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

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


_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACED = re.compile(r"\s*\n\s*| ?([{};,]) ?")


@cache
def stylesheet() -> str:
    """The CSS of every fragment, without its comments and spaces; all its classes begin with `wx-`."""
    source = resources.files("wenxiao.display").joinpath("style.css").read_text("utf-8")
    return _SPACED.sub(lambda found: found[1] or "", _COMMENT.sub("", source)).strip()


def style() -> Output:
    """The stylesheet as an output, for a notebook.

    JupyterLab has rules of its own for lists and tables in an output, which win over a class. Nested in the page with
    the weight of an id, ours win over theirs and keep their order among themselves. A report has the stylesheet in its
    own head, and drops every style that an output brings.
    """
    return Output(Markup("<style>:is(html, #wx) {{\n{}}}</style>").format(Markup(stylesheet())), "")
