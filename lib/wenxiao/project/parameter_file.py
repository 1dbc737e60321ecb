"""Parameter files: YAML as `papermill -f` reads it, with what papermill lets pass silently made an error; GBK too."""

from __future__ import annotations

from pathlib import Path

from wenxiao.model.errors import ParameterError, Problem
from wenxiao.model.yaml_text import read_yaml


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
