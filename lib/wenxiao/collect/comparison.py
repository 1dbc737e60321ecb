"""What the versions of a county differ in, cell by cell, and which of them counts (版本比对)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from wenxiao.collect.lists import ListSheet, workbook_of
from wenxiao.collect.merged import Merged
from wenxiao.collect.value import Value
from wenxiao.collect.version import Choice, Version
from wenxiao.model.units import RATIO

CHANGED, ADDED, DROPPED = "改", "增", "删"
_HEADS = (
    "县区", "表", "行", "字段", "变化", "前一版", "前一版的值", "前一版单元格", "后一版", "后一版的值", "后一版单元格", "相差", "采用",
)  # fmt: skip
_VERSIONS = ("县区", "版本", "文件", "收到", "状态", "认定依据", "采用的表", "说明", "sha256", "留存的副本")


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that two versions of a county do not agree in; a side is None where it does not have the cell.

    `counted` is the version that counts for the table, '' while that is open.
    """

    county: str
    table: str
    row: str
    field: str
    before: Value | None
    after: Value | None
    versions: tuple[str, str]
    counted: str

    @property
    def change(self) -> str:
        """改, 增 (only the later has it) or 删 (only the earlier has it)."""
        if self.before is None:
            return ADDED
        return DROPPED if self.after is None else CHANGED

    @property
    def gap(self) -> str:
        """The later figure less the earlier; '' where a side is no figure of the same unit."""
        before, after = self.before, self.after
        if before is None or after is None or before.unit != after.unit:
            return ""
        if before.number is None or after.number is None:
            return ""
        gap = after.number - before.number
        if after.unit == RATIO.symbol:
            return f"{(gap * 100).normalize():+f} 个百分点"
        return f"{gap.normalize():+f}{after.unit}"

    def __str__(self) -> str:
        place = "·".join(part for part in (self.county, self.table, self.row, self.field) if part)
        first, second = (
            f"{version} {_shown(side)}"
            for version, side in zip(self.versions, (self.before, self.after), strict=True)
        )
        return f"{place}：{first} → {second}"


def differences(merged: Merged) -> tuple[Difference, ...]:
    """What each version of a county changes against the one before it, and those that came together against each other."""
    return tuple(
        difference
        for county in merged.counties
        for before, after in _pairs(merged.versions.get(county.name, ()))
        for difference in _between(before, after, merged.choices)
    )


def comparison_workbook(project: str, merged: Merged) -> bytes:
    """All versions and what they differ in (xlsx), the same bytes for the same versions."""
    found = differences(merged)
    rows = [
        (
            each.county, each.table, each.row, each.field, each.change,
            each.versions[0], _text(each.before), _place(each.before),
            each.versions[1], _text(each.after), _place(each.after),
            each.gap, each.counted or "待定",
        )
        for each in found
    ]  # fmt: skip
    said = f"{len(found)} 处不同。采用一栏是计入汇总的版本；待定的在 collect/register.yaml 写明以哪一版为准。"
    return workbook_of(
        f"{project} 版本比对",
        [
            ListSheet(
                "版本比对",
                f"{project} 版本比对 · {merged.form.title}",
                _HEADS,
                rows,
                said,
                strong=frozenset({"待定"}),
            ),
            ListSheet(
                "版本",
                f"{project} 收到的文件 · {merged.form.title}",
                _VERSIONS,
                list(_files(merged)),
                "按收到的先后",
            ),
        ],
    )


def _pairs(versions: Sequence[Version]) -> Iterator[tuple[Version, Version]]:
    """Each version with the one before it; those of one rank with each other."""
    ranks = sorted({version.entry.rank for version in versions})
    by_rank = [[version for version in versions if version.entry.rank == rank] for rank in ranks]
    for at, group in enumerate(by_rank):
        yield from combinations(group, 2)
        if at:
            yield from ((by_rank[at - 1][-1], version) for version in group)


def _between(before: Version, after: Version, choices: Sequence[Choice]) -> Iterator[Difference]:
    """The differences in tables that both fill in; a table that only one of them fills in is no difference of a cell."""
    for key in before.values:
        if key not in after.values:
            continue
        choice = next(
            (each for each in choices if each.county == before.entry.county and each.key == key), None
        )
        counted = choice.version.label if choice is not None and choice.version is not None else ""
        first, second = _by_place(before.values[key]), _by_place(after.values[key])
        for place in dict.fromkeys((*first, *second)):
            one, other = first.get(place), second.get(place)
            if one is not None and other is not None and _same(one, other):
                continue
            shown = other or one
            assert shown is not None
            yield Difference(
                shown.county,
                shown.table,
                shown.row,
                shown.field,
                one,
                other,
                (before.label, after.label),
                counted,
            )


def _by_place(values: Sequence[Value]) -> dict[tuple[str, int, str], Value]:
    """The values by what they are of: row, the how manyth of that name, field. Cells move from version to version."""
    lines: dict[tuple[str, str], dict[int, None]] = {}
    found: dict[tuple[str, int, str], Value] = {}
    for value in values:
        of_name = lines.setdefault((value.sheet, value.row), {})
        of_name.setdefault(value.line)
        number = list(of_name).index(value.line)
        found.setdefault((value.row, number, value.key or value.field), value)
    return found


def _same(one: Value, other: Value) -> bool:
    if one.number is not None and other.number is not None:
        return (one.number, one.unit, one.qualifier) == (other.number, other.unit, other.qualifier)
    return (one.text, one.missing, one.raw.strip()) == (other.text, other.missing, other.raw.strip())


def _text(value: Value | None) -> str:
    if value is None:
        return ""
    if value.number is not None and value.unit == RATIO.symbol:
        return f"{value.qualifier}{(value.number * 100).normalize():f}%"
    return f"{value.qualifier}{value.text}{value.unit}" or value.raw


def _place(value: Value | None) -> str:
    return "" if value is None else f"［{value.sheet}］{value.cell}"


def _shown(value: Value | None) -> str:
    return "没有" if value is None else f"{_text(value)}（{value.file}［{value.sheet}］{value.cell}）"


def _files(merged: Merged) -> Iterator[tuple[str, ...]]:
    for entry in merged.register.entries:
        used = [
            choice.label
            for choice in merged.choices
            if choice.version is not None and choice.version.entry.sha256 == entry.sha256
        ]
        said = merged.register.decision(entry)
        reason = f"人工决定：{said.reason}" if said is not None else entry.reason
        names = "、".join((entry.file, *entry.also))
        yield (
            entry.county, entry.version, names, entry.received.replace("T", " ")[:16], entry.state, entry.named,
            "、".join(used), reason, entry.sha256, entry.kept,
        )  # fmt: skip
