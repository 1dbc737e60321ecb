"""Parameters as a notebook's cell declares them and as a YAML file gives them."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import create_model

from wenxiao.model.errors import ParameterError, Problem
from wenxiao.model.yaml_text import read_yaml
from wenxiao.project.parameters import PARAMETERS, NotebookParameters

_TYPES: Mapping[str, Any] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": bool,
    "list": list,
    "dict": dict,
    "list[str]": list[str],
}


def parameters_of(notebook: Path, shown: str = "") -> type[NotebookParameters]:
    """The parameters class of a notebook: the project's own one, else one read from its parameters cell.

    `shown` is the notebook's name in messages. Raises ParameterError for a notebook or a cell that cannot be read.
    """
    known = PARAMETERS.get(notebook.stem)
    if known:
        return known
    file = shown or notebook.name
    try:
        return class_of_cell(notebook.stem, _source(notebook))
    except OSError as error:
        raise ParameterError(
            Problem(f"笔记本打不开（{error.strerror}）", file=file, remedy="检查文件名和权限")
        ) from None
    except (ValueError, SyntaxError, KeyError, TypeError):
        raise ParameterError(
            Problem(
                "笔记本的参数单元格读不懂",
                file=file,
                rule="带 parameters 标签的单元格里，每行写“名称: 类型 = 值  # 说明”",
                remedy="用 JupyterLab 打开改正",
            )
        ) from None


def class_of_cell(name: str, source: str) -> type[NotebookParameters]:
    """The parameters class that a parameters cell declares, for an analyst's own notebook.

    A type that is not among the plain ones is left unchecked.

    >>> class_of_cell("own", 'year: int = 2023  # 年度')(year=2022).model_dump()
    {'year': 2022}
    """
    fields: dict[str, Any] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            annotation = _TYPES.get(ast.unparse(node.annotation).strip("'\""), Any)
            fields[node.target.id] = (annotation, ast.literal_eval(node.value))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            fields[node.targets[0].id] = (Any, ast.literal_eval(node.value))
    return create_model(name, __base__=NotebookParameters, **fields)


def _source(notebook: Path) -> str:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", ())]
    return "".join(tagged[0]["source"]) if tagged else ""


def read_parameters(path: Path, shown: str = "") -> dict[str, object]:
    """The parameters of a file, by name; empty for an empty file, whose run takes the notebook's own values.

    `shown` is the file's name in messages. Raises ParameterError with line and column for what is no mapping of
    names to values in UTF-8.
    """
    file = shown or path.name
    values = read_yaml(path, ParameterError, file)
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
