"""The table of counties (分县区情况): a row a county of the roster, its sums over its own rows, 未报送 where nothing came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wenxiao.collect.form import Form, SummaryColumn
from wenxiao.collect.merged_table import EMPTY, MergedCell, MergedTable, added, cell_of, header_of, words
from wenxiao.collect.roster import County
from wenxiao.collect.value import TOTAL, Row, Value, rows_of
from wenxiao.collect.version import Choice
from wenxiao.fields import Registry
from wenxiao.model import Missing, Quantity, unit_named
from wenxiao.model.units import PIECES
from wenxiao.sheets.cells.wording import compact

DISTRICTS = "分县区情况"
_Lines = Sequence[tuple[Row, dict[str, MergedCell]]]


def district_table(
    counties: Sequence[County],
    values: Sequence[Value],
    choices: Sequence[Choice],
    details: Mapping[str, MergedTable],
    form: Form,
    registry: Registry,
) -> MergedTable:
    """A row a county in the roster's order, with the columns that the form names under `districts`.

    A sum is given where every row that has figures has this one; else the county's own 合计 where it gives one; else it is
    left out and the remark says what is missing. Where two versions must still be decided on, it is 无法核实.
    """
    returned = {value.county for value in values}
    open_ = {(choice.county, choice.key): choice for choice in choices if choice.version is None}
    body = []
    for county in counties:
        remarks: dict[str, None] = {}
        cells = []
        for column in form.districts:
            if (county.name, column.kind) in open_:
                cells.append(words(Missing.UNVERIFIABLE.label))
                remarks[f"{open_[county.name, column.kind].label}有两版，待定"] = None
                continue
            if county.name not in returned:
                undecided = any(name == county.name for name, _ in open_)
                cells.append(EMPTY if undecided else words(Missing.NOT_RETURNED.label))
                continue
            cells.append(_cell(county.name, column, values, details, form, registry, remarks))
        mode = words(county.mode)
        body.append((words(county.name), mode, *cells, words("；".join(remarks))))
    headers = [header_of(registry.field(column.field, "districts")) for column in form.districts]
    return MergedTable(
        DISTRICTS, "分县区情况表", ("县区", "评价方式", *headers, "备注"), tuple(body), "districts",
    )  # fmt: skip


def _cell(
    county: str,
    column: SummaryColumn,
    values: Sequence[Value],
    details: Mapping[str, MergedTable],
    form: Form,
    registry: Registry,
    remarks: dict[str, None],
) -> MergedCell:
    detail = details.get(column.kind)
    lines = [line for line in detail.lines if line[0].county == county] if detail else []
    if column.row:
        return _of_row(column, lines, registry, remarks)
    asked = {each.of for each in form.districts if each.kind == column.kind and not each.row}
    given = [(row, cells) for row, cells in lines if any(row.number(key) is not None for key in asked)]
    have = [
        cells[column.of] for _, cells in given if column.of in cells and cells[column.of].figure is not None
    ]
    lacking = [
        row.name
        for row, cells in given
        if cells.get(column.of, EMPTY).figure is None and not _not_applicable(row, column.of)
    ]
    label = registry.field(column.field, "districts").label
    if have and not lacking:
        if any(isinstance(cell.content, str) for cell in have):
            remarks[f"{label}含约数"] = None
        return added(have)
    printed = next(
        (
            row.values[column.of]
            for row in rows_of(values, column.kind)
            if row.county == county and row.role == TOTAL and row.number(column.of) is not None
        ),
        None,
    )
    if printed is not None:
        return cell_of(printed, registry.field(column.field, "districts"))
    if have:
        remarks[f"{label}：{'、'.join(lacking)}未填或单位不同，没有合计"] = None
    return EMPTY


def _of_row(column: SummaryColumn, lines: _Lines, registry: Registry, remarks: dict[str, None]) -> MergedCell:
    """The figure of the row of a name, in the unit of the field; left out with a remark where its unit is another."""
    named = [(row, cells) for row, cells in lines if compact(row.name) == compact(column.row)]
    if len(named) != 1 or column.of not in named[0][0].values:
        if len(named) > 1:
            remarks[f"“{column.row}”有 {len(named)} 行，没有取数"] = None
        return EMPTY
    row, cells = named[0]
    value, field = row.values[column.of], registry.field(column.field, "districts")
    if value.number is None:
        return MergedCell(cells[column.of].content, sources=(value,))
    if field.unit is None or value.unit in ("", field.unit.symbol):
        return added([cells[column.of]])
    unit = unit_named(value.unit)
    if unit is not None and unit.dimension == field.unit.dimension:
        shown = Quantity(value.number, unit, value.places).to(field.unit)
        return MergedCell(shown.value, shown.value, max(0, shown.places), sources=(value,))
    if unit == PIECES and field.unit.counts:
        return added([cells[column.of]])
    remarks[f"“{column.row}”的单位是{value.unit}，不是{field.unit.symbol}，没有取数"] = None
    return EMPTY


def _not_applicable(row: Row, key: str) -> bool:
    value = row.values.get(key)
    return value is not None and value.missing == Missing.NOT_APPLICABLE.label
