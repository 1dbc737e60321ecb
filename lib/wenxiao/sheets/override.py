"""A person's say: a small YAML beside the file that overrides any decision about a sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from wenxiao.model import Problem, Role, SheetError, Unit, column_number, unit_named
from wenxiao.model.yaml_text import read_yaml

if TYPE_CHECKING:
    from wenxiao.fields import Registry

_RANGE = re.compile(r"([A-Z]{1,3})([1-9]\d*):([A-Z]{1,3})([1-9]\d*)")
_ROWS = re.compile(r"([1-9]\d*)(?:\s*[-:]\s*([1-9]\d*))?")
_ROLES = {role.label: role for role in Role} | {role.name.lower(): role for role in Role}
NO_HEADER = "无"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TableSay(_Strict):
    """What is said of one table: the `table`-th found on its sheet, or the one in `range`."""

    table: Annotated[int, Field(ge=1, strict=True)] | None = None
    range: str | None = None
    header: str | None = None
    title: str | None = None
    unit: str | None = None
    kind: str | None = None
    transposed: bool | None = None
    skip: bool = False
    fields: dict[str, str] = {}
    units: dict[str, str] = {}
    roles: dict[int, str] = {}

    @field_validator("header", mode="before")
    @classmethod
    def _rows(cls, value: object) -> object:
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and value != NO_HEADER and _ROWS.fullmatch(value) is None:
            raise ValueError(f"表头行写作 3 或 3-4，没有表头写作 {NO_HEADER}")
        return value

    @field_validator("range")
    @classmethod
    def _range(cls, value: str | None) -> str | None:
        if value is not None and _RANGE.fullmatch(value) is None:
            raise ValueError("范围写作 A3:E8")
        return value

    @field_validator("unit")
    @classmethod
    def _unit(cls, value: str | None) -> str | None:
        if value is not None and unit_named(value) is None:
            raise ValueError(f"不认识的单位“{value}”")
        return value

    @field_validator("fields", "units", mode="before")
    @classmethod
    def _places(cls, value: object) -> object:
        return {str(key): item for key, item in value.items()} if isinstance(value, Mapping) else value

    @field_validator("units")
    @classmethod
    def _units(cls, value: dict[str, str]) -> dict[str, str]:
        for name in value.values():
            if unit_named(name) is None:
                raise ValueError(f"不认识的单位“{name}”")
        return value

    @field_validator("roles")
    @classmethod
    def _roles(cls, value: dict[int, str]) -> dict[int, str]:
        for name in value.values():
            if name not in _ROLES:
                raise ValueError(f"不认识的行类别“{name}”，可用：{'、'.join(role.label for role in Role)}")
        return value

    @property
    def area(self) -> tuple[int, int, int, int] | None:
        """Top, left, bottom and right of the range, 0-based."""
        match = _RANGE.fullmatch(self.range or "")
        if match is None:
            return None
        return int(match[2]) - 1, column_number(match[1]) - 1, int(match[4]) - 1, column_number(match[3]) - 1

    @property
    def header_rows(self) -> tuple[int, int] | None:
        """First and last header row, 0-based; first > last where there is to be none."""
        if self.header is None:
            return None
        match = _ROWS.fullmatch(self.header)
        if match is None:
            return (0, -1)
        return int(match[1]) - 1, int(match[2] or match[1]) - 1

    def position(self, place: str) -> int:
        """The 0-based column of a letter, or the row of a number."""
        return int(place) - 1 if place.isdigit() else column_number(place) - 1

    def unit_of(self, position: int) -> Unit | None:
        """The unit said of a column."""
        return next(
            (unit_named(name) for place, name in self.units.items() if self.position(place) == position), None
        )

    def field_of(self, position: int) -> str | None:
        """The field said of a column, an empty text for none, None where nothing is said."""
        return next((key for place, key in self.fields.items() if self.position(place) == position), None)

    def role_of(self, line: int) -> Role | None:
        """The role said of a 1-based row."""
        name = self.roles.get(line)
        return None if name is None else _ROLES[name]


class SheetSay(_Strict):
    """What is said of one sheet: whether it is read, even if hidden, and of its tables."""

    read: bool | None = None
    tables: list[TableSay] = []


class Say(_Strict):
    """All that is said of a file."""

    sheets: dict[str, SheetSay] = {}

    def of(self, sheet: str) -> SheetSay:
        """What is said of a sheet."""
        return self.sheets.get(sheet, SheetSay())


def say_from(document: Mapping[str, object] | None, file: str, registry: Registry) -> Say:
    """What a document says, checked; SheetError naming the YAML and every fault in it."""
    try:
        say = Say.model_validate(dict(document or {}))
    except ValidationError as error:
        raise SheetError(
            Problem(f"“{'.'.join(map(str, item['loc']))}”有误：{item['msg'].removeprefix('Value error, ')}", file=f"{file}.yaml", remedy="改正这一行，或删去")
            for item in error.errors()
        ) from error  # fmt: skip
    problems = list(_unknown(say, f"{file}.yaml", registry))
    if problems:
        raise SheetError(problems)
    return say


def say_beside(path: Path) -> Mapping[str, object] | None:
    """The YAML beside a file (资金.xlsx.yaml), or None where there is none; SheetError where it is no YAML."""
    beside = path.with_name(path.name + ".yaml")
    if not beside.is_file():
        return None
    document = read_yaml(beside, SheetError)
    if document is not None and not isinstance(document, dict):
        raise SheetError(Problem("旁注的最外层应为 sheets: …", file=beside.name, remedy="参照说明改写"))
    return document


def _unknown(say: Say, file: str, registry: Registry) -> list[Problem]:
    """What names a kind or a field that the registry does not have."""
    problems = []
    kinds = {kind.key for kind in registry.kinds}
    for sheet, said in say.sheets.items():
        for table in said.tables:
            if table.table is None and table.range is None:
                problems.append(
                    Problem(
                        "既没有 table 也没有 range，不知道说的是哪张表",
                        file=file,
                        sheet=sheet,
                        remedy="写 table: 1 或 range: A3:E8",
                    )
                )
            if table.kind is not None and table.kind not in kinds:
                problems.append(
                    Problem(
                        f"不认识的表类别“{table.kind}”",
                        file=file,
                        sheet=sheet,
                        value=table.kind,
                        remedy=f"可用：{'、'.join(sorted(kinds))}",
                    )
                )
            known = {of.key for of in registry.fields}
            problems += [
                Problem(
                    f"不认识的字段“{key}”",
                    file=file,
                    sheet=sheet,
                    column=place,
                    value=key,
                    remedy="用字段登记表中的名称，不是字段的写空字符串",
                )
                for place, key in table.fields.items()
                if key and key not in known
            ]
    return problems  # fmt: skip
