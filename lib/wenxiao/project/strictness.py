"""What every part of a profile is made of: models that know all their keys, and numbers with the digits of the file."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Annotated, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

_MOST_DIGITS = 30


def _exact(value: object) -> object:
    """YAML hands over 89.5 as a float; its shortest text is what the file says. 80% is 0.8."""
    if isinstance(value, bool):
        raise ValueError("应为数字")
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, str) and value.strip().endswith(("%", "％")):
        try:
            return Decimal(value.strip()[:-1]) / 100
        except InvalidOperation:
            raise ValueError("应为数字或百分数") from None
    return value


def _of_this_world(value: Decimal) -> Decimal:
    """A number as people write one: 1e999999 in ten signs would fill the memory once it is written out."""
    if value.is_finite() and (
        abs(value.adjusted()) > _MOST_DIGITS or len(value.as_tuple().digits) > _MOST_DIGITS
    ):
        raise ValueError(f"数字太长，不超过 {_MOST_DIGITS} 位")
    return value


Exactly = Annotated[Decimal, BeforeValidator(_exact), AfterValidator(_of_this_world)]
"""An exact number of a file: 89.5, or 80% for 0.8."""


def _ratio(value: object) -> object:
    """A fraction of whole numbers as text, 210/13; what else is exact is read as such."""
    value = _exact(value)
    if isinstance(value, str):
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError):
            raise ValueError("应为数字，或 210/13 这样的分数") from None
    return value


Ratio = Annotated[Fraction, BeforeValidator(_ratio)]
"""An exact number of a file that may also be a fraction: a weight moved in proportion rarely ends in decimals."""

Share = Annotated[Exactly, Field(ge=0, le=1)]
"""A share of something: from 0 to 1, or 0% to 100%."""


class Strict(BaseModel):
    """A part of a profile: immutable, and an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


def keys_at(model: type[Strict], path: tuple[int | str, ...]) -> tuple[str, ...]:
    """The keys that may stand where `path` ends, for naming the nearest one to a key that may not."""
    models: set[type[Strict]] = {model}
    for part in path[:-1]:
        inner = {found for each in models for found in _models_of(each, part)}
        tagged = {each for each in models if part in _tags(each)}
        models = inner or tagged or models
    return tuple(sorted({key for each in models for key in _keys(each)}))


def _keys(model: type[Strict]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield field.alias or name


def _models_of(model: type[Strict], key: int | str) -> Iterator[type[Strict]]:
    for name, field in model.model_fields.items():
        if key in (name, field.alias):
            yield from _models_in(field.annotation)


def _models_in(annotation: object) -> Iterator[type[Strict]]:
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _tags(model: type[Strict]) -> tuple[object, ...]:
    field = model.model_fields.get("method")
    return () if field is None else get_args(field.annotation)
