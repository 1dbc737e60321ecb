"""Parameter files: YAML as `papermill -f` reads it, with what papermill lets pass silently made an error."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from wenxiao.model.errors import ParameterError, Problem

_TIMESTAMP, _MERGE = "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:merge"


class _DuplicateKeyError(yaml.MarkedYAMLError):
    """A key that stands twice in one mapping; YAML forbids it, PyYAML takes the last."""


_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times as fast; PyYAML may lack it


class _Loader(_Base):  # type: ignore[misc] # chosen above
    """papermill's loader (dates stay text) that refuses a key given twice."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own way to configure a loader
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        """The mapping of a node; raises for a key that stands twice."""
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            if key_node.tag == _MERGE:
                continue
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable) and key in seen:
                raise _DuplicateKeyError(problem=f"“{key}”写了两次", problem_mark=key_node.start_mark)
            if isinstance(key, Hashable):
                seen.add(key)
        mapping: dict[Hashable, object] = super().construct_mapping(node, deep)
        return mapping


def read_parameters(path: Path, shown: str = "") -> dict[str, object]:
    """The parameters of a file, by name; empty for an empty file, whose run takes the notebook's own values.

    `shown` is the file's name in messages. Raises ParameterError with line and column for what is no mapping of
    names to values in UTF-8.
    """
    file = shown or path.name
    try:
        text = path.read_text(encoding="utf-8")
        # The loader is a SafeLoader.
        values = yaml.load(text, Loader=_Loader)
    except OSError as error:
        raise ParameterError(
            Problem(f"参数文件打不开（{error.strerror}）", file=file, remedy="检查文件名和权限")
        ) from None
    except UnicodeDecodeError:
        raise ParameterError(
            Problem("参数文件不是 UTF-8 编码", file=file, remedy="在编辑器中另存为 UTF-8")
        ) from None
    except yaml.YAMLError as error:
        raise ParameterError(_syntax(error, file)) from None
    if values is None:
        return {}
    rule = "每行一个“参数名: 值”"
    if not isinstance(values, dict):
        raise ParameterError(
            Problem(
                "参数文件的内容不是参数", file=file, value=str(values)[:40], rule=rule, remedy="按规则改写"
            )
        )
    nameless = [key for key in values if not isinstance(key, str)]
    if nameless:
        raise ParameterError(
            Problem("参数名不是文字", file=file, value=str(key), rule=rule, remedy="给参数名加引号或改正")
            for key in nameless
        )
    return values


def _syntax(error: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    cell = f"第 {mark.line + 1} 行第 {mark.column + 1} 列" if mark else ""
    what = getattr(error, "problem", None) or str(error)
    if isinstance(error, _DuplicateKeyError):
        return Problem(what, file=file, cell=cell, rule="一个参数只能有一个值", remedy="删去一处")
    return Problem(f"不是合法的 YAML（{what}）", file=file, cell=cell, remedy="检查该处的冒号、引号和缩进")
