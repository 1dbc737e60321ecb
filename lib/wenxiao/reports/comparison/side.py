"""One side of a comparison: a run, or a folder of many, found at a path or an address."""

from __future__ import annotations

import os
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import from_json
from upath import UPath

from wenxiao.model import Problem, RunError
from wenxiao.project.place import place_of, without_password
from wenxiao.reports.records import SCHEMA_VERSION, Results

_FILE = "results.json"


@dataclass(frozen=True, slots=True)
class Side:
    """The results files of one side by the name of their run; a single run has no name."""

    shown: str
    runs: dict[str, UPath]
    several: bool


def side_of(path: str | os.PathLike[str]) -> Side:
    """The side that a path means: a results.json, the folder of a run, or a folder of outputs.

    Raises RunError where there is nothing to compare.
    """
    place = place_of(path)
    shown = without_password(str(path))
    if place.is_file():
        return Side(shown, {"": place}, several=False)
    if (place / _FILE).is_file():
        return Side(shown, {"": place / _FILE}, several=False)
    if not place.exists():
        raise RunError(Problem("没有这个文件或文件夹", file=shown, remedy="检查路径"))
    found = {
        f"{each.parent.parent.name}/{each.parent.name}": each
        for each in sorted(place.glob(f"*/*/{_FILE}"), key=str)
        if not each.parent.name.startswith(".") and not each.parent.parent.name.startswith(".")
    }
    if not found:
        raise RunError(
            Problem(
                "里面没有运行结果",
                file=shown,
                rule=f"一次运行的文件夹里有 {_FILE}；outputs 文件夹里每个笔记本一个文件夹，其下每次运行一个",
                remedy="指明 outputs 文件夹、其中一次运行的文件夹，或一个 results.json",
            )
        )
    return Side(shown, found, several=True)


def read_results(content: bytes, shown: str) -> Results:
    """The results in a file; RunError for one that is broken or of another version."""
    try:
        data = from_json(content)
    except ValueError:
        raise RunError(
            Problem("不是合法的 JSON，可能没有写完", file=shown, remedy="重新运行，生成新的结果")
        ) from None
    version = data.get("schema_version") if isinstance(data, dict) else None
    if version != SCHEMA_VERSION:
        raise RunError(
            Problem(
                "结果的结构版本不同，不能比较" if version is not None else "不是运行结果",
                file=shown,
                value=str(version) if version is not None else "",
                rule=f"结果结构第 {SCHEMA_VERSION} 版",
                remedy="用同一版本的软件重新运行两边",
            )
        )
    try:
        return Results.model_validate_json(content)
    except ValidationError as error:
        where = "；".join(".".join(map(str, item["loc"])) for item in error.errors()[:3])
        raise RunError(
            Problem(
                "结果的内容不完整或被改动过",
                file=shown,
                value=where,
                rule=f"结果结构第 {SCHEMA_VERSION} 版",
                remedy="重新运行，生成新的结果",
            )
        ) from None
