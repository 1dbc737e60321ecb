"""Formatters registered with IPython by type: a value as the last line of a cell shows as it does in a report."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from wenxiao.display.output import style
from wenxiao.display.rendering import Rendering
from wenxiao.display.values import SHOWN, block_of
from wenxiao.model import Finding

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def html_of(value: object, prefix: str = "v") -> str:
    """A value as an HTML fragment, complete with its popovers; ids begin with `prefix`."""
    block = block_of(value)
    if block is None:
        return ""
    rendering = Rendering(prefix)
    body = block.html(rendering)
    return str(Markup('<div class="wx">{}{}</div>').format(body, rendering.popovers()))


def text_of(value: object) -> str:
    """A value as text."""
    block = block_of(value)
    return "" if block is None else block.text()


def register(shell: InteractiveShell) -> None:
    """Makes a shell show the values of the field by type, as HTML and as text.

    Each output brings the stylesheet: a cell may be the only one that was run, or be run again by itself. A report drops it.
    """
    formatters = shell.display_formatter.formatters  # type: ignore[union-attr]
    numbers = count(1)

    def numbered(value: object) -> str:
        return html_of(value, f"v{next(numbers)}") + str(style().html)

    for shown in SHOWN:
        formatters["text/html"].for_type(shown, numbered)
        formatters["text/plain"].for_type(shown, _printer)
    for kind in (tuple, list):
        plain = formatters["text/plain"].lookup_by_type(kind)
        formatters["text/html"].for_type(kind, lambda value: numbered(value) if _findings(value) else None)
        formatters["text/plain"].for_type(kind, _sequence_printer(plain))
    # By name, so that matplotlib is loaded by those who draw only.
    formatters["text/html"].for_type_by_name("wenxiao.charts.chart", "Chart", numbered)
    formatters["text/plain"].for_type_by_name("wenxiao.charts.chart", "Chart", _printer)


def _findings(value: Any) -> bool:
    """Whether a sequence is a list of findings; any other is shown as IPython shows it."""
    return bool(value) and all(isinstance(each, Finding) for each in value)


def _sequence_printer(plain: Callable[..., None]) -> Callable[..., None]:
    def printed(value: Any, printer: Any, cycle: bool) -> None:
        (_printer if _findings(value) else plain)(value, printer, cycle)

    return printed


def _printer(value: object, printer: Any, cycle: bool) -> None:
    del cycle
    printer.text(text_of(value))
