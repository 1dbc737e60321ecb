"""A new workspace: the notebooks that the package brings, and the folders and words around them."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from wenxiao.model import Problem, ProjectError

_README = """# 工作区

| 文件夹 | 内容 |
|---|---|
| `data/` | 一个项目一个文件夹，放原始表格；`wenxiao new 名称` 新建 |
| `parameters/` | 一个笔记一个文件夹，一个报告一个 YAML 文件；`profiles/` 放自己的评价规则 |
| `notebooks/` | 报告的笔记和交互分析 |
| `outputs/` | 生成的报告，可以删去重做 |

```console
wenxiao new 某县2025                     新建项目，得到可填写的模板
wenxiao check data/某县2025              看表格怎样被读取
wenxiao run                              生成全部报告，见 outputs/index.html
jupyter lab notebooks/explore.ipynb      交互分析
```
"""
_IGNORED = "/outputs/*\n!/outputs/README.md\n/data/.removed/\n.ipynb_checkpoints/\n"
_OUTPUTS = "生成的报告放在这里，可以删去重做。\n"
_PROFILES = """自己的评价规则放在这里，一套一个 YAML 文件，只写与 national（财预〔2020〕10号）不同的部分：

```yaml
title: 某市 2025 年评价规则
source: 某财绩〔2025〕3号
extends: national
ties: dense
```
"""


def create_workspace(folder: Path) -> tuple[Path, ...]:
    """The files made of a workspace in a folder; those that are there stay as they are.

    Raises ProjectError for a folder that holds anything else, or that cannot be written.
    """
    wanted = {f"notebooks/{entry.name}": entry.read_bytes() for entry in _notebooks()}
    wanted |= {
        name: text.encode()
        for name, text in (
            ("README.md", _README),
            (".gitignore", _IGNORED),
            ("outputs/README.md", _OUTPUTS),
            ("parameters/profiles/README.md", _PROFILES),
        )
    }
    known = {name.partition("/")[0] for name in wanted} | {"data"}
    other = [path.name for path in _listed(folder) if path.name not in known and path.name[0] != "."]
    if other:
        raise ProjectError(
            Problem(
                "文件夹里已有别的文件",
                file=str(folder),
                value="、".join(sorted(other)[:5]),
                rule="工作区从空文件夹开始",
                remedy="换一个空文件夹，如 wenxiao init 工作区",
            )
        )
    made = []
    try:
        for name, content in wanted.items():
            path = folder / name
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                made.append(path)
        (folder / "data").mkdir(exist_ok=True)
    except OSError as error:
        raise ProjectError(
            Problem(f"文件写不进去：{error.strerror}", file=str(folder), remedy="检查磁盘空间和文件夹权限")
        ) from error
    return tuple(made)


def _listed(folder: Path) -> list[Path]:
    if folder.exists() and not folder.is_dir():
        raise ProjectError(Problem("这不是文件夹", file=str(folder), remedy="换一个名称"))
    return list(folder.iterdir()) if folder.is_dir() else []


def _notebooks() -> list[Traversable]:
    """The notebooks that the wheel brings; in a checkout they lie beside the package."""
    packed = resources.files("wenxiao.collect") / "notebooks"
    place = packed if packed.is_dir() else Path(__file__).resolve().parents[3] / "notebooks"
    return sorted(
        (each for each in place.iterdir() if each.name.endswith(".ipynb")), key=lambda each: each.name
    )
