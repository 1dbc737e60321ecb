"""A row that a county returned: its values by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from wenxiao.collect.value import Value
from wenxiao.model import Role

_DATA = Role.DATA.label
TOTAL = Role.TOTAL.label


@dataclass(frozen=True, slots=True)
class Row:
    """One row of one county's table: what it is called, its values by the registry's field, or by header where unknown."""

    county: str
    name: str
    role: str
    values: Mapping[str, Value]

    def number(self, key: str) -> Decimal | None:
        """The figure of a field, None where there is none."""
        value = self.values.get(key)
        return None if value is None else value.number

    @property
    def data(self) -> bool:
        """Whether it is a record, not a total or a part of another row."""
        return self.role == _DATA


def rows_of(values: Iterable[Value], kind: str) -> list[Row]:
    """The rows of all tables of a kind, in the order of the values."""
    found: dict[tuple[str, str, str, str, int], dict[str, Value]] = {}
    for value in values:
        if value.kind == kind:
            place = (value.county, value.file, value.version, value.sheet, value.line)
            found.setdefault(place, {}).setdefault(value.key or value.field, value)
    return [
        Row(first.county, first.row, first.role, by_field)
        for by_field in found.values()
        for first in [next(iter(by_field.values()))]
    ]
