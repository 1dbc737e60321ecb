"""What cannot be: dates out of order, parts of a household, areas below nothing, a unit that is not the item's."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pyarrow.compute as pc

from wenxiao.evaluation.audit.check import Check, cells_of
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.robustness.integers import unscaled
from wenxiao.fields.periods import days_in
from wenxiao.fields.relations import standard_relations
from wenxiao.model import CellRef, Column, Finding, Severity, Table, shown
from wenxiao.model.units import SQUARE_METRE

_ORDER = (
    ("applied_on", "approved_on"),
    ("start_date", "planned_completion"),
    ("data_as_of", "report_date"),
)
"""Each first date is not after the second."""

_PER_HOUSEHOLD = (Fraction(5), Fraction(1000))
"""Square metres of building a household can have; beyond, one of the two stands in another unit (㎡ for 万㎡)."""
_NAMED = 4


def _dates(evaluation: Evaluation) -> Iterator[Finding]:
    """Dates of one head or one line of funds that are out of order, whatever day an open month or year stands for."""
    tables = (*evaluation.project.of_kind("head"), *evaluation.project.of_kind("funds"))
    for table in tables:
        for before, after in _ORDER:
            first, second = table.column(before), table.column(after)
            for record in range(len(table)) if first and second else ():
                assert first is not None
                assert second is not None
                texts = first.text(record), second.text(record)
                early, late = days_in(texts[0]), days_in(texts[1])
                if early and late and early[0] > late[1]:
                    yield Finding(
                        "dates-out-of-order",
                        Severity.WARNING,
                        f"{first.label}与{second.label}",
                        f"{first.label}“{texts[0]}”晚于{second.label}“{texts[1]}”。",
                        printed=texts[0],
                        recomputed=f"不晚于{texts[1]}",
                        cells=(table.cell(record, first), table.cell(record, second)),
                        remedy="核实两个日期",
                    )


def _figures(evaluation: Evaluation) -> Iterator[Finding]:
    """Counts that are no whole numbers, and amounts below nothing that cannot be."""
    for table in evaluation.project.tables:
        for column in table.columns:
            if column.numbers is None or not len(table) or column.row_units:
                continue
            present = column.missing == 0
            values = unscaled(column.numbers)
            if column.unit.counts:
                broken = present & (values % 10**column.numbers.type.scale != 0)
                yield from _impossible(table, column, broken, "count-not-whole", "不是整数")
            if not column.unit.below_nothing and column.key not in ("deduction", "deviation"):
                below = np.asarray(pc.fill_null(pc.less(column.numbers, 0), False)) & present
                yield from _impossible(table, column, below, "below-nothing", "小于 0")


def _impossible(table: Table, column: Column, where: np.ndarray, code: str, what: str) -> Iterator[Finding]:
    records = np.flatnonzero(where).tolist()
    if not records:
        return
    cells = tuple(table.cell(record, column) for record in records)
    first = table.given_in(records[0], column)
    listed = "、".join(cell.address for cell in cells[:_NAMED]) + ("等" if len(cells) > _NAMED else "")
    yield Finding(
        code,
        Severity.ERROR,
        f"{table.name}{column.label}",
        f"{table.name}的“{column.label}”有 {len(cells)} 个数{what}（{listed}，如 {first.text}）。",
        printed=first.text,
        recomputed="整数" if code == "count-not-whole" else "≥0",
        cells=cells,
        remedy="核对数值和单位",
    )


def _areas(evaluation: Evaluation) -> Iterator[Finding]:
    """Area per household that no building has: one of the two is in another unit."""
    for table in evaluation.project.tables:
        area, households = table.column("area"), table.column("households")
        if area is None or households is None or area.numbers is None or households.numbers is None:
            continue
        for record in table.records():
            of, people = area.number(record), households.number(record)
            if not of or not people:
                continue
            metres = Fraction(of) * Fraction(area.unit_of(record).factor_to(SQUARE_METRE))
            each = metres / Fraction(people)
            if not _PER_HOUSEHOLD[0] <= each <= _PER_HOUSEHOLD[1]:
                given = table.given_in(record, area), table.given_in(record, households)
                yield Finding(
                    "unit-implausible",
                    Severity.WARNING,
                    f"{table.name}{area.label}",
                    f"{given[0].text}合 {given[1].text}，平均每户 {shown(each, 2)} 平方米，面积或户数的单位可能有误。",
                    printed=given[0].text,
                    recomputed=f"每户{shown(_PER_HOUSEHOLD[0], 0)}—{shown(_PER_HOUSEHOLD[1], 0)}㎡",
                    cells=cells_of(*given),
                    remedy="核对面积的单位（㎡、万㎡）和户数",
                )


def _items(evaluation: Evaluation) -> Iterator[Finding]:
    """An output whose unit measures something else than what it names."""
    known_counts = [each for each in standard_relations().counted if each.field]
    for output in evaluation.outputs:
        asked = next((each.field for each in known_counts if output.item.endswith(each.words)), None)
        for given in (output.planned, output.actual):
            quantity = given.quantity
            known = (
                {"pieces", "number", asked} if asked in ("neighbourhoods", "buildings") else {"number", asked}
            )
            if asked is None or quantity is None or quantity.unit.dimension in known:
                continue
            yield Finding(
                "unit-of-another-kind",
                Severity.WARNING,
                output.item,
                f"{output.item}的单位是“{quantity.unit.symbol}”，与所指的事项不符。",
                printed=given.text,
                recomputed=output.item,
                cells=_cells(given.cell),
                remedy="改正单位",
            )
            break


def _cells(*cells: CellRef | None) -> tuple[CellRef, ...]:
    return tuple(cell for cell in cells if cell is not None)


CHECKS = (
    Check(
        "dates-out-of-order",
        "日期先后",
        "申请不晚于批复，开工不晚于完工，数据截至不晚于报告日期",
        find=_dates,
    ),
    Check(
        "count-not-whole",
        "不可能的数",
        "户、栋、小区、人等计数为整数；面积、得分等不小于 0",
        find=_figures,
        also=("below-nothing",),
    ),
    Check(
        "unit-implausible", "每户面积", "面积÷户数在每户 5 至 1000 平方米之间，否则单位可能有误", find=_areas
    ),
    Check("unit-of-another-kind", "产出的单位", "户数、面积、楼栋、小区以各自的单位计量", find=_items),
)
