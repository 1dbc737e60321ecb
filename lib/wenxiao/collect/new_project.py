"""A new project: its data folder with a template workbook, a SOURCE.md and a narrative.md, and its parameter files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from wenxiao.batch.run import is_safe
from wenxiao.collect.blank_form import BlankForm, blank_form
from wenxiao.collect.collection import keep
from wenxiao.collect.form import form_of_domain, load_form
from wenxiao.collect.template import write_template
from wenxiao.fields import Registry, standard_registry
from wenxiao.fields.domain import GENERAL, domains
from wenxiao.model import ParameterError, Problem
from wenxiao.project import Workspace
from wenxiao.project.narrative import SECTIONS
from wenxiao.project.overview import districts_of, has_district_scores
from wenxiao.project.project_folder import SUFFIXES

Kind = BlankForm | Literal["evaluation"]
"""What a project is made for."""
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
