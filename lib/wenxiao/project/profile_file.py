"""The files of profiles: which there are, what each says over the one it extends, and what is wrong in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic_core import ErrorDetails

from wenxiao.fields.domain import kinds_of_work
from wenxiao.model import Problem, ProfileError
from wenxiao.model.errors import nearest
from wenxiao.model.written_text import decoded
from wenxiao.model.yaml_text import load_yaml
from wenxiao.project.project_folder import InputFile
from wenxiao.project.strictness import Strict, keys_at

SHIPPED = resources.files("wenxiao.project") / "profiles"

_OWN = ("title", "source")
"""What a profile says for itself even where it extends another."""


def profile_names(folder: Path | None = None) -> tuple[str, ...]:
    """The names of the shipped profiles and of the analyst's own in `folder`."""
    shipped = {entry.name[:-5] for entry in SHIPPED.iterdir() if entry.name.endswith(".yaml")}
    own = {path.stem for path in folder.glob("*.yaml")} if folder and folder.is_dir() else set()
    return tuple(sorted(shipped | own))


_STANDARD = "national"
"""The profile that has the kinds of work of all domains, so that any other may add to them or take one away."""


def merged(name: str, folder: Path | None = None, below: tuple[str, ...] = ()) -> dict[str, object]:
    """The keys of a profile over those of the one it extends.

    Mappings are merged key by key, a null takes an inherited key away, lists are replaced, and a scoring method of another
    kind replaces the inherited one whole. Raises ProfileError for a file that is missing, no YAML, or extends itself.
    """
    if name in below:
        chain = " → ".join((*below, name))
        raise ProfileError(
            Problem(f"评价规则相互继承成环：{chain}", file=f"{name}.yaml", remedy="改正 extends")
        )
    data = _read(name, folder)
    data.setdefault("name", name)
    parent = data.get("extends")
    if not parent:
        return overlaid({"works": kinds_of_work()}, data) if name == _STANDARD else data
    if not isinstance(parent, str):
        raise ProfileError(
            Problem(
                "extends 应为一套评价规则的名称", file=f"{name}.yaml", value=str(parent), remedy="写一个名称"
            )
        )
    silent = [key for key in _OWN if key not in data]
    if silent:
        raise ProfileError(
            Problem(
                f"缺少 {key}",
                file=f"{name}.yaml",
                rule="继承别的评价规则时也须写明自己的标题和依据",
                remedy=f"补上 {key}",
            )
            for key in silent
        )
    return overlaid(merged(parent, folder, (*below, name)), data)


def overlaid(base: Mapping[str, object], own: Mapping[str, object]) -> dict[str, object]:
    """The keys of one profile over those of another, as `merged` puts them."""
    result = dict(base)
    for key, value in own.items():
        inherited = result.get(key)
        if value is None and key in result:
            del result[key]
        elif isinstance(value, dict) and isinstance(inherited, dict) and not _another(inherited, value):
            result[key] = overlaid(inherited, value)
        else:
            result[key] = value
    return result


def _another(inherited: Mapping[str, object], own: Mapping[str, object]) -> bool:
    """Whether two mappings are scoring methods of different kinds, whose parameters do not mix."""
    return "method" in inherited and "method" in own and inherited["method"] != own["method"]


def files_of(name: str, folder: Path | None = None) -> tuple[InputFile, ...]:
    """The file of a profile and those of the profiles it extends, for one that was read."""
    own = InputFile.of(f"{name}.yaml", _entry(name, folder).read_bytes())
    parent = _read(name, folder).get("extends")
    return (own, *files_of(str(parent), folder)) if parent else (own,)


def _entry(name: str, folder: Path | None) -> Traversable:
    """The file of that name: the analyst's own before a shipped one."""
    own = folder / f"{name}.yaml" if folder else None
    return own if own is not None and own.is_file() else SHIPPED / f"{name}.yaml"


@lru_cache(maxsize=32)
def _parsed(content: bytes, file: str) -> object:
    return load_yaml(decoded(content, ProfileError, file), ProfileError, file)


def _read(name: str, folder: Path | None) -> dict[str, object]:
    entry = _entry(name, folder)
    file = f"{name}.yaml"
    if not entry.is_file():
        known = profile_names(folder)
        like = nearest(name, known)
        hint = f"是否为“{like}”" if like else "改用其中之一"
        raise ProfileError(
            Problem("没有这套评价规则", value=name, rule=f"可用的有 {'、'.join(known)}", remedy=hint)
        )
    data = deepcopy(_parsed(entry.read_bytes(), file))
    if not isinstance(data, dict):
        raise ProfileError(Problem("评价规则应为键值对", file=file, remedy="参照 national.yaml"))
    if data.get("name", name) != name:
        raise ProfileError(
            Problem(
                "name 与文件名不一致", file=file, value=str(data["name"]), remedy=f"改为 {name}，或删去 name"
            )
        )
    return data


_SENTENCES = {
    "missing": "缺少该项",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "应不小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "应不大于 {le}",
    "literal_error": "只能是 {expected}",
    "too_short": "至少要有 {min_length} 项",
    "string_too_short": "不能为空",
    "union_tag_invalid": "没有这种计分方法，可用的有 {expected_tags}",
    "union_tag_not_found": "缺少 method，须写明计分方法",
    "finite_number": "应为有限的数字",
}
_TYPES = {
    "decimal": "应为数字",
    "int": "应为整数",
    "string": "应为文字，纯数字须加引号",
    "tuple": "应为列表",
    "list": "应为列表",
    "dict": "应为键值对",
    "model": "应为键值对",
}


def problem_of(model: type[Strict], name: str, item: ErrorDetails) -> Problem:
    """One thing that is wrong in the file of a profile: where, the rule, the value and the remedy."""
    kind, path, file = item["type"], item["loc"], f"{name}.yaml"
    if kind == "extra_forbidden":
        like = nearest(str(path[-1]), keys_at(model, path))
        hint = f"是否为“{like}”，否则删去该项" if like else "删去该项"
        return Problem("评价规则中有不认识的项", file=file, column=_where(path), remedy=hint)
    value = item["input"]
    return Problem(
        f"评价规则有误：{_sentence(item)}",
        file=file,
        column=_where(path),
        value="" if isinstance(value, (dict, list, tuple, Strict)) or value is None else str(value),
        remedy="按规则改正该项",
    )


def _sentence(item: ErrorDetails) -> str:
    kind = item["type"]
    if kind == "value_error":
        return item["msg"].removeprefix("Value error, ")
    if kind in _SENTENCES:
        context = {key: str(value).replace(" or ", "、") for key, value in item.get("ctx", {}).items()}
        return _SENTENCES[kind].format(**context)
    return _TYPES.get(kind.split("_", maxsplit=1)[0], item["msg"])


def _where(path: tuple[int | str, ...]) -> str:
    """The path to a value: methods.预算执行率.steps.第 1 项.from; pydantic's tag of a method is no key of the file."""
    tagged = 2 if path[:1] in (("methods",), ("default_methods",)) else None
    parts = [part for position, part in enumerate(path) if position != tagged]
    return ".".join(f"第 {part + 1} 项" if isinstance(part, int) else part for part in parts)
