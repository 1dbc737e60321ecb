"""Who has returned what and who is to be asked again (催报表)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenxiao.collect.checking import Query, queries_of
from wenxiao.collect.collection import Collection
from wenxiao.collect.identity import counties_in
from wenxiao.collect.lists import ListSheet, workbook_of
from wenxiao.collect.merged import Merged, read_collection
from wenxiao.collect.register import READ, TO_TYPE, UNDECIDED
from wenxiao.collect.roster import County
from wenxiao.fields import Registry

RETURNED, PARTLY, OPEN, OUTSTANDING = "已收", "不全", "待定", "未收"
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
    "已填",
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
        return self.merged.headline


def status(collection: Collection, registry: Registry | None = None) -> Status:
    """Where a collection stands now, as it was received; nothing is written. Raises as `read_collection`."""
    return status_of(read_collection(collection, registry), registry)


def write_chase_list(collection: Collection, now: Status) -> None:
    """Writes the status to 催报表.xlsx."""
    with collection.alone():
        collection.write(collection.chase_list, chase_list(collection.name, now))


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
    title = f"{project} 催报表 · {now.merged.form.title}"
    below = [
        f"{what}：{name}"
        for what, names in (
            ("不知道是哪个县区的文件", now.nobody),
            ("待录入的文件（扫描件、PDF、.doc）", now.to_type),
            ("读不出来的文件", now.unread),
        )
        for name in names
    ]
    rows = [_texts(number, line) for number, line in enumerate(now.lines, start=1)]
    strong = frozenset({PARTLY, OPEN, OUTSTANDING})
    sheets = [ListSheet("催报表", title, _HEADS, rows, f"{now.headline}。", below, strong)]
    if now.queries:
        said = f"需要县区核实 {len(now.queries)} 处。单元格是县区报回的文件里的。"
        title = f"{project} 核对 · {now.merged.form.title}"
        sheets.append(ListSheet("核对", title, _ASKED, _queries(now.queries), said))
    return workbook_of(f"{project} 催报表", sheets)


def _queries(queries: Sequence[Query]) -> list[tuple[str, ...]]:
    """What counties are asked about, a line each, with the cell of their own file and room for the answer."""
    rows: list[tuple[str, ...]] = []
    for number, query in enumerate(queries, start=1):
        finding = query.finding
        cell = finding.cells[0] if finding.cells else None
        at = (cell.file, cell.sheet, cell.address) if cell else ("", "", "")
        rows.append(
            (str(number), query.county, finding.severity.label, *at, finding.message, finding.remedy, "")
        )
    return rows


def _texts(number: int, line: CountyStatus) -> Sequence[str]:
    county, asked = line.county, len(line.filled) + len(line.lacking)
    return (
        str(number), county.name, county.unit, county.contact, county.phone, county.mode, line.state,
        "、".join(line.versions), line.received.replace("T", " ")[:16], f"{len(line.filled)}/{asked} 张", "、".join(line.lacking) if line.versions else "全部", line.todo,
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
        todo.append(_instead(county, merged) or "催报")
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


def _instead(county: County, merged: Merged) -> str:
    """What is to be done first where a county has sent something that is no return yet: a scan, a file that is nobody's."""
    names = tuple(each.name for each in merged.counties)
    own = [
        entry
        for entry in merged.register.entries
        if county.name in counties_in(f"{entry.file}\0{entry.reason}", names)
    ]
    nobody = [entry.file for entry in own if entry.state == UNDECIDED]
    scans = [entry.file for entry in own if entry.state == TO_TYPE]
    if nobody:
        return f"先认定 {'、'.join(nobody)} 是不是它的"
    return f"只有待录入的 {'、'.join(scans)}，请报可以读的表" if scans else ""
