"""The catalogue of forms read from YAML: those that ship, and a user's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from wenxiao.fields.form import BlockType, FormType, Purpose
from wenxiao.fields.periods import keys_by_period
from wenxiao.model import Problem, ProfileError
from wenxiao.model.written_text import text_of
from wenxiao.model.yaml_text import load_yaml

if TYPE_CHECKING:
    from wenxiao.fields.registry import Registry

SHARED = "blocks.yaml"
"""The blocks that several forms have."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _BlockEntry(_Strict):
    kind: str
    needs: list[list[str]]
    columns: dict[str, list[str]] = {}
    labels: list[str] = []
    whole: list[str] = []
    names: str = ""


class _FormEntry(_Strict):
    label: str
    purpose: Purpose = "self_evaluation"
    source: str
    seen: bool
    titles: list[str]
    blocks: list[str] = []
    own: dict[str, _BlockEntry] = {}
    texts: list[str] = []
    amounts: list[str] = []
    rules: str = ""


def shipped_forms(registry: Registry) -> tuple[FormType, ...]:
    """The forms that ship with the package, by file name."""
    folder = resources.files("wenxiao.fields").joinpath("forms")
    texts = {
        entry.name: entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".yaml")
    }
    return tuple(_forms(texts, registry))


def own_forms(folder: Path, registry: Registry) -> tuple[FormType, ...]:
    """The forms in a folder of a user's own (parameters/forms), by file name; ProfileError naming every fault."""
    texts = {path.name: text_of(path, ProfileError) for path in sorted(folder.glob("*.yaml"))}
    return tuple(_forms(texts, registry)) if texts else ()


@cache
def _shared_text() -> str:
    return resources.files("wenxiao.fields").joinpath("forms", SHARED).read_text("utf-8")


def _forms(texts: Mapping[str, str], registry: Registry) -> Iterator[FormType]:
    shared = {
        key: _BlockEntry.model_validate(each)
        for key, each in load_yaml(_shared_text(), ProfileError, SHARED).items()
    }
    problems: list[Problem] = []
    for name, text in sorted(texts.items()):
        if name == SHARED:
            continue
        try:
            entry = _FormEntry.model_validate(load_yaml(text, ProfileError, name))
            blocks = shared | entry.own
            yield FormType(
                name.removesuffix(".yaml"),
                entry.label,
                entry.purpose,
                entry.source,
                entry.seen,
                tuple(entry.titles),
                tuple(
                    _block(key, blocks[key], registry) for key in dict.fromkeys((*entry.blocks, *entry.own))
                ),
                tuple(entry.texts),
                tuple(entry.amounts),
                entry.rules,
            )
        except ValidationError as error:
            problems += [
                Problem(
                    "表式有误",
                    file=name,
                    rule=f"{'.'.join(map(str, item['loc']))} {item['msg']}",
                    remedy="改正该处",
                )
                for item in error.errors()
            ]
        except ProfileError as error:
            problems += error.problems
        except (KeyError, TypeError) as error:
            problems.append(
                Problem("表式有误", file=name, rule=str(error), remedy="改正该处（docs/forms.md）")
            )
    if problems:
        raise ProfileError(problems)


def _block(key: str, entry: _BlockEntry, registry: Registry) -> BlockType:
    """The block of an entry; KeyError where it names a field that its kind of table does not have."""
    needs = tuple(tuple(key for each in group for key in keys_by_period(each)) for group in entry.needs)
    for field in {
        *entry.columns,
        *(each for group in needs for each in group),
        *filter(None, [entry.names]),
    }:
        registry.field(field, entry.kind)
    return BlockType(
        key,
        entry.kind,
        needs,
        {field: tuple(names) for field, names in entry.columns.items()},
        tuple(entry.labels),
        tuple(entry.whole),
        entry.names,
    )
