"""What a county is to be asked about: its returned tables held against each other, cell by cell, before they are merged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from wenxiao.collect.form import FormSheet
from wenxiao.collect.merged import Merged
from wenxiao.evaluation import evaluate
from wenxiao.fields import Registry, standard_registry
from wenxiao.model import CellRef, Column, Finding, Given, Interval, Role, Severity, Table, by_severity
from wenxiao.project import Project
from wenxiao.project.profile import load_profile


@dataclass(frozen=True, slots=True)
class Query:
    """Something a county is to be asked about: a finding on the file that it returned."""

    county: str
    finding: Finding


def queries_of(merged: Merged, registry: Registry | None = None) -> tuple[Query, ...]:
    """What each county is to be asked about, in the roster's order, the gravest first.

    The tables that count are audited as a project of their own, by the same checks as any project; besides, they are held
    against the rules of the form: the 合计 of a sheet is the sum of its rows (an empty row adds nothing), what must not be
    above something is not, what sums to a whole does. The cells are those of the returned files.
    """
    known = standard_registry() if registry is None else registry
    rules = load_profile("national")
    found: list[Query] = []
    for county in merged.counties:
        chosen = [
            (choice.key, choice.version)
            for choice in merged.choices
            if choice.county == county.name and choice.version is not None
        ]
        tables = tuple(table for key, version in chosen for table in version.tables[key])
        if not tables:
            continue
        readings = {id(version.reading): version.reading for _, version in chosen}.values()
        cells = {(table.origin.file, table.origin.sheet) for table in tables}
        read = tuple(
            finding
            for reading in readings
            for finding in reading.findings
            if not finding.cells or (finding.cells[0].file, finding.cells[0].sheet) in cells
        )
        audited = evaluate(Project(county.name, tables, (), read), rules, known).findings
        seen = {finding.cells[0] for finding in audited if finding.cells and finding.code == "total-differs"}
        by_form = [
            finding
            for key, version in chosen
            if (sheet := merged.form.by_kind.get(key)) is not None
            for table in version.tables[key]
            for finding in _by_form(table, sheet)
            if finding.cells[0] not in seen
        ]
        findings = by_severity([each for each in audited if each.severity != Severity.HINT] + by_form)
        found += [Query(county.name, finding) for finding in findings]
    return tuple(found)


def _by_form(table: Table, sheet: FormSheet) -> Iterator[Finding]:
    """A table against the rules that its sheet of the form states."""
    yield from _totals(table, sheet)
    for key, whole in sheet.sums_to.items():
        yield from _whole(table, key, whole)
    for small, large in sheet.not_above:
        yield from _above(table, small, large)


def _totals(table: Table, sheet: FormSheet) -> Iterator[Finding]:
    totals = list(table.records(Role.TOTAL)) if sheet.total else []
    for key in sheet.fields if len(totals) == 1 else ():
        column = table.column(key)
        if column is None or column.numbers is None or key in sheet.not_added or column.row_units:
            continue
        printed = table.given_in(totals[0], column)
        parts = [given for record in table.records() if (given := table.given_in(record, column)).quantity]
        if printed.quantity is None or not parts or _sum(parts).meets(printed.quantity.interval):
            continue
        added = _added(parts)
        yield Finding(
            "form-total-differs",
            Severity.ERROR,
            f"{table.name}合计{column.label}",
            f"{table.name}的合计行“{column.label}”为 {printed.text}，各行之和为 {_text(added, column, printed)}，"
            f"相差 {_text(abs(added - printed.quantity.value), column, printed)}。",
            printed=printed.text,
            recomputed=_text(added, column, printed),
            cells=_cells(printed, *parts),
            remedy="核对各行和合计，改正后补报",
        )


def _whole(table: Table, key: str, whole: int) -> Iterator[Finding]:
    column = table.column(key)
    if column is None or column.numbers is None:
        return
    parts = [given for record in table.records() if (given := table.given_in(record, column)).quantity]
    if parts and not _sum(parts).holds(whole):
        yield Finding(
            "form-sum-not-whole",
            Severity.ERROR,
            f"{table.name}{column.label}",
            f"{table.name}的“{column.label}”合计为 {_text(_added(parts), column, parts[0])}，应为 {whole}。",
            printed=_text(_added(parts), column, parts[0]),
            recomputed=str(whole),
            cells=_cells(*parts),
            remedy="核对各行，改正后补报",
        )


def _above(table: Table, small: str, large: str) -> Iterator[Finding]:
    """A figure above what it must not be above; a row that has a 备注 has explained itself, and a person reads it."""
    low, high, note = table.column(small), table.column(large), table.column("note")
    if low is None or high is None or low.numbers is None or high.numbers is None:
        return
    for record in table.records():
        one, other = table.given_in(record, low), table.given_in(record, high)
        if one.quantity is None or other.quantity is None or one.quantity.unit != other.quantity.unit:
            continue
        bottom, top = one.quantity.interval.low, other.quantity.interval.high
        if bottom is None or top is None or bottom <= top:
            continue
        said = note.text(record).strip() if note is not None else ""
        name = next((text for column in table.columns if (text := column.text(record))), "")
        yield Finding(
            "form-above",
            Severity.HINT if said else Severity.WARNING,
            f"{table.name}{name}",
            f"{name}的“{low.label}”{one.text}大于“{high.label}”{other.text}，"
            + (f"备注写明“{said[:40]}”。" if said else "备注没有说明。"),
            printed=one.text,
            recomputed=f"≤{other.text}",
            cells=_cells(one, other),
            remedy="核实备注所说的原因" if said else "核对两个数；属实的在备注写明原因，写错的改正后补报",
        )


def _sum(parts: list[Given]) -> Interval:
    """What the sum of printed figures can stand for."""
    intervals = [part.quantity.interval for part in parts if part.quantity is not None]
    lows = [each.low for each in intervals if each.low is not None]
    highs = [each.high for each in intervals if each.high is not None]
    return Interval(sum(lows, Fraction(0)), sum(highs, Fraction(0)))


def _added(parts: list[Given]) -> Decimal:
    return sum((part.quantity.value for part in parts if part.quantity is not None), Decimal(0))


def _text(number: Decimal, column: Column, like: Given) -> str:
    """A number as the figures of its column are printed."""
    assert like.quantity is not None
    places = max(like.quantity.places, -int(number.normalize().as_tuple().exponent), 0)
    return f"{number:,.{places}f}{column.unit.symbol}"


def _cells(*given: Given) -> tuple[CellRef, ...]:
    return tuple(each.cell for each in given if each.cell is not None)
