"""One thing said twice: a quantity with two values, a district on two lines, a count beside the list it counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from wenxiao.evaluation.audit.check import Check
from wenxiao.evaluation.audit.constraint import Constraint
from wenxiao.evaluation.claims import WHOLE
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.funds import STAGES, line_name
from wenxiao.evaluation.years import year_slices, years_of_records
from wenxiao.fields import standard_registry
from wenxiao.model import CellRef, Count, Finding, Given, Quantity, Role, Severity, Table
from wenxiao.model.units import NEIGHBOURHOODS

_COUNT = re.compile(r"(?:共|[（(])?\s*(\d+)\s*个?(?:老旧)?(?:小区|项目|处)")


def _twice(evaluation: Evaluation) -> Iterator[Finding]:
    """A quantity of the head, of one source or of the claims that is printed twice, with values no rounding reconciles."""
    found: dict[tuple[str, str], list[Given]] = defaultdict(list)
    for key, given in _quantities(evaluation):
        found[key].append(given)
    for (place, name), givens in found.items():
        first = givens[0]
        other = next((each for each in givens[1:] if not _agree(first, each)), None)
        if other is None:
            continue
        yield Finding(
            "given-twice",
            Severity.WARNING,
            name,
            f"{place}中{name}有两个数：{first.text}（{_where(first)}）和 {other.text}（{_where(other)}）。",
            printed=first.text,
            recomputed=other.text,
            cells=tuple(cell for each in (first, other) if (cell := each.cell) is not None),
            remedy="核实后统一",
        )


def _where(given: Given) -> str:
    return str(given.cell) if given.cell else ""


def _agree(a: Given, b: Given) -> bool:
    one, two = a.quantity, b.quantity
    if one is None or two is None or one.unit.dimension != two.unit.dimension:
        return True
    return one.interval.meets(two.to(one.unit).interval)


def _quantities(evaluation: Evaluation) -> Iterator[tuple[tuple[str, str], Given]]:
    for table in evaluation.project.of_kind("head"):
        for column in table.columns:
            if column.numeric and column.key and len(table):
                yield ("基本情况", column.label), table.given_in(0, column, column.label)
    for part in year_slices(evaluation.project.of_kind("funds"), standard_registry()):
        table, when = part.table, f"{part.year}年" if part.year else ""
        for stage, label in STAGES.items():
            amounts = table.column(stage)
            for record in table.records() if amounts is not None and not amounts.spans else ():
                name = f"{when}{line_name(table, record)}{label}"
                yield ("资金表", name), table.given(record, stage, name)
    for claim in evaluation.claims:
        name = claim.item if claim.subject == WHOLE else f"{claim.subject}{claim.item}"
        yield ("报告数", f"{name}{claim.basis}"), claim.printed


def _districts(evaluation: Evaluation) -> Iterator[Finding]:
    """A district that stands twice in one table, where each has one line."""
    for table in evaluation.project.of_kind("districts"):
        lines: dict[tuple[str, str], list[CellRef]] = defaultdict(list)
        groups: dict[tuple[str, str], set[str]] = defaultdict(set)
        years = years_of_records(table) or ("",) * len(table)
        for record in table.records():
            cell = table.text_cell(record, "district")
            name = table.text(record, "district")
            if name and cell is not None:
                lines[years[record], name].append(cell)
                groups[years[record], name].add(table.sections[record])
        for (year, name), cells in lines.items():
            if len(cells) < 2:
                continue
            apart = len(groups[year, name]) == len(cells)
            where = f"{table.name}中{name}列了 {len(cells)} 次（{'、'.join(cell.address for cell in cells)}）"
            yield Finding(
                "district-repeats",
                Severity.WARNING if apart else Severity.ERROR,
                f"{table.name}{year}{name}",
                f"{where}，分在各组，没有加总和排名。" if apart else f"{where}，不能排名和比较。",
                printed=f"{len(cells)}次",
                recomputed="1次",
                cells=tuple(cells),
                remedy="合并或更名",
            )


def _listed(evaluation: Evaluation) -> Iterator[Constraint]:
    """The neighbourhoods a district or a heading counts, against those its list names."""
    lists = evaluation.project.of_kind("neighbourhoods")
    by_district: dict[str, list[CellRef]] = defaultdict(list)
    for table in lists:
        for record in table.records():
            cell = table.text_cell(record, "name")
            if cell is not None and table.has("district"):
                by_district[_given_down(table, record)].append(cell)
    for table in evaluation.project.of_kind("districts") if by_district else ():
        for record in table.records() if table.has("neighbourhoods") else ():
            name = table.text(record, "district")
            if name in by_district:
                yield _count(name, table.given(record, "neighbourhoods", f"{name}小区数"), by_district[name])
    for table in lists:
        for record in table.records(Role.SECTION):
            match = _COUNT.search(_text(table, record))
            section = table.sections[record]
            cells = [
                cell
                for r in table.records()
                if table.sections[r] == section and (cell := table.text_cell(r, "name")) is not None
            ]
            if match and cells:
                yield _count(section, _stated(table, record, match), cells)


def _given_down(table: Table, record: int) -> str:
    """The district of a line, a merged cell taken from above."""
    while record > 0 and not table.text(record, "district"):
        record -= 1
    return table.text(record, "district")


def _text(table: Table, record: int) -> str:
    return next((text for column in table.columns if (text := column.text(record))), table.sections[record])


def _stated(table: Table, record: int, match: re.Match[str]) -> Given:
    cell = table.cell(record, table.columns[0])
    return Given("标题所列小区数", Quantity(Decimal(match[1]), NEIGHBOURHOODS, 0, exact=True), cell, match[0])


def _count(name: str, printed: Given, cells: list[CellRef]) -> Constraint:
    return Constraint(
        "listed-count-differs",
        f"{name}小区数",
        printed,
        Count(f"{name}清单所列小区", tuple(cells)),
        f"{name}小区数为 {{printed}}，清单列出 {{recomputed}}。",
        "核对清单和小区数",
        Severity.WARNING,
    )


CHECKS = (
    Check("given-twice", "一数两报", "基本情况、资金表、报告数中同一数只有一个值", find=_twice),
    Check("district-repeats", "县区重名", "同一张表中每个县区只列一次", find=_districts),
    Check(
        "listed-count-differs",
        "所报小区数与清单",
        "县区或清单标题所报小区数与清单所列相符",
        constrain=_listed,
    ),
)
