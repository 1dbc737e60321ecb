"""A pane that shows blocks of the display as a report would, and nothing that a spreadsheet holds as markup."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

import ipywidgets as widgets
from markupsafe import escape

from wenxiao.display import html_of

_numbers = count(1)


class Pane(widgets.HTML):  # type: ignore[misc]  # ipywidgets has no types
    """An HTML widget whose content is values of the field."""

    def show(self, *values: Any) -> None:
        """Shows these values one below the other, those that are None left out."""
        prefix = f"x{next(_numbers)}"
        parts = [html_of(value, f"{prefix}-{i}") for i, value in enumerate(values)]
        self.value = "".join(part for part in parts if part)


def line(*controls: widgets.Widget) -> widgets.Box:
    """Controls side by side, those that have no room in a narrow window below the others."""
    return widgets.Box(controls, layout=widgets.Layout(flex_flow="row wrap", overflow="visible"))


def choose(control: widgets.Dropdown, names: tuple[str, ...], name: str | None) -> None:
    """Has a dropdown offer these names with one of them chosen.

    What is chosen is sent after the names: a browser that has the index first shows nothing as chosen.
    """
    if tuple(control.options) != names:
        control.options, control.value = names, None
    control.value = name


def one_of(names: tuple[str, ...], wanted: object) -> str | None:
    """What is wanted where it is among the names, else the first of them."""
    return wanted if isinstance(wanted, str) and wanted in names else next(iter(names), None)


def versions(texts: Mapping[str, tuple[str, str]]) -> str:
    """Two versions of the same words side by side: what was typed, and what the file holds now."""
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td style="white-space:pre-wrap">{escape(own)}</td>'
        f'<td style="white-space:pre-wrap">{escape(other)}</td></tr>'
        for name, (own, other) in texts.items()
    )
    head = "<tr><td></td><th>我写的</th><th>文件里的</th></tr>"
    return f'<div class="wx"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>' if rows else ""


def quiet(text: str) -> str:
    """A line of small type; the text stays text."""
    return f'<div class="wx"><p class="wx-note">{escape(text)}</p></div>'


def told(problems: tuple[str, ...]) -> str:
    """Problems as lines in the colour of errors, with the word."""
    lines = "".join(f"<li>{escape(problem)}</li>" for problem in problems)
    return (
        f'<div class="wx" role="alert"><p><b class="wx-error">错误</b></p><ul>{lines}</ul></div>'
        if lines
        else ""
    )
