"""All returns as one set of values: what counts, what does not and why, and what a person must decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from wenxiao.collect.collection import Collection, form_digest
from wenxiao.collect.form import Form
from wenxiao.collect.form_changes import FormChange, changes_of
from wenxiao.collect.receiving import settled
from wenxiao.collect.register import READ, REFUSED, TO_TYPE, UNDECIDED, Register, load_register
from wenxiao.collect.roster import County, read_roster
from wenxiao.collect.sending import template_text
from wenxiao.collect.unread import Unread, left_over, not_understood, unread_file, unread_table
from wenxiao.collect.value import Value
from wenxiao.collect.version import Choice, Version, choices_of, versions_of
from wenxiao.fields import Registry, standard_registry


@dataclass(frozen=True, eq=False)
class Merged:
    """What the returns of a collection say together.

    values      of every table that counts, by county in the roster's order, then by table as it stood
    choices     which version counts for each table, open where a person must decide
    unread      what came back and is in no value, with the reason; `form_changes` how returned forms differ from the template
    """

    counties: tuple[County, ...]
    form: Form
    register: Register
    versions: dict[str, list[Version]] = field(repr=False)
    choices: tuple[Choice, ...]
    values: tuple[Value, ...] = field(repr=False)
    unread: tuple[Unread, ...] = field(repr=False)
    form_changes: tuple[FormChange, ...] = ()

    @property
    def conflicts(self) -> tuple[Choice, ...]:
        """What a person must decide: tables of which two versions came together and differ."""
        return tuple(choice for choice in self.choices if choice.version is None)

    @property
    def returned(self) -> tuple[str, ...]:
        """The counties of which a file was read, in the roster's order."""
        return tuple(county.name for county in self.counties if county.name in self.versions)

    @property
    def outstanding(self) -> tuple[str, ...]:
        """The counties of which nothing was read."""
        return tuple(county.name for county in self.counties if county.name not in self.versions)

    @property
    def headline(self) -> str:
        """已收 11/12，缺平邑县."""
        said = f"已收 {len(self.returned)}/{len(self.counties)}"
        return f"{said}，缺{'、'.join(self.outstanding)}" if self.outstanding else f"{said}，已收齐"


def read_collection(collection: Collection, registry: Registry | None = None) -> Merged:
    """What was received so far, merged; nothing is written but the decisions of people into the register.

    ProjectError where the roster, the register or a kept copy cannot be read, ProfileError for a form that cannot.
    """
    known = standard_registry() if registry is None else registry
    form, counties = collection.form(known), read_roster(collection.roster, known)
    with collection.alone():
        register = settled(collection, load_register(collection), counties)
    versions = versions_of(collection, register, counties, form, known)
    sheets = {sheet.kind: sheet.sheet for sheet in form.sheets}
    choices = tuple(
        choice
        for county in counties
        for choice in choices_of(county.name, versions.get(county.name, ()), register, sheets)
    )
    values = tuple(
        value
        for choice in choices
        if choice.version is not None
        for value in choice.version.values[choice.key]
    )
    listed = tuple(_unread(register, versions, choices, values, counties, form, known))
    digest = form_digest(form)
    changes = tuple(
        change
        for county in counties
        for version in versions.get(county.name, ())
        for change in changes_of(version, county, form, digest, known)
    )
    return Merged(counties, form, register, versions, choices, values, listed, changes)


def _unread(
    register: Register,
    versions: dict[str, list[Version]],
    choices: Sequence[Choice],
    values: Sequence[Value],
    counties: Sequence[County],
    form: Form,
    registry: Registry,
) -> Iterator[Unread]:
    people = {county.name: county for county in counties}
    by_digest = {version.entry.sha256: version for of in versions.values() for version in of}
    taken: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for value in values:
        taken.setdefault((value.file, value.version), set()).add((value.sheet, value.cell))
    for entry in register.entries:
        decision = register.decision(entry)
        if decision is not None and decision.ignore:
            yield unread_file(replace(entry, state=REFUSED), f"人工决定不收：{decision.reason}")
            continue
        if entry.state != READ:
            prefix = {TO_TYPE: "待录入：", UNDECIDED: "待认定县区："}.get(entry.state, "")
            yield unread_file(entry, f"{prefix}{entry.reason}", entry.remedy)
            continue
        if entry.county not in people or entry.sha256 not in by_digest:
            yield unread_file(entry, "县区不在名册中", "补进名册，或在 register.yaml 写明是哪个县区的")
            continue
        version = by_digest[entry.sha256]
        of = [choice for choice in choices if choice.county == entry.county and choice.key in version.values]
        own = frozenset(taken.get((entry.file, entry.version), ()))
        passed = [choice for choice in of if choice.version is not version]
        if of and len(passed) == len(of):
            yield unread_file(entry, "；".join(dict.fromkeys(_passed(choice, version) for choice in passed)))
            continue
        covered: set[tuple[str, str]] = set()
        for choice in passed:
            for table in version.tables[choice.key]:
                yield unread_table(entry, table, choice.label, _passed(choice, version))
            covered |= {(value.sheet, value.cell) for value in version.values[choice.key]}
        template = template_text(form, people.get(entry.county, County(entry.county)), registry)
        counted = [
            value for choice in of if choice.version is version for value in version.values[choice.key]
        ]
        yield from not_understood(entry, counted, form.by_kind)
        yield from left_over(entry, version.reading, version.data, own | covered, template)


def _passed(choice: Choice, version: Version) -> str:
    """Why a table of a version does not count."""
    if choice.version is None:
        return f"{choice.label}待定：{choice.reason}"
    other = choice.version
    if other.entry.rank == version.entry.rank and not choice.reason.startswith("人工"):
        return f"{choice.label}与 {other.label} 内容相同，以 {other.label} 为准"
    if choice.reason.startswith("人工"):
        return f"{choice.label}{choice.reason}"
    return f"{choice.label}已由 {other.label}（{other.entry.file}）替代"
