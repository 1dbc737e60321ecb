"""What a county is to be asked about: its returned tables held against each other, cell by cell, before they are merged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wenxiao.collect.form import FormSheet
from wenxiao.collect.merged import Merged
from wenxiao.evaluation import evaluate
from wenxiao.evaluation.audit.culprit import findings_of
from wenxiao.evaluation.audit.sums import sums_in
from wenxiao.fields import Registry, standard_registry
from wenxiao.model import CellRef, Finding, Given, Measure, Severity, Table, by_severity, interval_of, total
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
    against the rules of the form: a blank adds nothing to a 合计, what must not be above something is not,
    what sums to a whole does. The cells are those of the returned files.
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
        seen = {
            finding.cells[0]
            for finding in audited
            if finding.cells and finding.code in ("total-differs", "subtotal-differs")
        }
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
    for small, large in sheet.bounds:
        yield from _above(table, small, large)


def _totals(table: Table, sheet: FormSheet) -> Iterator[Finding]:
    """The totals of a sheet that has them, whose blanks add nothing."""
    sums = sums_in(table, blank_is_nothing=True) if sheet.total else ()
    yield from findings_of(one for one in sums if one.printed_at[1].key not in sheet.not_added)


def _whole(table: Table, key: str, whole: int) -> Iterator[Finding]:
    column = table.column(key)
    if column is None or column.numbers is None:
        return
    parts = [given for record in table.records() if (given := table.given_in(record, column)).quantity]
    room = interval_of(total(parts)) if parts else None
    if room is not None and not room.holds(whole):
        added = Measure(
            "", "", total(parts), column.unit, max(g.quantity.places for g in parts if g.quantity)
        )
        yield Finding(
            "form-sum-not-whole",
            Severity.ERROR,
            f"{table.name}{column.label}",
            f"{table.name}的“{column.label}”合计为 {added.text_with_unit}，应为 {whole}。",
            printed=added.text_with_unit,
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


def _cells(*given: Given) -> tuple[CellRef, ...]:
    return tuple(each.cell for each in given if each.cell is not None)
