"""A form (填报表): which tables a template workbook asks for, as data checked against the registry."""

from __future__ import annotations

from functools import cached_property
from importlib import resources
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, model_validator

from wenxiao.fields import Registry
from wenxiao.fields.registry import Field
from wenxiao.model import Problem, ProfileError
from wenxiao.model.units import RATIO


class FormSheet(BaseModel):
    """One sheet of a form: one table of a kind, its fields in order; see forms/project.yaml for each key."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    sheet: str
    title: str
    fields: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    blank: int = 0
    total: bool = False
    not_added: tuple[str, ...] = ()
    not_above: tuple[tuple[str, str], ...] = ()
    sums_to: dict[str, int] = {}
    choices: dict[str, tuple[str, ...]] = {}
    notes: dict[str, str] = {}
    example: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _known(self, info: ValidationInfo) -> FormSheet:
        registry: Registry = (info.context or {})["registry"]
        for key in self.fields:
            registry.field(key, self.kind)
        named = (
            *self.not_added,
            *self.choices,
            *self.notes,
            *self.sums_to,
            *(k for two in self.not_above for k in two),
        )
        unknown = sorted(set(named) - set(self.fields))
        if unknown:
            raise ValueError(f"{self.sheet} names fields that it does not have: {', '.join(unknown)}")
        if len(self.example) > len(self.fields) or any(len(row) > len(self.fields) for row in self.rows):
            raise ValueError(f"{self.sheet} has a row longer than its fields")
        return self

    def headers(self, registry: Registry) -> tuple[str, ...]:
        """The header of each field, with its unit where one belongs to it: 预算数（万元）."""
        return tuple(_header(registry.field(key, self.kind)) for key in self.fields)


class Form(BaseModel):
    """A form: its title, what its guide says, its sheets."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    guide: tuple[str, ...]
    sheets: tuple[FormSheet, ...]

    @cached_property
    def by_kind(self) -> dict[str, FormSheet]:
        """The sheets by the kind of their table."""
        return {sheet.kind: sheet for sheet in self.sheets}


def load_form(name: str, registry: Registry) -> Form:
    """The form of a name that ships with the package; ProfileError with all that is wrong in it.

    >>> from wenxiao.fields import standard_registry
    >>> [sheet.sheet for sheet in load_form("project", standard_registry()).sheets][:3]
    ['项目基本情况', '资金情况', '产出情况']
    """
    text = resources.files("wenxiao.collect").joinpath("forms", f"{name}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    try:
        return Form.model_validate(data, context={"registry": registry})
    except ValidationError as error:
        raise ProfileError(
            Problem(item["msg"], file=f"{name}.yaml", value=".".join(map(str, item["loc"])))
            for item in error.errors()
        ) from None


def _header(field: Field) -> str:
    if field.unit is None or field.unit.dimension == RATIO.dimension:
        return field.label
    return f"{field.label}（{field.unit.symbol}）"
