"""What the analyst decided of the names of places: which spellings are one place, which names are two."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from wenxiao.fields.places import plain_name
from wenxiao.model import Problem, ProjectError
from wenxiao.model.yaml_text import read_yaml

FILE = "places.yaml"


class PlaceDecisions(BaseModel):
    """What the analyst decided of names (`places.yaml`): `same` has a name and its other spellings, `apart` pairs that are two."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    same: dict[str, list[str]] = {}
    apart: list[list[str]] = []

    @property
    def names(self) -> Mapping[str, str]:
        """The name of each other spelling."""
        return {plain_name(other): plain_name(name) for name, others in self.same.items() for other in others}

    def keeps_apart(self, one: str, other: str) -> bool:
        """Whether two names were decided to be two places."""
        return any({one, other} <= {plain_name(name) for name in group} for group in self.apart)


def load_decisions(folder: Path) -> PlaceDecisions:
    """What `places.yaml` of a project folder decides; nothing where there is none. Raises ProjectError where it is malformed."""
    path = folder / FILE
    if not path.is_file():
        return PlaceDecisions()
    rule = "same 下每行写“名称: [其他写法]”，apart 下每行写两个不同地方的名称"
    said = read_yaml(path, ProjectError)
    try:
        return PlaceDecisions.model_validate(said or {})
    except ValidationError as error:
        raise ProjectError(
            Problem(
                f"地名清单的“{'.'.join(map(str, item['loc'])) or '全文'}”写法不对",
                file=FILE,
                rule=rule,
                remedy="改正这一项",
            )
            for item in error.errors()
        ) from None
