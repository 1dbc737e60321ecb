"""Which version of a county's table counts: the latest that fills it in, unless a person decided; a conflict is left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wenxiao.collect.collection import Collection
from wenxiao.collect.form import Form
from wenxiao.collect.register import READ, Entry, Register
from wenxiao.collect.roster import County
from wenxiao.collect.sending import TemplateText, template_text
from wenxiao.collect.value import Value, values_of
from wenxiao.fields import Registry
from wenxiao.model import CellRef, Problem, ProjectError, SheetError, Table
from wenxiao.sheets import Grid, Reading, read_bytes

OTHER = "other"


@dataclass(frozen=True, eq=False)
class Version:
    """A returned file of a county as it is kept: its entry, what was read, its values by table (`table_key`)."""

    entry: Entry
    data: bytes = field(repr=False)
    reading: Reading
    values: dict[str, tuple[Value, ...]] = field(repr=False)

    @property
    def label(self) -> str:
        """What it is called: v1, v2-补报."""
        return self.entry.version

    @property
    def tables(self) -> dict[str, list[Table]]:
        """Its tables by key, those that nobody filled in too."""
        found: dict[str, list[Table]] = {}
        for table in self.reading.tables:
            found.setdefault(table_key(table), []).append(table)
        return found


@dataclass(frozen=True, eq=False)
class Choice:
    """Which version of a county's table counts; `version` None where versions came together and a person must decide."""

    county: str
    key: str
    label: str
    version: Version | None
    rivals: tuple[Version, ...]
    reason: str


def table_key(table: Table) -> str:
    """What a table is compared by from version to version: its kind; of an unknown kind, its sheet as well."""
    return table.kind if table.kind != OTHER else f"{OTHER}/{table.origin.sheet}"


def versions_of(
    collection: Collection, register: Register, counties: Iterable[County], form: Form, registry: Registry
) -> dict[str, list[Version]]:
    """The versions of each county by rank, read from the kept copies; ProjectError where one is gone or altered."""
    asked = {county.name: county for county in counties}
    found: dict[str, list[Version]] = {}
    problems: list[Problem] = []
    for entry in register.entries:
        decision = register.decision(entry)
        if entry.state != READ or (decision is not None and decision.ignore):
            continue
        try:
            data = (collection.folder / entry.kept).read_bytes()
            reading = read_bytes(data, registry, name=entry.file)
        except OSError as error:
            problems.append(
                Problem(
                    f"留存的副本读不出来：{error.strerror}", file=entry.kept, remedy="恢复 versions 文件夹"
                )
            )
            continue
        except SheetError as error:
            problems += error.problems
            continue
        if reading.sha256 != entry.sha256:
            problems.append(
                Problem(
                    "留存的副本被改动过，与登记的 sha256 不符",
                    file=entry.kept,
                    remedy="恢复原件；要改的数请县区补报",
                )
            )
            continue
        found.setdefault(entry.county, []).append(
            _version(
                entry,
                data,
                reading,
                template_text(form, asked.get(entry.county, County(entry.county)), registry),
                registry,
            )
        )
    if problems:
        raise ProjectError(problems)
    return {county: sorted(of, key=lambda each: each.entry.rank) for county, of in found.items()}


def choices_of(
    county: str, versions: Sequence[Version], register: Register, sheets: Mapping[str, str]
) -> Iterator[Choice]:
    """Which version counts for each table that any version of a county fills in; `sheets` are the form's, by kind.

    A decision may name a table by its kind's label or by the sheet of the form.
    """
    keys = dict.fromkeys(key for version in versions for key in version.values)
    for key in keys:
        filled = [version for version in versions if key in version.values]
        label = filled[0].values[key][0].table
        said = register.use(county, label, sheets.get(key, label))
        if said is not None:
            chosen = next((version for version in versions if version.label == said.use), None)
            reason = f"人工决定用 {said.use}：{said.reason}"
            if chosen is None:
                reason = f"人工决定用 {said.use}，但没有这一版（有 {'、'.join(v.label for v in versions)}）"
            yield Choice(county, key, label, chosen if chosen in filled else None, tuple(filled), reason)
            continue
        top = max(version.entry.rank for version in filled)
        latest = [version for version in filled if version.entry.rank == top]
        if len({content(version.values[key]) for version in latest}) > 1:
            names = "、".join(f"{version.label}（{version.entry.file}）" for version in latest)
            yield Choice(county, key, label, None, tuple(latest), f"同时收到、内容不同、没有先后：{names}")
            continue
        yield Choice(county, key, label, latest[0], tuple(filled), _reason(latest[0], versions))


def content(values: Iterable[Value]) -> tuple[tuple[str, ...], ...]:
    """What a table says, whatever the file, the sheet and the cells: for telling whether two versions say the same."""
    return tuple(
        (
            value.row,
            value.key or value.field,
            value.text,
            value.unit,
            value.missing,
            value.raw if not value.figure else "",
        )
        for value in values
    )


def _reason(version: Version, versions: Sequence[Version]) -> str:
    if version.entry.rank < max(each.entry.rank for each in versions):
        return f"补报没有填这张表，沿用 {version.label}"
    return "最新一版" if len(versions) > 1 else ""


def _version(
    entry: Entry, data: bytes, reading: Reading, template: TemplateText, registry: Registry
) -> Version:
    """A version with the values of each table that a county filled in: a row that only the template wrote is none."""
    grids = {grid.name: grid for grid in reading.grids}
    tables: dict[str, list[Value]] = {}
    for table in reading.tables:
        grid = grids[table.origin.sheet]
        rows: dict[int, list[Value]] = {}
        for value in values_of(table, entry, registry, grid.formulas):
            rows.setdefault(value.record, []).append(value)
        for of in rows.values():
            if not all(_printed(value, grid, template) for value in of):
                tables.setdefault(table_key(table), []).extend(of)
    return Version(entry, data, reading, {key: tuple(values) for key, values in tables.items()})


def _printed(value: Value, grid: Grid, template: TemplateText) -> bool:
    """Whether a value is what the template itself has in that place."""
    at = CellRef.at("", grid.name, value.cell)
    return template.has(grid.rows[at.row - 1], grid.at(at.row - 1, at.column - 1))
