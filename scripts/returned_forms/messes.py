"""What counties do to a form, each as a function on its pages: they are tried in turn, each with its chance."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from wenxiao.fields import Registry

from .figure import Figure
from .page import Cell, Formula, Page

_WIDE = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
_HOSTILE = (
    "=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "+1+1", '=HYPERLINK("http://example.invalid/","点击")',
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "${jndi:ldap://example.invalid}", "{{7*7}}",
    "'; DROP TABLE 县区;--", "\u202e县子甲", "甲\u200b子\ufeff县", "a" * 3000, "![x](javascript:alert(1))", "\\input{x}", "_x000D_",
)  # fmt: skip


@dataclass
class Workbook:
    """A returned form while it is being messed up: its pages in order."""

    pages: list[Page]

    @property
    def tables(self) -> list[Page]:
        """The pages with a table of the form."""
        return [page for page in self.pages if page.columns]


Mess = Callable[[Workbook, random.Random, Registry], None]


def _rows(page: Page) -> range:
    return range(page.first, page.last + 1)


def _figures(page: Page, column: int) -> list[tuple[int, int]]:
    """The cells of a column with a number of the table or its total, that are not formulas."""
    return [
        (row, column)
        for row in (*_rows(page), *([page.total] if page.total is not None else []))
        if (cell := page.cells.get((row, column))) is not None
        and cell.figure is not None
        and not isinstance(cell.content, Formula)
    ]


def blank_rows(book: Workbook, dice: random.Random, registry: Registry) -> None:
    """Rows are inserted and left empty; unused rows at the end are deleted."""
    del registry
    for page in book.tables:
        if dice.random() < 0.5:
            page.insert_rows(dice.randint(page.first + 1, max(page.first + 1, page.last)), dice.randint(1, 2))
        while page.last > page.first and dice.random() < 0.9 and _is_empty(page, page.last):
            page.delete_row(page.last)


def _is_empty(page: Page, row: int) -> bool:
    return all(page.cells[at].content is None for at in page.cells if at[0] == row)


def own_columns(book: Workbook, dice: random.Random, registry: Registry) -> None:
    """A column of the county's own is put into a table, with numbers or words, or empty."""
    del registry
    page = dice.choice(book.tables)
    at = dice.randint(1, len(page.columns))
    page.insert_columns(at)
    header = dice.choice(("上年数", "补助系数", "走访次数", "经办人电话", "核对情况", ""))
    if not header:
        return
    page.put(page.header, at, header, style="header")
    for row in _rows(page):
        if _is_empty(page, row):
            continue
        if header == "核对情况":
            page.put(row, at, "已核")
        elif header == "经办人电话":
            number = f"0{dice.randint(300, 999)}-{dice.randint(2000000, 8999999)}"
            page.put(row, at, number)
        else:
            value = Decimal(dice.randint(1, 99999)) / 10
            page.put(row, at, value, Figure(value, "", "own", page.kind, "", header))


def synonyms(book: Workbook, dice: random.Random, registry: Registry) -> None:
    """Headers are written in other words that the registry knows, spaced out, or with a line break."""
    for page in book.tables:
        for key, column in page.columns.items():
            cell = page.cells.get((page.header, column))
            if cell is None or dice.random() < 0.6:
                continue
            label, bracket, unit = str(cell.content).partition("（")
            field = registry.field(key, page.kind)
            words = [
                word
                for word in field.aliases
                if registry.match(word, page.kind) == field and "（" not in word
            ]
            match dice.randrange(3):
                case 0 if words:
                    label = dice.choice(words)
                case 1 if 2 <= len(label) <= 4 and all("\u4e00" <= c <= "\u9fff" for c in label):
                    label = dice.choice((" ", "　")).join(label)
                case _ if len(label) > 3:
                    label = f"{label[:2]}\n{label[2:]}"
            page.cells[page.header, column] = replace(cell, content=label + bracket + unit)


def reordered(book: Workbook, dice: random.Random, registry: Registry) -> None:
    """Two columns change places, sheets too."""
    del registry
    page = dice.choice(book.tables)
    columns = sorted(page.columns.values())[1:]
    if len(columns) > 1 and not page.merges:
        page.swap_columns(*dice.sample(columns, 2))
    if dice.random() < 0.5:
        dice.shuffle(book.pages)


def sheets_lost(book: Workbook, dice: random.Random, registry: Registry) -> None:
    """A sheet is deleted, and what would have stood there was never written; others get other names."""
    del registry
    if len(book.tables) > 1 and dice.random() < 0.6:
        book.pages.remove(dice.choice(book.tables))
    for page in book.pages:
        if dice.random() < 0.2:
            page.name = dice.choice(
                (f"{page.name} (2)", f"附表{len(page.name)}-{page.name[:8]}", f" {page.name}")
            )
    if dice.random() < 0.4:
        book.pages.append(Page("Sheet1"))


def own_sheet(book: Workbook, dice: random.Random, registry: Registry) -> None:
    """A sheet with a table of the county's own: plan, contacts, materials, of no kind that the form asks for."""
    del registry
    title, headers = dice.choice(
        (
            ("设备台账", ("设备名称", "台数", "单价（元）")),
            ("工作日志", ("日期", "事项摘要", "出动人数")),
            ("会议费", ("会议", "场次", "人均标准")),
        )
    )
    page = Page(title)
    page.put(0, 0, f"{title}（自用）", style="title")
    for column, header in enumerate(headers):
        page.put(1, column, header, style="header")
    for row in range(2, dice.randint(4, 9)):
        page.put(
            row,
            0,
            f"2025-0{row}-1{row}" if headers[0] == "日期" else f"{title[:2]}{'甲乙丙丁戊己庚辛'[row % 8]}",
        )
        for column in (1, 2):
            if headers[column] == "事项摘要":
                page.put(row, column, "现场查看")
                continue
            value = Decimal(dice.randint(1, 9000))
            page.put(
                row,
                column,
                value,
                Figure(value, "", "own", "", str(page.cells[row, 0].content), headers[column]),
            )
    book.pages.insert(dice.randint(0, len(book.pages)), page)


def hidden_sheet(book: Workbook, dice: random.Random, registry: Registry) -> None:
    """A sheet is hidden, the form's own or a draft."""
    del registry
    visible = [page for page in book.pages if not page.hidden]
    if len(visible) > 2:
        dice.choice(visible[1:]).hidden = True


def other_units(book: Workbook, dice: random.Random, registry: Registry) -> None:
    """Amounts in 元 or 亿元, areas in ㎡, and the header says so; the cells stay what they mean."""
    for page in book.tables:
        for key, column in page.columns.items():
            field = registry.field(key, page.kind)
            cell = page.cells.get((page.header, column))
            symbol = field.unit.symbol if field.unit is not None else ""
            if (
                symbol not in ("万元", "万㎡")
                or cell is None
                or f"（{symbol}）" not in str(cell.content)
                or dice.random() < 0.5
            ):
                continue
            new, factor = {"万元": ("元", 10**4), "万㎡": (dice.choice(("平方米", "㎡")), 10**4)}[symbol]
            page.cells[page.header, column] = replace(cell, content=str(cell.content).replace(symbol, new))
            for row in (*_rows(page), *([page.total] if page.total is not None else [])):
                found = page.cells.get((row, column))
                if found is None or found.figure is None:
                    continue
                written = found.figure.value * factor
                content = (
                    found.content._replace(shows=written) if isinstance(found.content, Formula) else written
                )
                page.cells[row, column] = replace(found, content=content)


def as_text(book: Workbook, dice: random.Random, registry: Registry) -> None:
    """Numbers as text: separators, full-width digits, blanks, a unit behind, 约 in front."""
    del registry
    for page in book.tables:
        for column in page.columns.values():
            if dice.random() < 0.5:
                continue
            for at in _figures(page, column):
                cell = page.cells[at]
                if not isinstance(cell.content, Decimal):
                    continue
                page.cells[at] = replace(cell, content=_as_text(cell.content, dice), pattern="@")


def _as_text(number: Decimal, dice: random.Random) -> str:
    text = f"{number:,f}" if dice.random() < 0.5 else f"{number:f}"
    return dice.choice(
        (
            text,
            f" {text} ",
            f"{text}\u00a0",
            text.translate(_WIDE),
            f"{text}　",
            f"\t{text}",
            text.replace(",", " "),
            f"'{text}" if dice.random() < 0.05 else text,
        )
    )


def typed_totals(book: Workbook, dice: random.Random, registry: Registry) -> None:
    """合计 is typed over, rightly or wrongly."""
    del registry
    for page in book.tables:
        if page.total is None:
            continue
        for column in page.columns.values():
            cell = page.cells.get((page.total, column))
            if cell is None or cell.figure is None or dice.random() < 0.3:
                continue
            shows = cell.content.shows if isinstance(cell.content, Formula) else cell.content
            if not isinstance(shows, Decimal):
                continue
            off = dice.choice((Decimal(0), Decimal(0), Decimal(1), Decimal("-0.1")))
            scale = shows / cell.figure.value if cell.figure.value else Decimal(1)
            figure = replace(cell.figure, value=cell.figure.value + off)
            page.cells[page.total, column] = replace(cell, content=shows + off * scale, figure=figure)


def typed_formulas(book: Workbook, dice: random.Random, registry: Registry) -> None:
    """Formulas where a number is asked for: =100+23.5, with what they showed or saved without it, or an error in their place."""
    del registry
    for page in book.tables:
        for column in page.columns.values():
            for at in _figures(page, column):
                cell = page.cells[at]
                if isinstance(cell.content, Decimal) and dice.random() < 0.15:
                    part = Decimal(dice.randint(0, 5))
                    saved = cell.content if dice.random() < 0.9 else None
                    page.cells[at] = replace(cell, content=Formula(f"={cell.content - part:f}+{part}", saved))
                elif cell.figure is not None and dice.random() < 0.02:
                    page.cells[at] = Cell(Formula("=#REF!*2", "#REF!"))


def notes(book: Workbook, dice: random.Random, registry: Registry) -> None:
    """Notes with numbers, below the table or beside it."""
    del registry
    for page in book.tables:
        if dice.random() < 0.5:
            continue
        number = Decimal(dice.randint(1, 900))
        text = dice.choice(
            (
                f"注：另有{number}户因房屋征收未改造。",
                f"说明：含上年结转{number}万元，已在备注中写明。",
                f"其中{number}户为公房",
                f"{number}",
            )
        )
        figure = Figure(number, "", "note", page.kind, "", "")
        if dice.random() < 0.6:
            page.put(page.height + dice.randint(0, 2), 0, text, figure, "note")
        else:
            page.put(dice.choice(_rows(page)), page.width + dice.randint(0, 1), text, figure, "note")


def titles(book: Workbook, dice: random.Random, registry: Registry) -> None:
    """Rows above: the annex's number, who fills it in, when."""
    del registry
    for page in book.tables:
        for line in dice.sample(
            ("附件2", "填报单位：住房和城乡建设局", "填报日期：2026年1月10日", "（盖章）"), dice.randint(0, 3)
        ):
            at = dice.randint(0, page.header)
            page.insert_rows(at)
            page.put(at, dice.choice((0, 0, 2)), line, style="title")


def merged(book: Workbook, dice: random.Random, registry: Registry) -> None:
    """Cells are merged: a title across, equal names down, one figure for several rows."""
    del registry
    for page in book.tables:
        if page.merges:
            continue
        if dice.random() < 0.6 and page.header > 0:
            for column in range(1, len(page.columns)):
                page.cells.pop((0, column), None)
            if (0, 0) in page.cells:
                page.merges.append((0, 0, 0, max(len(page.columns) - 1, 1)))
        rows = [row for row in _rows(page) if not _is_empty(page, row)]
        if len(rows) > 2 and rows[1] == rows[0] + 1 and dice.random() < 0.5:
            column = dice.choice(sorted(page.columns.values()))
            below = page.cells.get((rows[1], column))
            if page.cells.get((rows[0], column)) is not None and (below is None or below.figure is None):
                page.cells.pop((rows[1], column), None)
                page.merges.append((rows[0], column, rows[1], column))


def words_for_numbers(book: Workbook, dice: random.Random, registry: Registry) -> None:
    """Words where a number is asked for (待核), marks (/ — 无), and figures with their unit behind or 约 in front."""
    for page in book.tables:
        for key, column in page.columns.items():
            field = registry.field(key, page.kind)
            unit = field.unit.symbol if field.unit is not None else ""
            header = page.cells.get((page.header, column))
            for at in _figures(page, column):
                cell = page.cells[at]
                draw = dice.random()
                if draw < 0.03:
                    page.cells[at] = Cell(dice.choice(("/", "—", "无", "待核", "见附件", "…")))
                elif (
                    draw < 0.08
                    and isinstance(cell.content, Decimal)
                    and unit in ("万元", "户", "栋", "万㎡", "份")
                ):
                    if header is not None and unit in str(header.content):
                        page.cells[at] = replace(
                            cell, content=f"{dice.choice(('', '约'))}{cell.content:f}{unit}"
                        )
                elif draw < 0.09:
                    low = int(cell.figure.value) if cell.figure else 1
                    figure = replace(cell.figure, place="note") if cell.figure else None
                    page.cells[at] = Cell(f"{low}-{low + 10}", figure)


def hostile(book: Workbook, dice: random.Random, registry: Registry) -> None:
    """Texts that would be formulas, markup or commands to a careless program stand in names and notes."""
    del registry
    for page in dice.sample(book.tables, 1):
        texts = [
            at
            for at, cell in page.cells.items()
            if isinstance(cell.content, str) and cell.figure is None and page.first <= at[0] <= page.last
        ]
        for at in dice.sample(texts, min(len(texts), 3)):
            page.cells[at] = replace(page.cells[at], content=dice.choice(_HOSTILE))


def copied_sheet(book: Workbook, dice: random.Random, registry: Registry) -> None:
    """A sheet stands twice, the second as a copy with a figure changed."""
    del registry
    page = dice.choice(book.tables)
    copy = Page(
        f"{page.name[:24]} (2)", dict(page.cells), list(page.merges), dict(page.widths), False, page.kind,
        page.header, page.first, page.last, page.total, dict(page.columns),
    )  # fmt: skip
    numbers = [at for column in copy.columns.values() for at in _figures(copy, column)]
    if numbers:
        at = dice.choice(numbers)
        cell = copy.cells[at]
        if isinstance(cell.content, Decimal) and cell.figure is not None and cell.figure.value:
            scale = cell.content / cell.figure.value
            copy.cells[at] = replace(
                cell, content=cell.content + scale, figure=replace(cell.figure, value=cell.figure.value + 1)
            )
    book.pages.append(copy)


MESSES: Mapping[str, tuple[float, Mess]] = {
    "inserted rows": (0.4, blank_rows),
    "headers in other words": (0.4, synonyms),
    "other units": (0.25, other_units),
    "totals typed over": (0.25, typed_totals),
    "numbers as text": (0.35, as_text),
    "words for numbers": (0.25, words_for_numbers),
    "typed formulas": (0.2, typed_formulas),
    "columns and sheets moved": (0.25, reordered),
    "a column of its own": (0.25, own_columns),
    "hostile texts": (0.15, hostile),
    "titles": (0.3, titles),
    "merged cells": (0.25, merged),
    "notes with numbers": (0.3, notes),
    "a sheet twice": (0.1, copied_sheet),
    "sheets lost or renamed": (0.2, sheets_lost),
    "a sheet of its own": (0.25, own_sheet),
    "a hidden sheet": (0.15, hidden_sheet),
}
"""Each mess by name, with its chance; the order is that in which they are made."""
