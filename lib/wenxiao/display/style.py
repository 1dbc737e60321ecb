"""The one stylesheet of what is displayed, for a report's head and for a live notebook."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from markupsafe import Markup

from wenxiao.display.output import Output

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MARGINS = re.compile(r"\s*\n\s*")


@cache
def stylesheet() -> str:
    """The CSS of every fragment, without its comments and margins; all its classes begin with `wx-`."""
    source = resources.files("wenxiao.display").joinpath("style.css").read_text("utf-8")
    return _MARGINS.sub("\n", _COMMENT.sub("", source)).strip()


def style() -> Output:
    """The stylesheet as an output, for a notebook.

    JupyterLab has rules of its own for lists and tables in an output, which win over a class. Nested in the page with
    the weight of an id, ours win over theirs and keep their order among themselves. A report has the stylesheet in its
    own head, and drops every style that an output brings.
    """
    return Output(Markup("<style>:is(html, #wx) {{\n{}}}</style>").format(Markup(stylesheet())), "")
