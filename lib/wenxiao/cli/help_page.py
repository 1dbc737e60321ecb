"""A page of help whose columns and line ends are right for Chinese: two columns a character, lines broken between any two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

import click

# What stays together on a line: a run of narrow characters, or one wide character with its opening and closing marks.
_PIECE = re.compile(r"[ \n]+|[（《“［【]*(?:[!-⁯]+|.)[，。；：、！？）》”］】…]*")


class HelpPage(click.HelpFormatter):
    """click's page, with texts and lists measured by the columns they take."""

    def write_text(self, text: str) -> None:
        """Paragraphs, wrapped; one that starts with click's mark for it keeps its lines."""
        indent = " " * self.current_indent
        paragraphs = []
        for paragraph in text.split("\n\n"):
            kept = paragraph.startswith("\b\n")
            lines = (
                paragraph.splitlines()[1:] if kept else wrapped(paragraph, self.width - self.current_indent)
            )
            paragraphs.append("".join(f"{indent}{line}\n" for line in lines))
        self.write("\n".join(paragraphs))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """A list of terms and what they mean, in two columns."""
        listed, indent = list(rows), " " * self.current_indent
        column = min(max((columns(term) for term, _meaning in listed), default=0), col_max) + col_spacing
        for term, meaning in listed:
            lines = list(wrapped(meaning, max(self.width - column - 2, 10)))
            gap = column - columns(term)
            if gap < col_spacing and lines:
                self.write(f"{indent}{term}\n")
            else:
                self.write(f"{indent}{term}{' ' * gap if lines else ''}{lines.pop(0) if lines else ''}\n")
            self.write("".join(f"{indent}{' ' * column}{line}\n" for line in lines))


def columns(text: str) -> int:
    """How many columns of a terminal a text takes.

    >>> columns("县 a")
    4
    """
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def wrapped(text: str, width: int) -> Iterator[str]:
    """The lines of a text that fit; a closing mark stands at no line's start.

    >>> list(wrapped("甲县、乙县。The end", 10))
    ['甲县、乙', '县。The', 'end']
    """
    line = ""
    for piece in _PIECE.findall(text):
        blank = piece.isspace()
        if not blank and line and columns(line + piece) > width:
            yield line.rstrip()
            line = ""
        if not blank or line:
            line += piece.replace("\n", " ")
    if line.rstrip():
        yield line.rstrip()
