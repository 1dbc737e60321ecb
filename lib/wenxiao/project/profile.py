"""Rules of evaluation as data (评价规则): loaded from YAML, strictly checked, one profile extending another."""

from __future__ import annotations

from decimal import Decimal
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from wenxiao.model import Problem, ProfileError
from wenxiao.project.nearest import nearest

SHIPPED = resources.files("wenxiao.project") / "profiles"
STAGES = Literal["planned", "budget", "allocated", "received", "paid", "spent"]


def _exact(value: object) -> object:
    """YAML hands over 89.5 as a float; its shortest text is what the file says."""
    return Decimal(repr(value)) if isinstance(value, float) else value


Exactly = Annotated[Decimal, BeforeValidator(_exact)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Band(_Strict):
    """One grade: its label, the lowest score that earns it, and the other words used for it."""

    label: str
    lowest: Exactly = Field(alias="from", ge=0, le=100)
    aliases: tuple[str, ...] = ()


class Denominators(_Strict):
    """What each rate is divided by."""

    execution_rate: STAGES = "budget"
    arrival_rate: STAGES = "budget"


class Flags(_Strict):
    """From where on a figure is worth a remark; shares of the target, points of a score."""

    grade_margin: Exactly = Decimal("0.5")
    over_completion: Exactly = Decimal("1.2")
    over_completion_mandatory: Exactly = Decimal("1.3")


class Profile(_Strict):
    """The rules one evaluation follows."""

    name: str
    title: str
    source: str
    extends: str = ""
    grades: tuple[Band, ...] = Field(min_length=2)
    denominators: Denominators = Denominators()
    score_places: int = Field(default=2, ge=0, le=6)
    ties: Literal["competition", "dense", "average", "consecutive"] = "competition"
    ranking_order: Literal["administrative", "ranked"] = "administrative"
    exclude: tuple[str, ...] = ()
    weights_total: Exactly = Decimal(100)
    output_and_effect_minimum: Exactly = Decimal(60)
    flags: Flags = Flags()
    works: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _bands_fall(self) -> Profile:
        lows = [band.lowest for band in self.grades]
        if any(a <= b for a, b in pairwise(lows)):
            raise ValueError("等级须由高到低排列，分数线不得重叠")
        if lows[-1] != 0:
            raise ValueError("最低一级须从 0 分起，否则有分数无等级")
        words = [word for band in self.grades for word in (band.label, *band.aliases)]
        if len(set(words)) != len(words):
            raise ValueError("同一等级名称出现两次")
        return self

    def band(self, word: str) -> Band | None:
        """The band a printed grade names, by its label or another word for it."""
        return next((b for b in self.grades if word == b.label or word in b.aliases), None)


_KEYS = tuple(
    field.alias or name
    for part in (Profile, Band, Denominators, Flags)
    for name, field in part.model_fields.items()
)


def profile_names(folder: Path | None = None) -> tuple[str, ...]:
    """The names of the shipped profiles and of the analyst's own in `folder`."""
    shipped = {entry.name[:-5] for entry in SHIPPED.iterdir() if entry.name.endswith(".yaml")}
    own = {path.stem for path in folder.glob("*.yaml")} if folder and folder.is_dir() else set()
    return tuple(sorted(shipped | own))


def load_profile(name: str = "national", folder: Path | None = None) -> Profile:
    """The profile called `name`; one in `folder` (parameters/profiles) goes before a shipped one.

    Raises ProfileError with every problem of the file, an unknown key with the nearest known one.

    >>> load_profile("national").grades[0].label
    '优'
    """
    data = _merged(name, folder, ())
    try:
        return Profile.model_validate(data)
    except ValidationError as error:
        raise ProfileError([_problem(name, item) for item in error.errors()]) from None


def _merged(name: str, folder: Path | None, below: tuple[str, ...]) -> dict[str, object]:
    """The file's own keys over those of the profile it extends."""
    if name in below:
        raise ProfileError(
            Problem(f"评价规则相互继承成环：{' → '.join((*below, name))}", remedy="改正 extends")
        )
    own = folder / f"{name}.yaml" if folder else None
    entry = own if own is not None and own.is_file() else SHIPPED / f"{name}.yaml"
    if not entry.is_file():
        known = profile_names(folder)
        like = nearest(name, known)
        hint = f"是否为“{like}”" if like else "改用其中之一"
        raise ProfileError(
            Problem("没有这套评价规则", value=name, rule=f"可用的有 {'、'.join(known)}", remedy=hint)
        )
    try:
        data = yaml.safe_load(entry.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ProfileError(
            Problem(f"评价规则不是合法的 YAML：{error}", file=f"{name}.yaml", remedy="改正该行")
        ) from None
    if not isinstance(data, dict):
        raise ProfileError(Problem("评价规则应为键值对", file=f"{name}.yaml", remedy="参照 national.yaml"))
    parent = data.get("extends")
    return {**_merged(str(parent), folder, (*below, name)), **data} if parent else data


def _problem(name: str, item: object) -> Problem:
    assert isinstance(item, dict)
    path = ".".join(str(part) for part in item["loc"])
    file = f"{name}.yaml"
    if item["type"] == "extra_forbidden":
        like = nearest(str(item["loc"][-1]), _KEYS)
        hint = f"是否为“{like}”，否则删去该项" if like else "删去该项"
        return Problem("评价规则中有不认识的项", file=file, column=path, remedy=hint)
    value = "" if isinstance(item["input"], dict) else str(item["input"])
    message = str(item["msg"]).removeprefix("Value error, ")
    return Problem(f"评价规则有误：{message}", file=file, column=path, value=value, remedy="按规则改正该项")
