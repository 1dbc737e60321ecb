"""The tables of a web page that calls itself a workbook, cell by cell, with row and column spans as merges."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from wenxiao.sheets.cells.grid import Grid, Merge, grid_of
from wenxiao.sheets.cells.raised import Run, shown
from wenxiao.sheets.cells.texture import Cell
from wenxiao.sheets.containers.container import refused

MOST_SPAN = 1000
MOST_CELLS = 2_000_000
_STRUCK, _RAISED = frozenset({"s", "del", "strike"}), {"sup": 1, "sub": -1}
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset({"script", "style", "template", "head", "title", "noscript", "select"})
_HIDDEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all)", re.IGNORECASE
)
_STRUCK_STYLE = re.compile(
    r"text-(?:line|decoration(?:-line)?)\s*[-:][^;]*(?:through|line-through)", re.IGNORECASE
)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CLASS = re.compile(r"(?:[\w-]*)?\.([\w-]+)")


def markup_grids(text: str, name: str, file: str) -> tuple[Grid, ...]:
    """A grid for every outermost table of a page, named as the file, numbered from the second on."""
    page = BeautifulSoup(text.encode("utf-8", "replace").decode("utf-8"), "lxml")
    styles = _styles(page)
    tables = [table for table in page.find_all("table") if table.find_parent("table") is None]
    return tuple(
        _Table(table, styles, file).grid(name if not index else f"{name} {index + 1}")
        for index, table in enumerate(tables)
    )


class _Table:
    """One table of a page in the making."""

    def __init__(self, table: Tag, styles: dict[str, str], file: str) -> None:
        self.table, self.styles, self.file = table, styles, file
        self.cells: dict[tuple[int, int], Cell] = {}
        self.struck: dict[tuple[int, int], str] = {}
        self.merges: list[Merge] = []

    def grid(self, name: str) -> Grid:
        lines = [line for line in self.table.find_all("tr") if line.find_parent("table") is self.table]
        hidden_rows = [row for row, line in enumerate(lines) if self._row_hidden(line)]
        height = len(lines)
        for row, line in enumerate(lines):
            column = 0
            for cell in line.find_all(["td", "th"], recursive=False):
                while (row, column) in self.cells:
                    column += 1
                if self._hidden(cell):
                    continue
                down, across = min(_span(cell, "rowspan"), height - row), _span(cell, "colspan")
                if len(self.cells) + down * across > MOST_CELLS:
                    raise refused(
                        self.file, "网页表格大得反常，拒绝读取", "核实文件来源，把表格复制到 Excel 另存",
                        sheet=name, rule=f"不超过 {MOST_CELLS // 10_000} 万格",
                    )  # fmt: skip
                for below in range(row, row + down):
                    for right in range(column, column + across):
                        self.cells[below, right] = ""
                self._put(row, column, cell)
                if down > 1 or across > 1:
                    self.merges.append(Merge(row, column, row + down - 1, column + across - 1))
                column += across
        width = max((column for _, column in self.cells), default=-1) + 1
        rows = [[self.cells.get((row, column), "") for column in range(width)] for row in range(height)]
        return grid_of(
            name,
            rows,
            self.merges,
            hidden_rows=hidden_rows,
            hidden_columns=self._columns(),
            struck=self.struck,
        )

    def _put(self, row: int, column: int, cell: Tag) -> None:
        runs = list(self._runs(cell, struck=self._struck(cell), script=0))
        said, plain = shown(runs), "".join(run.text for run in runs)
        self.cells[row, column] = _lines(said)
        if _lines(said) != _lines(plain):
            self.struck[row, column] = _lines(plain)

    def _runs(self, parent: Tag, *, struck: bool, script: int) -> Iterator[Run]:
        for child in parent.children:
            if isinstance(child, Tag):
                name = child.name.lower()
                if name in _SILENT or self._hidden(child):
                    continue
                apart = Run("\n", False, script) if name in _BLOCKS else None
                if apart is not None:
                    yield apart
                yield from self._runs(
                    child,
                    struck=struck or self._struck(child),
                    script=_RAISED.get(name, 0) or self._script(child) or script,
                )
                if apart is not None and name != "br":
                    yield apart
            elif _is_text(child):
                yield Run(re.sub(r"[ \t\r\n]+", " ", str(child)), struck, script)

    def _style(self, tag: Tag) -> str:
        classes = tag.get("class") or ""
        names = classes.split() if isinstance(classes, str) else list(classes)
        return ";".join([*(self.styles.get(name, "") for name in names), str(tag.get("style", ""))])

    def _hidden(self, tag: Tag) -> bool:
        return tag.has_attr("hidden") or _HIDDEN.search(self._style(tag)) is not None

    def _row_hidden(self, line: Tag) -> bool:
        """Whether a row, or the group it stands in, is not displayed."""
        group = line.parent
        return self._hidden(line) or (group is not None and group is not self.table and self._hidden(group))

    def _struck(self, tag: Tag) -> bool:
        return tag.name.lower() in _STRUCK or _STRUCK_STYLE.search(self._style(tag)) is not None

    def _script(self, tag: Tag) -> int:
        raised = _RAISED_STYLE.search(self._style(tag)) if tag.name not in ("td", "th", "tr") else None
        return 0 if raised is None else _RAISED[raised[1].lower()[:3]]

    def _columns(self) -> set[int]:
        """The columns that a <col> says are not displayed."""
        hidden: set[int] = set()
        column = 0
        for col in self.table.find_all("col"):
            span = _span(col, "span")
            if self._hidden(col) or str(col.get("width", "")).strip() == "0":
                hidden.update(range(column, column + span))
            column += span
        return hidden


def _styles(page: BeautifulSoup) -> dict[str, str]:
    """What the style sheet of a page says of each class, as far as it strikes out, raises or hides."""
    found: dict[str, str] = {}
    for sheet in page.find_all("style"):
        css = re.sub(r"/\*.*?\*/|<!--|-->", "", sheet.get_text(), flags=re.DOTALL)
        for selectors, body in _RULE.findall(css):
            if any(pattern.search(body) for pattern in (_HIDDEN, _STRUCK_STYLE, _RAISED_STYLE)):
                for selector in selectors.split(","):
                    if (named := _CLASS.fullmatch(selector.strip())) is not None:
                        found[named[1]] = f"{found.get(named[1], '')};{body}"
    return found


def _is_text(node: PageElement) -> bool:
    return isinstance(node, NavigableString) and not isinstance(node, PreformattedString)


def _lines(text: str) -> str:
    """A text without the blanks and empty lines that markup leaves."""
    lines = (line.replace("\xa0", " ").strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _span(cell: Tag, name: str) -> int:
    text = str(cell.get(name, "1")).strip()
    return max(1, min(int(text), MOST_SPAN)) if re.fullmatch(r"[0-9]{1,9}", text) else 1
