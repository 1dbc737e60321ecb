"""Tables as a bulletin prints them, in named parts: caption, unit, header, stub, rows, summary row, notes, source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from markupsafe import Markup, escape

from wenxiao.display.cells import ranges
from wenxiao.display.inline import Inline, Quiet, cells_of, figures_in, plain_text
from wenxiao.display.rendering import Rendering
from wenxiao.model import Given, Measure, shown
from wenxiao.model.units import RATIO
from wenxiao.model.written_text import half_widths

_WIDE = 3
"""From so many columns beside the stub a table takes the whole width of the text."""

_SHORT = 15
"""So many rows stay on one sheet of paper."""

_PAPER, _GAP, _BROKEN = 86, 2, 8
"""The half-widths of a line of A4, those between two columns, and those a column of words needs at least."""

_UNBROKEN, _NARROW = 16, 8
"""A column of words no wider than so many half-widths stays on one line, in a wide table and in a narrow one."""

RowKind = Literal["data", "group", "summary"]


@dataclass(frozen=True, slots=True)
class Head:
    """A column header: what it names, its unit where columns differ, whether figures or words stand below it."""

    name: str
    unit: str = ""
    words: bool = False
    """Text columns are left-aligned and may break; figures are right-aligned and may not."""
    internal: bool = False
    """An edition for release leaves the column out."""
    bar: bool = False
    """A bar stands below each figure: of a rate the share of the whole, else the share of the column's most."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its stub, its cells, whether it sums others or heads a group, whether it is the reader's own."""

    stub: Inline
    cells: tuple[Inline, ...]
    kind: RowKind = "data"
    own: bool = False
    level: int = 0


@dataclass(frozen=True)
class ReportTable:
    """A table of a report.

    Building is by `with_…`, which give a new table. Every cell that is a figure is traceable; the source note names the
    cells the figures came from, unless `source` says otherwise. Of a table of `peers` an edition for release may
    keep the reader's own row and the sums only.
    """

    title: str
    stub: Head
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    notes: tuple[Inline, ...] = ()
    source: str = ""
    internal: bool = False
    peers: bool = False

    def with_notes(self, *notes: Inline) -> ReportTable:
        """The same table with notes added below."""
        return replace(self, notes=(*self.notes, *notes))

    def html(self, rendering: Rendering) -> Markup:
        """A table in its own scrolling box, its notes and source below.

        What is wider than paper stands in several parts one below the other, each with the stub.
        """
        number = rendering.number("表", self.title)
        label = f"{number}　{self.title}" if number else self.title
        classes = (" wx-narrow" if len(self.heads) < _WIDE else "") + (
            " wx-short" if len(self.rows) <= _SHORT else ""
        )
        boxes = Markup("").join(
            part._box(
                rendering,
                name,
                Markup("<caption><span>{}</span>{}</caption>").format(name, self._unit()),
            )
            for number, part in enumerate(self.parts())
            for name in (f"{label}（续{number}）" if number else label,)
        )
        return Markup('<div class="wx-table{}">{}{}</div>').format(classes, boxes, self._foot(rendering))

    def parts(self) -> list[ReportTable]:
        """The columns in as many tables as paper needs, each with the stub; the table itself where it has room.

        A figure is not broken, so that a column of figures needs the width of its longest.
        """
        needed = [self._needed(i) for i in range(len(self.heads))]
        stub = max((half_widths(plain_text(row.stub)) for row in self.rows if row.cells), default=0)
        room = _PAPER - min(max(stub, _BROKEN), 2 * _BROKEN) - _GAP
        count = -(-sum(needed) // room)
        if count <= 1:
            return [self]
        even, starts, width = -(-sum(needed) // count), [0], 0
        for i, each in enumerate(needed):
            if width and (width + each > room or (width >= even and len(starts) < count)):
                starts.append(i)
                width = 0
            width += each
        ends = [*starts[1:], len(needed)]
        return [self._columns(slice(start, end)) for start, end in zip(starts, ends, strict=True)]

    def _columns(self, these: slice) -> ReportTable:
        rows = tuple(replace(row, cells=row.cells[these]) for row in self.rows)
        return replace(self, heads=self.heads[these], rows=rows)

    def _needed(self, column: int) -> int:
        """The half-widths that a column takes at least."""
        texts = [plain_text(row.cells[column]) for row in self.rows if column < len(row.cells)]
        longest = max(map(half_widths, texts), default=0)
        if self.heads[column].words:
            longest = min(longest, _BROKEN)
        return max(longest, 4) + _GAP

    def folded(self, rendering: Rendering, whose: str) -> Markup:
        """The table behind its title, to be unfolded: the figures of a chart, whose name tells it from the others."""
        caption = Markup('<caption class="wx-hidden">{}</caption>').format(self.title)
        box = self._box(rendering, f"{whose}　{self.title}", caption)
        return Markup("<details><summary>{}</summary>{}</details>").format(self.title, box)

    def text(self) -> str:
        """Columns aligned with spaces, an ideograph counting two."""
        lines = [[self.stub.name, *(head.name for head in self.heads)]]
        lines += [[plain_text(row.stub), *(plain_text(cell) for cell in row.cells)] for row in self.rows]
        widths = [max(half_widths(line[i]) for line in lines if i < len(line)) for i in range(len(lines[0]))]
        words = [True, *(head.words for head in self.heads)]
        body = ["  ".join(_pad(*each) for each in zip(line, widths, words, strict=False)) for line in lines]
        unit = f"（单位：{self.unit}）" if self.unit else ""
        return "\n".join(
            [f"{self.title}{unit}", *(line.rstrip() for line in body), *map(plain_text, self.notes)]
        )

    def figures(self) -> Iterator[Measure | Given]:
        """The figures of all cells, row by row."""
        for row in self.rows:
            for cell in (row.stub, *row.cells):
                yield from figures_in(cell)

    def _box(self, rendering: Rendering, label: str, caption: Markup) -> Markup:
        return Markup(
            '<div class="wx-scroll" tabindex="0" role="region" aria-label="{}"><table>{}{}{}</table></div>'
        ).format(label, caption, self._header(), self._body(rendering))

    def _unit(self) -> Markup:
        return Markup('<span class="wx-unit">单位：{}</span>').format(self.unit) if self.unit else Markup("")

    def _header(self) -> Markup:
        cells = Markup("").join(
            Markup('<th scope="col"{}>{}{}</th>').format(
                style,
                head.name,
                Markup("<small>（{}）</small>").format(head.unit) if head.unit else Markup(""),
            )
            for head, style in zip(
                (self.stub, *self.heads), (Markup(' class="w"'), *self._styles()), strict=True
            )
        )
        return Markup("<thead><tr>{}</tr></thead>").format(cells)

    def _body(self, rendering: Rendering) -> Markup:
        places = [
            _places(row.cells[i] for row in self.rows if i < len(row.cells)) for i in range(len(self.heads))
        ]
        styles = self._styles()
        most = [self._most(i) if head.bar else Fraction(0) for i, head in enumerate(self.heads)]
        rows = (self._row(row, styles, places, most, rendering) for row in self.rows)
        return Markup("<tbody>{}</tbody>").format(Markup("").join(rows))

    def _styles(self) -> list[Markup]:
        """The class of each column beside the stub: figures, words that may break, words that are kept on one line."""
        most = _UNBROKEN if len(self.heads) >= _WIDE else _NARROW
        styles: list[Markup] = []
        for i, head in enumerate(self.heads):
            cells = (plain_text(row.cells[i]) for row in self.rows if i < len(row.cells))
            kept = head.words and all(half_widths(text) <= most for text in (head.name, *cells))
            name = "wl" if kept else "w"
            styles.append(Markup(' class="{}"').format(name) if head.words else Markup(""))
        return styles

    def _most(self, column: int) -> Fraction:
        """What a full bar of a column stands for."""
        figures = [f for row in self.rows if row.kind == "data" for f in figures_in(row.cells[column])]
        if any(
            isinstance(figure, Measure) and figure.unit.dimension == RATIO.dimension for figure in figures
        ):
            return Fraction(1)
        return max((f.number for f in figures if isinstance(f, Measure) and f.number), default=Fraction(0))

    def _row(
        self,
        row: Row,
        styles: list[Markup],
        places: list[int],
        most: list[Fraction],
        rendering: Rendering,
    ) -> Markup:
        if row.kind == "group" and not row.cells:
            return Markup('<tr class="wx-group"><th scope="rowgroup" colspan="{}">{}</th></tr>').format(
                len(self.heads) + 1, rendering.inline(row.stub)
            )
        cells = Markup("").join(
            Markup(  # not by `format`, which takes ten times as long: a page has thousands of cells
                f"<td{_quieter(style, cell) if cell else ''}"
                f"{'' if head.words else _padding(cell, digits)}"
                f"{_bar(cell, full) if row.kind == 'data' else ''}>"
                f"{escape(_inner(cell, head, rendering))}</td>"
            )
            for cell, head, style, digits, full in zip(
                row.cells, self.heads, styles, places, most, strict=True
            )
        )
        return Markup('<tr{}><th scope="row"{}>{}{}</th>{}</tr>').format(
            _classes(row),
            Markup(' class="wx-l{}"').format(row.level) if row.level else Markup(""),
            rendering.inline(row.stub),
            Markup('<span class="wx-quiet">（本地区）</span>') if row.own else Markup(""),
            cells,
        )

    def _foot(self, rendering: Rendering) -> Markup:
        source = self.source or ranges(cell for figure in self.figures() for cell in cells_of(figure))
        notes = [Markup("<p>注：{}</p>").format(rendering.inline(each)) for each in self.notes]
        if source:
            notes.append(Markup("<p>资料来源：{}</p>").format(source))
        return Markup('<div class="wx-foot">{}</div>').format(Markup("").join(notes)) if notes else Markup("")


def _inner(cell: Inline, head: Head, rendering: Rendering) -> Markup | str:
    """What stands in a cell. A spreadsheet that it is copied to takes a number for one with the minus of keyboards only."""
    inner = cell.text if isinstance(cell, Quiet) else rendering.inline(cell)
    return inner if head.words else inner.replace("−", "-")


def _quieter(style: Markup, cell: Inline) -> Markup:
    """The class of a cell, of one all of second ink with that."""
    if not isinstance(cell, Quiet):
        return style
    return Markup('{} wx-quiet"').format(style[:-1]) if style else Markup(' class="wx-quiet"')


def _classes(row: Row) -> Markup:
    names = [f"wx-{row.kind}"] if row.kind != "data" else []
    names += ["wx-own"] if row.own else []
    return Markup(' class="{}"').format(" ".join(names)) if names else Markup("")


def _decimals(cell: Inline) -> int | None:
    """How many digits a figure of a cell shows behind its point; None for words."""
    text = plain_text(cell).removesuffix("%")
    whole, _, behind = text.partition(".")
    if not whole or not whole[-1].isdigit():
        return None
    return len(behind) if behind.isdigit() or not behind else None


def _places(cells: Iterator[Inline]) -> int:
    return max((places for cell in cells if (places := _decimals(cell)) is not None), default=0)


def _padding(cell: Inline, most: int) -> Markup:
    """The digits that, invisible behind a figure, bring the decimal points of a column below each other."""
    own = _decimals(cell)
    if own is None or own == most:
        return Markup("")
    filler = ("." if own == 0 else "") + "0" * (most - own)
    return Markup(' data-pad="{}"').format(filler)


def _bar(cell: Inline, full: Fraction) -> Markup:
    """The length of the bar below a figure; none where the column has no bars, or the figure no value."""
    figure = next((each for each in figures_in(cell) if isinstance(each, Measure)), None)
    if not full or figure is None or figure.number is None or figure.number <= 0:
        return Markup("")
    return Markup(' style="--bar:{}%"').format(shown(100 * min(figure.number / full, Fraction(1)), 0))


def _pad(text: str, width: int, words: bool) -> str:
    gap = " " * (width - half_widths(text))
    return text + gap if words else gap + text
