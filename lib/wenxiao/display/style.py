"""The one stylesheet of what is displayed, for a report's head and for a live notebook."""

from __future__ import annotations

from functools import cache
from importlib import resources

from markupsafe import Markup

from wenxiao.display.output import Output


@cache
def stylesheet() -> str:
    """The CSS of every fragment; all its classes begin with `wx-`."""
    return resources.files("wenxiao.display").joinpath("style.css").read_text("utf-8")


def style() -> Output:
    """The stylesheet as an output, for a notebook: once, with the head of the page. A report's template leaves it out."""
    return Output("style", Markup("<style>{}</style>").format(Markup(stylesheet())), "")
