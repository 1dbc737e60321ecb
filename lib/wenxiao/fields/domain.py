"""Domains of spending (领域): the words for works, outputs and units of housing renewal, roads, schools … as data."""

from __future__ import annotations

from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from wenxiao.model import ProfileError
from wenxiao.model.yaml_text import load_yaml

GENERAL = "general"


class Domain(BaseModel):
    """What a template of a domain asks for beside what every project has.

    `lists` are the kinds of table that only this domain has, `works` the kinds of work in them by the words that name them;
    `outputs` are the usual ones with their units, `units` those to
    choose from; `districts` the fields counted by district; the examples show how a line is filled in.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str
    lists: tuple[str, ...]
    sources: tuple[tuple[str, ...], ...]
    outputs: tuple[tuple[str, ...], ...]
    units: tuple[str, ...]
    output_example: tuple[str, ...]
    districts: tuple[str, ...]
    district_example: tuple[str, ...]
    group_example: str
    score_example: str
    works: dict[str, tuple[str, ...]] = {}


@cache
def domains() -> dict[str, Domain]:
    """The domains that ship, by key: the general one first.

    >>> [domain.label for domain in domains().values()][:2]
    ['通用', '公共卫生']
    """
    folder = resources.files("wenxiao.fields").joinpath("domains")
    found = {
        entry.name.removesuffix(".yaml"): Domain.model_validate(
            load_yaml(entry.read_text("utf-8"), ProfileError, entry.name)
        )
        for entry in folder.iterdir()
        if entry.name.endswith(".yaml")
    }
    return {key: found[key] for key in sorted(found, key=lambda key: (key != GENERAL, key))}


def kinds_of_work() -> dict[str, list[str]]:
    """The kinds of work of every domain with the words that name them."""
    return {kind: list(words) for each in domains().values() for kind, words in each.works.items()}
