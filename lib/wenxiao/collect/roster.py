"""The roster (名册): the counties that are asked, with whom to ring up and how each is evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from wenxiao.fields import Registry
from wenxiao.model import CellRef, Problem, ProjectError, SheetError, Table
from wenxiao.sheets import read_workbook

MODES = ("现场", "非现场")
_WANTED = "名册是一张表，列：县区、填报单位、联系人、联系电话、评价方式（现场/非现场）"
_COLUMNS = {
    "unit": ("填报单位", "单位", "责任单位", "主管部门", "报送单位"),
    "contact": ("联系人", "填表人", "负责人"),
    "phone": ("联系电话", "电话", "手机"),
}


@dataclass(frozen=True, slots=True)
class County:
    """One line of the roster: the county (县区, or 镇、街道), who fills in, whom to ring up, 现场 or 非现场; '' where not given."""

    name: str
    unit: str = ""
    contact: str = ""
    phone: str = ""
    mode: str = ""


def read_roster(path: Path, registry: Registry) -> tuple[County, ...]:
    """The counties of a roster in its order, read as any sheet is; ProjectError with all that is wrong in it."""
    if not path.is_file():
        raise ProjectError(
            Problem(
                "没有名册",
                file=f"collect/{path.name}",
                rule=_WANTED,
                remedy="把名册存为 collect/名册.xlsx 或 collect/roster.csv",
            )
        )
    try:
        tables = read_workbook(path, registry).tables
    except SheetError as error:
        raise ProjectError(
            [replace(problem, rule=problem.rule or _WANTED) for problem in error.problems]
        ) from error
    table = next((each for each in tables if each.has("district") and each.kind == "districts"), None)
    if table is None:
        found = "、".join(column.label for each in tables for column in each.columns if column.label)
        raise ProjectError(
            Problem(
                "名册里没有“县区”一列",
                file=path.name,
                value=found[:80],
                rule=_WANTED,
                remedy="补上表头“县区”",
            )
        )
    counties, problems = [], []
    first: dict[str, CellRef] = {}
    for record in table.records():
        cell = table.text_cell(record, "district")
        assert cell is not None
        county = _county(table, record)
        if not county.name:
            problems.append(Problem.at(cell, "这一行没有写县区", remedy="填上县区，或删去这一行"))
        elif county.name in first:
            said = f"县区列了两次，另一处在 {first[county.name].address}"
            problems.append(Problem.at(cell, said, value=county.name, remedy="删去一处"))
        if county.mode and county.mode not in MODES:
            at = table.text_cell(record, "evaluation_mode") or cell
            said = f"{county.name}的评价方式不对"
            problems.append(
                Problem.at(at, said, value=county.mode, rule="现场或非现场", remedy="改正，或留空")
            )
        first.setdefault(county.name, cell)
        counties.append(county)
    if not counties:
        problems.append(Problem("名册里一个县区也没有", file=path.name, remedy="每行写一个县区"))
    if problems:
        raise ProjectError(problems)
    return tuple(counties)


def _county(table: Table, record: int) -> County:
    said = {name: _text(table, record, labels) for name, labels in _COLUMNS.items()}
    name = table.text(record, "district").strip()
    return County(name, mode=table.text(record, "evaluation_mode").strip(), **said)


def _text(table: Table, record: int, labels: tuple[str, ...]) -> str:
    """The text, or the number as it was typed (a telephone), below the first of these headers that is there."""
    return next((text for label in labels for text in _below(table, record, label)), "")


def _below(table: Table, record: int, label: str) -> Iterator[str]:
    for column in table.columns:
        if "".join(column.label.split()) == label:
            cell = table.cell(record, column)
            raw = table.raw(cell.row, cell.column)
            if raw is not None:
                whole = isinstance(raw, float) and raw.is_integer()
                yield str(int(raw) if isinstance(raw, float) and whole else raw).strip()
