"""A form (填报表): which tables a template workbook asks for, as data checked against the registry."""

from __future__ import annotations

import re
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, ValidationInfo, model_validator

from wenxiao.fields import Registry
from wenxiao.fields.domain import Domain, domains
from wenxiao.fields.registry import Field
from wenxiao.fields.relations import standard_relations
from wenxiao.model import Problem, ProfileError
from wenxiao.model.units import RATIO
from wenxiao.model.written_text import text_of
from wenxiao.model.yaml_text import load_yaml

_PLACE = re.compile(r"{(\w+)}")


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
    labels: dict[str, str] = {}
    fixed: tuple[str, ...] = ()
    formulas: dict[str, str] = {}
    wanted: tuple[tuple[str, str], ...] = ()
    widths: dict[str, int] = {}
    paper: Literal["A4", "A3"] = "A4"
    frozen: int = 1
    pages_wide: int = 1
    row_height: int = 0

    @model_validator(mode="after")
    def _known(self, info: ValidationInfo) -> FormSheet:
        registry: Registry = (info.context or {})["registry"]
        for key in self.fields:
            try:
                registry.field(key, self.kind)
            except KeyError as error:
                raise ValueError(f"{self.sheet}: {error.args[0]}") from None
        named = (
            *self.not_added,
            *self.labels,
            *self.fixed,
            *self.formulas,
            *self.widths,
            *(k for two in self.wanted for k in two),
            *(k for formula in self.formulas.values() for k in _PLACE.findall(formula)),
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
        for key, label in self.labels.items():
            found = registry.match(label, self.kind)
            if found is None or found.key != key:
                raise ValueError(f"{self.sheet}: {label} is no name of {key} in the registry")
        return self

    @property
    def bounds(self) -> tuple[tuple[str, str], ...]:
        """Each field that must not be above another, with that: as declared for all forms, and what this one adds."""
        return tuple(dict.fromkeys((*standard_relations().bounds(self.fields), *self.not_above)))

    def headers(self, registry: Registry) -> tuple[str, ...]:
        """The header of each field, with its unit where one belongs to it: 预算数（万元）."""
        return tuple(_header(registry.field(key, self.kind), self.labels.get(key)) for key in self.fields)


class SummaryColumn(BaseModel):
    """A column of the table of districts: a field there, from which field of which kind, of which row where one is named.

    Without `row` it is the sum over the rows of a county.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    field: str
    kind: str
    of: str
    row: str = ""


class Form(BaseModel):
    """A form: its title, what its guide says, its sheets."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    guide: tuple[str, ...]
    sheets: tuple[FormSheet, ...]
    districts: tuple[SummaryColumn, ...] = ()

    @model_validator(mode="after")
    def _summed(self, info: ValidationInfo) -> Form:
        registry: Registry = (info.context or {})["registry"]
        if len(self.by_kind) < len(self.sheets):
            raise ValueError("two sheets of a form are of one kind")
        for column in self.districts:
            if column.kind not in self.by_kind or column.of not in self.by_kind[column.kind].fields:
                raise ValueError(f"districts: no sheet of this form has {column.kind}.{column.of}")
            try:
                registry.field(column.field, "districts")
            except KeyError as error:
                raise ValueError(f"districts: {error.args[0]}") from None
        return self

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
    return _form(text, f"{name}.yaml", registry)


def form_of_domain(form: Form, domain: Domain) -> Form:
    """A form with the outputs, units, counts and lists of a domain, and without those of other domains."""
    own = {kind for each in domains().values() for kind in each.lists} - set(domain.lists)
    return form.model_copy(
        update={"sheets": tuple(_of_domain(sheet, domain) for sheet in form.sheets if sheet.kind not in own)}
    )


def _of_domain(sheet: FormSheet, domain: Domain) -> FormSheet:
    match sheet.kind:
        case "funds":
            changed: dict[str, object] = {"rows": domain.sources}
        case "outputs":
            changed = {
                "rows": domain.outputs,
                "choices": {**sheet.choices, "measure_unit": domain.units},
                "example": domain.output_example,
            }
        case "scorecard":
            changed = {"example": (*sheet.example[:7], domain.score_example, *sheet.example[8:])}
        case "districts":
            at = sheet.fields.index("spent") + 1
            changed = {
                "fields": (*sheet.fields[:at], *domain.districts, *sheet.fields[at:]),
                "example": (*sheet.example[:at], *domain.district_example, *sheet.example[at:]),
            }
        case "satisfaction":
            changed = {"example": (domain.group_example, *sheet.example[1:])}
        case "problems":
            changed = {"example": (f"示例：{domain.score_example}", *sheet.example[1:])}
        case _:
            changed = {}
    return sheet.model_copy(update=changed)


def read_form(path: Path, registry: Registry) -> Form:
    """The form in a file of one's own, in the syntax of forms/*.yaml; ProfileError with all that is wrong in it."""
    text = text_of(path, ProfileError)
    return _form(text, path.name, registry)


def _form(text: str, name: str, registry: Registry) -> Form:
    data = load_yaml(text, ProfileError, name)
    try:
        return Form.model_validate(data, context={"registry": registry})
    except ValidationError as error:
        raise ProfileError(
            Problem(
                item["msg"].removeprefix("Value error, "), file=name, value=".".join(map(str, item["loc"]))
            )
            for item in error.errors()
        ) from None


def _header(field: Field, label: str | None) -> str:
    name = label or field.label
    if field.unit is None or field.unit.dimension == RATIO.dimension:
        return name
    return f"{name}（{field.unit.symbol}）"
