"""The registry read from its YAML and checked strictly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator

from wenxiao.fields.catalogue import own_forms, shipped_forms
from wenxiao.fields.periods import keys_by_period, span_of, span_words
from wenxiao.fields.registry import Field, FieldType, Kind, Registry, Source
from wenxiao.model import Problem, ProfileError, Unit, unit_named
from wenxiao.model.yaml_text import load_yaml

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Word = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _FieldEntry(_Strict):
    key: Key
    label: Word
    type: FieldType
    unit: str = ""
    group: str = ""
    kinds: list[Key] = []
    aliases: list[Word] = []
    revised: list[Word] = []
    former: str = ""
    by_period: list[Word] = []

    @model_validator(mode="after")
    def _known_unit(self) -> _FieldEntry:
        if self.unit and unit_named(self.unit) is None:
            raise ValueError(f"field {self.key}: unknown unit {self.unit!r}")
        return self

    def unit_value(self) -> Unit | None:
        return unit_named(self.unit) if self.unit else None


class _KindEntry(_Strict):
    key: Key
    label: Word
    requires: list[list[Key]] = []
    titles: list[Word] = []
    names: list[Key] = []
    layout: Literal["table", "head"] = "table"
    transposable: bool = False
    totals: bool = True
    weak: list[Word] = []
    names_like: str = ""
    open: bool = False
    any_names: bool = False


class _SourceEntry(_Strict):
    name: Word
    group: Word
    aliases: list[Word] = []


class _Document(_Strict):
    kinds: list[_KindEntry]
    fields: list[_FieldEntry]
    sources: list[_SourceEntry] = []

    @model_validator(mode="after")
    def _consistent(self) -> _Document:
        kinds = [kind.key for kind in self.kinds]
        seen: set[tuple[str, str]] = set()
        for field in self.fields:
            if unknown := [kind for kind in field.kinds if kind not in kinds]:
                raise ValueError(f"field {field.key}: unknown kinds {unknown}")
            for kind in field.kinds or kinds:
                if (field.key, kind) in seen:
                    raise ValueError(f"field {field.key} is declared twice for {kind}")
                seen.add((field.key, kind))
        for kind_entry in self.kinds:
            for key in {key for group in kind_entry.requires for key in group} | set(kind_entry.names):
                if (key, kind_entry.key) not in seen:
                    raise ValueError(f"kind {kind_entry.key} names {key}, which is no field of it")
        return self


def registry_from(document: Mapping[str, object]) -> Registry:
    """The registry a parsed YAML document describes; ProfileError naming every fault where it contradicts itself."""
    try:
        checked = _Document.model_validate(document)
    except ValidationError as error:
        raise ProfileError(
            Problem(f"字段登记表有误：{'.'.join(map(str, item['loc']))} {item['msg']}", remedy="改正登记表")
            for item in error.errors()
        ) from error
    fields = tuple(field for entry in checked.fields for field in _fields_of(entry))
    kinds = tuple(
        Kind(
            entry.key,
            entry.label,
            tuple(field for field in fields if not field.kinds or entry.key in field.kinds),
            tuple(tuple(key for each in group for key in keys_by_period(each)) for group in entry.requires),
            tuple(entry.titles),
            tuple(entry.names),
            entry.layout,
            entry.transposable,
            entry.totals,
            tuple(entry.weak),
            entry.names_like,
            entry.open,
            entry.any_names,
        )
        for entry in checked.kinds
    )
    sources = tuple(Source(entry.name, tuple(entry.aliases), entry.group) for entry in checked.sources)
    return Registry(fields, kinds, sources)


def _fields_of(entry: _FieldEntry) -> Iterator[Field]:
    """The field of an entry, or those of the spans of a year, called as headers call the span with a word beside it or none."""
    for key in keys_by_period(entry.key):
        span = span_of(key) if entry.by_period else None
        when = "" if span is None else span_words(*span)
        aliases = (*entry.aliases, *entry.revised)
        if span is not None:
            aliases = (when, *(when + word for word in entry.by_period))
        yield Field(
            key,
            when + entry.label,
            aliases,
            entry.unit_value(),
            entry.type,
            tuple(entry.kinds),
            entry.group,
            tuple(entry.revised),
            entry.former,
            span,
        )


@cache
def standard_registry() -> Registry:
    """The registry that ships with the package, `fields/registry.yaml`, with the forms of `fields/forms`."""
    text = resources.files("wenxiao.fields").joinpath("registry.yaml").read_text("utf-8")
    registry = registry_from(load_yaml(text, ProfileError, "registry.yaml"))
    return replace(registry, forms=shipped_forms(registry))


def registry_with(folder: Path) -> Registry:
    """The standard registry with a user's own forms before those that ship; ProfileError where one of them is wrong."""
    standard = standard_registry()
    own = own_forms(folder, standard) if folder.is_dir() else ()
    return replace(standard, forms=(*own, *standard.forms)) if own else standard
