"""The workbook being written: its sheets in order, their names, and how cells look."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wenxiao.display.workbook import OutputWorkbook
from wenxiao.evaluation.audience import INTERNAL, Audience
from wenxiao.model import Measure, Missing, Severity, SheetCell, Unit
from wenxiao.reports.working_paper.text import cell_text, number_format, sheet_name

"""Every paper carries this date: the same input gives the same bytes."""
INK, INPUT, QUIET, RULE = "#1a1a1a", "#1f4e79", "#57606a", "#d0d7de"
GROUND, HEAD, MARKED = "#ffffff", "#eef2f6", "#fff4d6"
SEVERITIES = {Severity.ERROR: "#b3261e", Severity.WARNING: "#9a6700", Severity.HINT: QUIET}
"""Those of the page (`display/style.css`)."""
CONTENTS, WITHHELD = "目录", "公开稿不列"
_WIDEST, _NARROWEST, _HEAD = 46, 7, 12
_LINE, _LINES = 14, 12
"""The height of a line of text in points; a cell shows so many lines, and holds the rest."""
Cached = float | int | str
"""The value kept beside a formula, shown until a program recalculates."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a sheet and what it holds."""

    sheet: str
    about: str
    rows: int


class Book:
    """A workbook in memory; `sheet` adds one, `content` closes it and gives its bytes."""

    def __init__(self, title: str, subject: str, readers: Audience = INTERNAL) -> None:
        self._readers = readers
        self._stream = BytesIO()
        self.workbook = OutputWorkbook(
            self._stream,
            {"title": cell_text(title)[:250], "subject": cell_text(subject)[:250]},
            default_format_properties={"font_name": "宋体", "font_size": 10},
        )
        parts = (self.allowed(text)[:100].replace("&", "&&") for text in (title, subject))
        self.header = "&L{}&R{}".format(*parts)
        self._styles: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._names: dict[str, str] = {}
        self._sheets: list[Sheet] = []

    def allowed(self, text: str) -> str:
        """A text as the readers may see it: one that would name someone they must not see is withheld whole."""
        return WITHHELD if self._readers.names_a_peer(text) else cell_text(text)

    def name(self, wanted: str) -> str:
        """A free name for a sheet that is added later under just this name."""
        free = sheet_name(wanted, self._names)
        self._names[free.lower()] = free
        return free

    def sheet(self, name: str, title: str, about: str = "", *, heads: int = 1) -> Sheet:
        """A new sheet at the end; `name` comes from `name()`, `heads` counts the rows of its head."""
        made = Sheet(self, name, title, about, heads)
        self._sheets.append(made)
        return made

    @property
    def count(self) -> int:
        """How many sheets there are."""
        return len(self._sheets)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The lines of the contents, in the order of the sheets."""
        return tuple(Entry(each.name, each.title, each.rows) for each in self._sheets)

    def style(self, **properties: Any) -> Format:
        """The format with these properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._styles:
            self._styles[key] = self.workbook.add_format({"valign": "top", **properties})
        return self._styles[key]

    def content(self) -> bytes:
        """The bytes of the workbook, which is closed by this."""
        for each in self._sheets:
            each.finish()
        self.workbook.close()
        return self._stream.getvalue()


class Sheet:
    """One table on one sheet: title, a quiet line, the way back, then the head, frozen, and the rows below it.

    Rows and columns are 1-based, as addresses are.
    """

    def __init__(self, book: Book, name: str, title: str, about: str, heads: int) -> None:
        self.book, self.name, self.title = book, name, title
        self.sheet: Worksheet = book.workbook.add_worksheet(name)
        self.head, self.first = 4, 4 + heads
        self.rows = 0
        self._widths: dict[int, float] = {}
        self._fixed: dict[int, float] = {}
        self._long: dict[int, list[tuple[int, int]]] = {}
        self.sheet.hide_gridlines(2)
        self.sheet.write_string(0, 0, book.allowed(title), book.style(bold=True, font_size=13))
        if about:
            self.sheet.write_string(1, 0, book.allowed(about), book.style(font_color=QUIET))
        if name != CONTENTS:
            self.link(3, 1, CONTENTS, "返回目录")
        self.sheet.freeze_panes(self.first - 1, 1)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(self.head - 1, self.first - 2)
        self.sheet.set_header(book.header)
        self.sheet.set_footer("&C第 &P 页，共 &N 页")

    def heads(self, *names: str, row: int = 0) -> None:
        """The names of the columns, in the last row of the head or in `row`."""
        style = self.book.style(bold=True, bg_color=HEAD, bottom=1, bottom_color=QUIET, text_wrap=True)
        at = row or self.first - 1
        for column, name in enumerate(names, 1):
            self.sheet.write_string(at - 1, column - 1, self.book.allowed(name), style)
            self._measure(at, column, min(text_width(name), _HEAD) if column > 1 else text_width(name))
            self._long.setdefault(at, []).append((column, text_width(name)))

    def text(self, row: int, column: int, text: str, **look: Any) -> None:
        """A text, never a formula; an empty one leaves the cell empty."""
        if not text:
            return
        clean = self.book.allowed(text)
        look.setdefault("indent", 0 if column == 1 else 1)
        self.sheet.write_string(row - 1, column - 1, clean, self._look(text_wrap=True, **look))
        self._measure(row, column, text_width(clean) + look["indent"])
        self._reach(row)

    def severity(self, row: int, column: int, severity: Severity) -> None:
        """How much a finding weighs: its word, in its colour."""
        self.text(row, column, severity.label, bold=True, font_color=SEVERITIES[severity])

    def number(self, row: int, column: int, number: float, num_format: str, **look: Any) -> None:
        """A figure; what was copied from a source is blue."""
        self.sheet.write_number(row - 1, column - 1, number, self._look(num_format=num_format, **look))
        self._measure(row, column, _number_width(number, num_format))
        self._reach(row)

    def formula(
        self,
        row: int,
        column: int,
        formula: str | None,
        cached: Cached,
        num_format: str = "General",
        *,
        words: bool = False,
        **look: Any,
    ) -> None:
        """A live formula with its value; the value alone, marked, where there is no formula.

        A text in place of a figure is quiet, unless the formula is one that gives `words`.
        """
        if isinstance(cached, str):
            cached = cell_text(cached)
            look |= {"indent": min(column - 1, 1)} if words else {"align": "right", "font_color": QUIET}
            self._measure(row, column, text_width(cached))
        else:
            self._measure(row, column, _number_width(cached, num_format))
        if formula is None:
            self.marked(row, column, cached, num_format)
            return
        style = self._look(num_format=num_format, **look)
        self.sheet.write_formula(row - 1, column - 1, "=" + formula, style, cached)
        self._reach(row)

    def marked(self, row: int, column: int, value: Cached, num_format: str = "General") -> None:
        """A value that is no formula (found by search), on the ground that marks such values."""
        if isinstance(value, str):
            self.text(row, column, value, bg_color=MARKED)
        else:
            self.number(row, column, value, num_format, bg_color=MARKED)

    def link(self, row: int, column: int, sheet: str, words: str) -> None:
        """Words that lead to another sheet of this workbook."""
        target = "internal:'" + sheet.replace("'", "''") + "'!A1"
        self.sheet.write_url(
            row - 1, column - 1, target, self.book.style(font_color=INPUT, underline=1), words
        )

    def widths(self, **widths: float) -> None:
        """Fixed widths by column letter."""
        for letter, width in widths.items():
            self._fixed[ord(letter) - ord("A") + 1] = width

    def at(self, column: int, row: int) -> SheetCell:
        """A cell of this sheet, for formulas."""
        return SheetCell(self.name, column, row)

    def finish(self) -> None:
        """Sets the widths of the columns and the heights of rows whose texts take several lines."""
        widths = {column: min(max(width + 2, _NARROWEST), _WIDEST) for column, width in self._widths.items()}
        widths |= self._fixed
        for column, width in widths.items():
            self.sheet.set_column(column - 1, column - 1, width)
        for row, cells in self._long.items():
            lines = max(-(-size // int(widths[column] - 1)) for column, size in cells)
            if lines > 1:
                self.sheet.set_row(row - 1, _LINE * min(lines, _LINES))

    def _look(self, **look: Any) -> Format:
        return self.book.style(bottom=4, bottom_color=RULE, **look)

    def _measure(self, row: int, column: int, width: int) -> None:
        if width > self._widths.get(column, 0):
            self._widths[column] = width
        if width > _NARROWEST - 2:
            self._long.setdefault(row, []).append((column, width))

    def _reach(self, row: int) -> None:
        self.rows = max(self.rows, row - self.first + 1)


def text_width(text: str) -> int:
    """How many columns a text takes: a Chinese character two.

    >>> text_width("执行率 81.24%")
    13
    """
    return sum(2 if character > "\u2e80" else 1 for character in text[:4000])


def _number_width(number: float, num_format: str) -> int:
    """About how many columns a number takes in its format."""
    decimals = num_format.partition(".")[2].count("0")
    extra = text_width(num_format.partition('"')[2])
    return len(f"{number:,.{decimals}f}") + extra + 1


def measure_format(measure: Measure) -> str:
    """The number format of a measure."""
    return number_format(measure.unit, measure.places)


def cached(measure: Measure) -> Cached:
    """What a measure's cell shows: its value, or the word for its absence."""
    return measure.value.label if isinstance(measure.value, Missing) else float(measure.value)


def word_of(measure: Measure) -> str:
    """The word a measure's formula gives while an input is missing."""
    return (measure.value if isinstance(measure.value, Missing) else Missing.NOT_PROVIDED).label


def unit_word(unit: Unit) -> str:
    """The unit as a header names it: a rate is shown in per cent."""
    return "%" if unit.symbol == "比率" else unit.symbol
