"""A new project: its data folder with a template workbook, a SOURCE.md and a narrative.md, and its parameter files."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

import yaml

from wenxiao.batch.run import is_safe
from wenxiao.collect.collection import keep
from wenxiao.collect.form import form_of_domain, load_form
from wenxiao.collect.template import write_template
from wenxiao.display.workbook import OutputWorkbook
from wenxiao.fields import Registry, standard_registry
from wenxiao.fields.domain import GENERAL, domains
from wenxiao.model import ParameterError, Problem, ProjectError
from wenxiao.project import Workspace
from wenxiao.project.narrative import SECTIONS
from wenxiao.project.overview import districts_of, has_district_scores
from wenxiao.project.project_folder import SUFFIXES

_SOURCE = """# {name}

| | |
|---|---|
| title | 待填：报告或资料的名称 |
| publisher, place | 待填：提供资料的单位和地区 |
| year | 待填 |
| received | 待填：收到资料的日期和方式 |

## What went where · 哪张表来自哪里

| workbook, sheet | source |
|---|---|
| 待填 | 待填 |

## Left out, ambiguities · 没有录入的、有歧义的

待填
"""
_HINTS = {
    "项目概况": "立项背景、主要内容、实施单位",
    "绩效目标": "总体目标和年度目标",
    "评价工作": "评价目的、对象和范围、方法、过程",
    "评价结论": "对得分和等级的说明",
    "指标分析": "各项指标得分和扣分的说明",
    "主要经验": "写值得推广的做法",
    "存在的问题": "一条一个问题，写事实和金额",
    "原因分析": "与问题对应",
    "有关建议": "与问题对应，写由谁做",
    "其他需要说明的问题": "资料的限制、口径的变化",
    "差异说明": "逐项说明核对出的错误，写出事项名称；只进内部稿",
}


@dataclass(frozen=True, slots=True)
class NewProject:
    """What `create_project` did: the folder, what was made, and what lay there already and was left as it was."""

    folder: Path
    made: tuple[Path, ...]
    kept: tuple[Path, ...]


def create_project(
    workspace: Workspace,
    name: str,
    districts: Sequence[str] = (),
    registry: Registry | None = None,
    *,
    domain: str = GENERAL,
    kind: Kind = "evaluation",
) -> NewProject:
    """A project's folder and parameter files, made where they are not there yet; nothing is ever overwritten.

    A folder without a table gets the template workbook, with `districts` in its sheet of districts, worded for a `domain` of
    spending; of a `kind` other than evaluation it gets the blank form of the field. One that has tables
    gets the parameter files that its tables allow: a ranking and the report of a district need scores by district. Raises ParameterError for a name
    that cannot be a folder's on every system or a district named twice, ProjectError where a file cannot be written or
    the tables that are there cannot be read.
    """
    problems = [*_of_name(name), *_of_districts(districts)]
    if domain not in domains():
        listed = "、".join(f"{key}（{each.label}）" for key, each in domains().items())
        problems.append(
            Problem("没有这个领域", value=domain, rule=f"可用的有 {listed}", remedy="改正 --domain")
        )
    if problems:
        raise ParameterError(problems)
    folder = workspace.data / name
    tables = folder.is_dir() and any(path.suffix.lower() in SUFFIXES for path in folder.iterdir())
    wanted: dict[Path, bytes] = {}
    if not tables:
        given = standard_registry() if registry is None else registry
        rows: dict[str, tuple[tuple[str, ...], ...]] = {"head": (("project_name", name),)}
        if districts:
            rows["districts"] = tuple((district,) for district in districts)
        form = form_of_domain(load_form("project", given), domains()[domain])
        made_for = write_template(form, given, rows=rows) if kind == "evaluation" else blank_form(kind, name)
        wanted[folder / f"{name}.xlsx"] = made_for
    wanted[folder / "SOURCE.md"] = _SOURCE.format(name=name).encode()
    wanted[folder / "narrative.md"] = _narrative().encode()
    parameters = {"project_report": {"project": f"data/{name}"}}
    if kind == "self-evaluation":
        parameters["project_report"]["profile"] = "self-evaluation"
    if tables and has_district_scores(folder):
        parameters["district_ranking"] = {"project": f"data/{name}"}
        parameters["district_report"] = {"project": f"data/{name}", "district": districts_of(folder)[0]}
    for notebook, values in parameters.items():
        text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
        wanted[workspace.parameters / notebook / f"{name}.yaml"] = text.encode()
    made = [path for path in wanted if not path.exists()]
    for path in made:
        keep(path, wanted[path])
    return NewProject(folder, tuple(made), tuple(path for path in wanted if path not in made))


def _of_name(name: str) -> Iterator[Problem]:
    if not is_safe(name) or "--" in name:
        yield Problem(
            "这个名称不能用作文件夹名",
            value=name,
            rule='不含 / \\ : * ? " < > | 和 --，首尾不是点或空格，不是 CON 之类的保留名',
            remedy="换一个名称，如 mudan-2025 或 某县2025年道路养护",
        )


def _of_districts(districts: Sequence[str]) -> Iterator[Problem]:
    for district in dict.fromkeys(districts):
        if not district.strip():
            yield Problem("县区名称是空的", remedy="用逗号分开各县区，如 --districts 甲县,乙县")
        elif districts.count(district) > 1:
            yield Problem("县区列了两次", value=district, remedy="删去一处")


def _narrative() -> str:
    lines = [
        "写在标题下面的文字进入报告，照录不改；没有写的部分不出现。这一段（第一个标题之前）只是提示。",
        "",
    ]
    for section in SECTIONS:
        lines += [f"## {section}", "", f"<!-- {_HINTS[section]} -->", ""]
    return "\n".join(lines)


BlankForm = Literal["self-evaluation", "monitoring"]
Kind = BlankForm | Literal["evaluation"]
"""What a project is made for."""


def blank_form(key: BlankForm, name: str) -> bytes:
    """The workbook of a blank form, with the name of the project in it."""
    text = resources.files("wenxiao.collect").joinpath("blanks", f"{key}.yaml").read_text("utf-8")
    form = yaml.safe_load(text)
    buffer = io.BytesIO()
    with OutputWorkbook(buffer) as book:
        page = book.add_worksheet(form["sheet"])
        style = book.add_format({"border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
        for column, width in enumerate(form["widths"]):
            page.set_column(column, column, width)
        for area in form["merges"]:
            page.merge_range(area, "", style)
        for row, cells in enumerate(form["rows"]):
            for column, cell in enumerate(cells):
                if cell is not None:
                    page.write(row, column, cell.format(name=name) if isinstance(cell, str) else cell, style)
        page.set_landscape()
        page.fit_to_pages(1, 0)
    return buffer.getvalue()


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
