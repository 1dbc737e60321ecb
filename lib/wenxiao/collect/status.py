"""Who has returned what and who is to be asked again (催报表)."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wenxiao.collect.checking import Query, queries_of
from wenxiao.collect.collection import Collection, keep
from wenxiao.collect.merging import Merged, read_collection
from wenxiao.collect.register import READ, TO_TYPE, UNDECIDED
from wenxiao.collect.roster import County
from wenxiao.fields import Registry

RETURNED, PARTLY, OPEN, TO_BE_TYPED, OUTSTANDING = "已收", "不全", "待定", "待录入", "未收"
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook has no time zone; the same state gives the same bytes
_HEADS = (
    "序号",
    "县区",
    "填报单位",
    "联系人",
    "联系电话",
    "评价方式",
    "状态",
    "版本",
    "最近收到",
    "已填的表",
    "没有填的表",
    "要办的事",
)


_ASKED = ("序号", "县区", "程度", "文件", "工作表", "单元格", "说明", "请办理", "县区答复")


@dataclass(frozen=True, slots=True)
class CountyStatus:
    """Where a county stands: 已收, 不全 (tables of the form are not filled in), 待定 (a person must decide), 未收.

    `versions` of it in the order they came; `filled` and `lacking` tables of the form; `todo` what is to be done.
    """

    county: County
    state: str
    versions: tuple[str, ...]
    received: str
    filled: tuple[str, ...]
    lacking: tuple[str, ...]
    todo: str


@dataclass(frozen=True, eq=False)
class Status:
    """Where a collection stands: a line a county in the roster's order; files that are nobody's yet or must be typed in.

    `queries` are what counties are to be asked about what they returned.
    """

    lines: tuple[CountyStatus, ...]
    merged: Merged
    nobody: tuple[str, ...]
    to_type: tuple[str, ...]
    unread: tuple[str, ...]
    queries: tuple[Query, ...] = ()

    @property
    def headline(self) -> str:
        """已收 11/12，缺平邑县."""
        missing = [line.county.name for line in self.lines if line.state == OUTSTANDING]
        said = f"已收 {len(self.lines) - len(missing)}/{len(self.lines)}"
        return f"{said}，缺{'、'.join(missing)}" if missing else f"{said}，已收齐"


def status(collection: Collection, registry: Registry | None = None) -> Status:
    """Where a collection stands now, as it was received; nothing is written. Raises as `read_collection`."""
    return status_of(read_collection(collection, registry), registry)


def write_chase_list(collection: Collection, now: Status) -> None:
    """Nothing; 催报表.xlsx holds the status."""
    with collection.alone():
        keep(collection.chase_list, chase_list(collection.name, now))


def status_of(merged: Merged, registry: Registry | None = None) -> Status:
    """Where a collection stands, of what was read of it."""
    queries = queries_of(merged, registry)
    register = merged.register
    refused = {
        entry.sha256 for entry in register.entries if (said := register.decision(entry)) and said.ignore
    }
    files = [entry for entry in register.entries if entry.sha256 not in refused]
    return Status(
        tuple(_line(county, merged, queries) for county in merged.counties),
        merged,
        tuple(entry.file for entry in files if entry.state == UNDECIDED),
        tuple(entry.file for entry in files if entry.state == TO_TYPE),
        tuple(entry.file for entry in files if entry.state not in (READ, UNDECIDED, TO_TYPE)),
        queries,
    )


def chase_list(project: str, now: Status) -> bytes:
    """The status as a workbook (xlsx), the same bytes for the same state."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(
        held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": f"{project} 催报表", "created": _CREATED})
        page = book.add_worksheet("催报表")
        cell = {
            "font_size": 11,
            "valign": "vcenter",
            "border": 1,
            "border_color": "#D0D7DE",
            "text_wrap": True,
        }
        plain, strong = book.add_format(cell), book.add_format({**cell, "bold": True})
        header = book.add_format({**cell, "bold": True, "bg_color": "#F0F2F5", "align": "center"})
        page.write_string(
            0,
            0,
            f"{project} 催报表 · {now.merged.form.title}",
            book.add_format({"bold": True, "font_size": 14}),
        )
        page.write_string(1, 0, f"{now.headline}。", book.add_format({"font_size": 11}))
        for column, (head, width) in enumerate(
            zip(_HEADS, (6, 14, 22, 10, 15, 10, 8, 14, 18, 26, 26, 44), strict=True)
        ):
            page.write_string(2, column, head, header)
            page.set_column(column, column, width)
        for number, line in enumerate(now.lines, start=1):
            for column, text in enumerate(_texts(number, line)):
                page.write_string(
                    2 + number, column, text, strong if column == 6 and line.state != RETURNED else plain
                )
        below = 4 + len(now.lines)
        for what, names in (
            ("不知道是哪个县区的文件", now.nobody),
            ("待录入的文件（扫描件、PDF、.doc）", now.to_type),
            ("读不出来的文件", now.unread),
        ):
            for name in names:
                page.write_string(below, 0, f"{what}：{name}", book.add_format({"font_size": 11}))
                below += 1
        _printed(page)
        if now.queries:
            title = f"{project} 核对 · {now.merged.form.title}"
            _asked(book.add_worksheet("核对"), title, now.queries, book, (plain, header))
    return held.getvalue()


def _asked(
    page: Worksheet,
    title: str,
    queries: Sequence[Query],
    book: xlsxwriter.Workbook,
    styles: tuple[Format, Format],
) -> None:
    """The sheet of what counties are asked about, a line each, with the cell of their own file and room for the answer."""
    plain, header = styles
    page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    page.write_string(1, 0, f"需要县区核实 {len(queries)} 处。单元格是县区报回的文件里的。")
    for column, (head, width) in enumerate(zip(_ASKED, (6, 12, 8, 34, 14, 10, 52, 30, 30), strict=True)):
        page.write_string(2, column, head, header)
        page.set_column(column, column, width)
    for number, query in enumerate(queries, start=1):
        finding = query.finding
        cell = finding.cells[0] if finding.cells else None
        at = (cell.file, cell.sheet, cell.address) if cell else ("", "", "")
        texts = (str(number), query.county, finding.severity.label, *at, finding.message, finding.remedy, "")
        for column, text in enumerate(texts):
            page.write_string(2 + number, column, text, plain)
    _printed(page)


def _printed(page: Worksheet) -> None:
    """Heads that stay, and a page wide on paper."""
    page.freeze_panes(3, 2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(2)


def _texts(number: int, line: CountyStatus) -> Sequence[str]:
    county = line.county
    return (
        str(number), county.name, county.unit, county.contact, county.phone, county.mode, line.state,
        "、".join(line.versions), line.received.replace("T", " ")[:16], "、".join(line.filled), "、".join(line.lacking), line.todo,
    )  # fmt: skip


def _line(county: County, merged: Merged, queries: Sequence[Query]) -> CountyStatus:
    versions = merged.versions.get(county.name, [])
    labels = {sheet.kind: sheet.sheet for sheet in merged.form.sheets}
    choices = [choice for choice in merged.choices if choice.county == county.name]
    filled = tuple(labels[choice.key] for choice in choices if choice.key in labels)
    lacking = tuple(label for label in labels.values() if label not in filled)
    conflicts = [choice for choice in choices if choice.version is None]
    todo = [f"{choice.label}：{choice.reason}，在 register.yaml 写明以哪一版为准" for choice in conflicts]
    if not versions:
        state = OUTSTANDING
        todo.append("催报")
    elif conflicts:
        state = OPEN
    else:
        state = PARTLY if lacking else RETURNED
    if versions and lacking:
        todo.append(f"补报或说明没有：{'、'.join(lacking)}")
    if asked := sum(query.county == county.name for query in queries):
        todo.append(f"核实 {asked} 处（见“核对”表）")
    last = max((version.entry.received for version in versions), default="")
    return CountyStatus(
        county, state, tuple(version.label for version in versions), last, filled, lacking, "；".join(todo)
    )
