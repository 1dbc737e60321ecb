"""A table of a reference page in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

WRITTEN = "Written from the code by `python -m scripts.reference`."


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a table; a bar inside a cell is escaped, a line break is a blank."""
    lines = [f"| {' | '.join(headers)} |", f"|{'---|' * len(headers)}"]
    return [*lines, *(f"| {' | '.join(map(_cell, row))} |" for row in rows)]


def page(*lines: str) -> str:
    """The text of a page."""
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", r"\|").split())
