"""What was taken for what in a file, as plain data: for `wenxiao check`, for programs, for the picture of a sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wenxiao.model import Column, Finding, Missing, Role, Severity, SheetError, Table, column_letters
from wenxiao.sheets.reading import Reading, read_workbook

if TYPE_CHECKING:
    from wenxiao.fields import Registry

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".htm", ".html"})


def account_of(
    reading: Reading, registry: Registry, findings: Sequence[Finding] | None = None
) -> dict[str, Any]:
    """All that was read from a file and decided on the way, as data that JSON can hold.

    `findings` are those of an evaluation of the file; without them, those of its reading.
    """
    return {
        "file": reading.file,
        "container": reading.container.value,
        "sha256": reading.sha256,
        "decisions": [
            {
                "sheet": one.sheet,
                "about": one.about,
                "choice": one.choice,
                "why": one.why,
                "override": one.override,
            }
            for one in reading.decisions
        ],
        "tables": [_table(table, registry) for table in reading.tables],
        "unused": [
            {
                "sheet": one.first.sheet,
                "range": one.address,
                "count": one.count,
                "reason": one.reason.value,
                "about": one.about,
            }
            for one in reading.unused
        ],
        "findings": [_finding(one) for one in (reading.findings if findings is None else findings)],
    }


@dataclass(frozen=True, slots=True)
class FileLine:
    """One line of the survey of a folder: a file, its kinds of table, how many findings of each weight, or why not read."""

    file: str
    container: str = ""
    kinds: tuple[str, ...] = ()
    records: int = 0
    errors: int = 0
    warnings: int = 0
    hints: int = 0
    refused: str = ""


def survey(
    folder: Path, registry: Registry, findings_of: Callable[[Reading], Sequence[Finding]] | None = None
) -> Iterator[FileLine]:
    """A line for each workbook below a folder, by name; one that cannot be read says why.

    `findings_of` gives the findings to count, of an evaluation of each file; without it, those of its reading.
    """
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in SUFFIXES or path.name.startswith(("~$", ".")) or not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        try:
            reading = read_workbook(path, registry, name=name)
        except SheetError as error:
            yield FileLine(name, refused="；".join(problem.what for problem in error.problems))
            continue
        findings = reading.findings if findings_of is None else findings_of(reading)
        weights = Counter(finding.severity for finding in findings)
        yield FileLine(
            name,
            reading.container.value,
            tuple(registry.kind(table.kind).label for table in reading.tables),
            sum(len(table) for table in reading.tables),
            weights[Severity.ERROR],
            weights[Severity.WARNING],
            weights[Severity.HINT],
        )


def _table(table: Table, registry: Registry) -> dict[str, Any]:
    origin = table.origin
    roles = Counter(Role(int(role)).label for role in table.roles)
    return {
        "sheet": origin.sheet,
        "range": str(origin).rpartition("］")[2],
        "kind": table.kind,
        "kind_label": registry.kind(table.kind).label,
        "title": table.title,
        "unit": None if table.unit is None else table.unit.symbol,
        "header_rows": list(table.header) if table.header[0] <= table.header[1] else None,
        "transposed": table.transposed,
        "records": len(table),
        "roles": dict(sorted(roles.items())),
        "lines": {
            str(int(line)): Role(int(role)).label
            for line, role in zip(table.lines, table.roles, strict=True)
            if role != Role.DATA
        },
        "sections": list(dict.fromkeys(section for section in table.sections if section)),
        "columns": [_column(column, table, registry) for column in table.columns],
        "notes": list(table.notes),
    }


def _column(column: Column, table: Table, registry: Registry) -> dict[str, Any]:
    missing = Counter(Missing(int(code)).label for code in column.missing if code)
    return {
        "place": str(column.position) if table.transposed else column_letters(column.position),
        "header": column.label,
        "path": list(column.path),
        "field": column.key,
        "field_label": None if column.key is None else registry.field(column.key, table.kind).label,
        "numeric": column.numeric,
        "unit": column.unit.symbol,
        "printed_unit": None if column.printed_unit is None else column.printed_unit.symbol,
        "values": int((column.missing == 0).sum()),
        "missing": dict(sorted(missing.items())),
        "precision_inferred": int(column.inferred.sum()),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.label,
        "subject": finding.subject,
        "message": finding.message,
        "printed": finding.printed,
        "recomputed": finding.recomputed,
        "cells": [{"sheet": cell.sheet, "cell": cell.address} for cell in finding.cells],
        "remedy": finding.remedy,
    }
