"""The parameters of each notebook, typed, and checked before anything runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from wenxiao.model.errors import ParameterError, Problem
from wenxiao.project.named_things import (
    district_problems,
    profile_problems,
    project_problems,
    ranking_problems,
    scheme_problems,
    unknown,
)
from wenxiao.project.workspace import Workspace

ProjectFolder = Annotated[str, Field(description="项目文件夹，从工作区的根写起")]
ProfileName = Annotated[str, Field(description="评价规则：national 或 parameters/profiles 中的文件名")]
PlaceProfile = Annotated[
    str,
    Field(description="评价规则：空表示按表式所属的地方；或 parameters/profiles 中的文件名"),
]
SchemeName = Annotated[
    str, Field(description="资金分配办法：评价规则 allocation 中的名称，空表示评价规则所指的，没有则不测算")
]
Audience = Annotated[Literal["internal", "release"], Field(description="读者：internal 内部，release 公开")]
Edition = Annotated[
    Literal["内部审核稿", "征求意见稿", "正式稿"], Field(description="稿次：内部审核稿、征求意见稿、正式稿")
]


class NotebookParameters(BaseModel):
    """The parameters of one notebook: its fields, in the order of the parameters cell, each with its help."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
    needed: ClassVar[tuple[str, ...]] = ()
    """What a parameter file must say: the default is for opening the notebook, not for reports under another name."""

    def problems(self, workspace: Workspace) -> Iterator[Problem]:  # noqa: ARG002 - for the classes below
        """What the parameters name and the workspace does not have."""
        yield from ()


class ProjectReport(NotebookParameters):
    """Parameters of the report on one project."""

    needed = ("project",)
    project: ProjectFolder = "data/mudan-2023"
    profile: ProfileName = "national"
    audience: Audience = "internal"
    edition: Edition = "内部审核稿"

    def problems(self, workspace: Workspace) -> Iterator[Problem]:
        """A project folder or profile that is not there."""
        yield from project_problems("project", self.project, workspace)
        yield from profile_problems(self.profile, workspace)


class DistrictReport(NotebookParameters):
    """Parameters of the report on one district of a project."""

    needed = ("project", "district")
    project: ProjectFolder = "data/linyi-2021"
    district: Annotated[str, Field(description="县区（或镇、街道），照表中的写法")] = "兰山区"
    profile: ProfileName = "national"
    audience: Audience = "internal"
    edition: Edition = "内部审核稿"
    consent: Annotated[bool, Field(description="其他县区（镇街）已同意在公开稿中列出名称和数据")] = False

    def problems(self, workspace: Workspace) -> Iterator[Problem]:
        """A project, district or profile that is not there."""
        missing = tuple(project_problems("project", self.project, workspace))
        yield from missing or district_problems(self.project, self.district, workspace)
        yield from profile_problems(self.profile, workspace)


class DistrictRanking(NotebookParameters):
    """Parameters of the ranking of a project's districts; how ties count is a rule of the profile."""

    needed = ("project",)
    project: ProjectFolder = "data/linyi-2021"
    profile: ProfileName = "national"
    scheme: SchemeName = ""
    audience: Audience = "internal"
    edition: Edition = "内部审核稿"

    def problems(self, workspace: Workspace) -> Iterator[Problem]:
        """A project folder, profile or scheme that is not there, a project whose tables give no scores by district."""
        missing = tuple(project_problems("project", self.project, workspace))
        yield from missing or ranking_problems(self.project, workspace)
        unknown_profile = tuple(profile_problems(self.profile, workspace))
        yield from unknown_profile or scheme_problems(self.scheme, self.profile, workspace)


class Portfolio(NotebookParameters):
    """Parameters of the comparison of several projects."""

    projects: Annotated[
        list[str], Field(description="项目文件夹的列表，空表示 data 中的全部项目", default_factory=list)
    ]
    profile: ProfileName = "national"
    audience: Audience = "internal"
    edition: Edition = "内部审核稿"

    def problems(self, workspace: Workspace) -> Iterator[Problem]:
        """Project folders or a profile that are not there, and a project listed twice."""
        for project in dict.fromkeys(self.projects):
            yield from project_problems("projects", project, workspace)
            if self.projects.count(project) > 1:
                yield Problem("projects 中同一个项目列了两次", value=project, remedy="删去一处")
        yield from profile_problems(self.profile, workspace)


class SelfEvaluation(NotebookParameters):
    """Parameters of the report on one self-evaluation."""

    needed = ("form",)
    form: Annotated[
        str, Field(description="自评表的文件，从工作区的根写起；一个文件有几份的，后面加 /项目名称")
    ] = "data/_自评示例（合成数据）/市交通运输局/农村公路养护.xlsx"
    profile: PlaceProfile = ""

    def problems(self, workspace: Workspace) -> Iterator[Problem]:
        """A file or profile that is not there."""
        yield from project_problems("form", self.form, workspace)
        yield from profile_problems(self.profile, workspace) if self.profile else ()


class Season(NotebookParameters):
    """Parameters of the report on all self-evaluations of a season."""

    needed = ("forms",)
    forms: Annotated[str, Field(description="各单位自评表的文件夹，从工作区的根写起")] = (
        "data/_自评示例（合成数据）"
    )
    earlier: Annotated[str, Field(description="上一轮自评表的文件夹；空表示没有上一轮")] = ""
    profile: PlaceProfile = ""
    sample: Annotated[int, Field(ge=0, description="抽查的份数；0 表示按评价规则的比例")] = 0
    seed: Annotated[int, Field(ge=0, description="抽查的随机种子")] = 0

    def problems(self, workspace: Workspace) -> Iterator[Problem]:
        """A folder or profile that is not there."""
        yield from project_problems("forms", self.forms, workspace)
        yield from project_problems("earlier", self.earlier, workspace) if self.earlier else ()
        yield from profile_problems(self.profile, workspace) if self.profile else ()


class Monitoring(NotebookParameters):
    """Parameters of the report on projects under monitoring (绩效运行监控)."""

    needed = ("project",)
    project: Annotated[
        str, Field(description="监控表、序时进度表的文件夹，从工作区的根写起；可含几个项目")
    ] = "data/_监控示例（合成数据）"
    profile: ProfileName = "national"
    audience: Audience = "internal"
    edition: Edition = "内部审核稿"

    def problems(self, workspace: Workspace) -> Iterator[Problem]:
        """A project folder or profile that is not there."""
        yield from project_problems("project", self.project, workspace)
        yield from profile_problems(self.profile, workspace)


PARAMETERS: Mapping[str, type[NotebookParameters]] = {
    "project_report": ProjectReport,
    "district_report": DistrictReport,
    "district_ranking": DistrictRanking,
    "portfolio": Portfolio,
    "self_evaluation": SelfEvaluation,
    "season": Season,
    "monitoring": Monitoring,
}


def check_parameters(
    cls: type[NotebookParameters], values: Mapping[str, object], workspace: Workspace, file: str = ""
) -> NotebookParameters:
    """The typed parameters of a run; `file` is the parameter file's name in messages.

    Raises ParameterError with all that is wrong: unknown names with the nearest known one, types, choices, and what is
    named but not there.
    """
    try:
        parameters = cls.model_validate(dict(values))
    except ValidationError as error:
        problems = [_invalid(item, cls) for item in error.errors()]
        wrong = {str(item["loc"][0]) for item in error.errors() if item["loc"]}
        sound = {name: value for name, value in values.items() if name not in wrong}
        if sound.keys() >= set(cls.needed):  # what is named and not there is said in the same pass
            problems += _not_possible(cls.model_validate(sound), workspace)
        raise ParameterError([_located(problem, file) for problem in problems]) from None
    problems = [_located(problem, file) for problem in _not_possible(parameters, workspace)]
    if problems:
        raise ParameterError(problems)
    return parameters


def _not_possible(parameters: NotebookParameters, workspace: Workspace) -> Iterator[Problem]:
    """What parameters of the right types cannot mean: things that are not there, an edition that contradicts its readers."""
    yield from parameters.problems(workspace)
    said = parameters.model_dump()
    if said.get("audience") == "release" and said.get("edition") == "内部审核稿":
        yield Problem(
            "内部审核稿不能公开",
            value="audience: release",
            rule="公开的报告须写明稿次",
            remedy="加一行 edition: 征求意见稿 或 edition: 正式稿",
        )


def missing_names(cls: type[NotebookParameters], values: Mapping[str, object]) -> Iterator[Problem]:
    """What a parameter file must say and does not."""
    for name in cls.needed:
        if name not in values:
            help_text = cls.model_fields[name].description
            yield Problem(
                f"没有写 {name} 这个参数",
                rule="参数文件须写明对象，不用默认值",
                remedy=f"加一行 {name}: …（{help_text}）",
            )


_WORDS: Mapping[str, str] = {
    "string_type": "文字，纯数字、日期、是否须加引号",
    "int_type": "整数",
    "float_type": "数",
    "bool_type": "true 或 false",
    "list_type": "列表，每项一行，以“- ”开头",
    "dict_type": "键值对",
}


def _located(problem: Problem, file: str) -> Problem:
    return Problem(problem.what, file=file, value=problem.value, rule=problem.rule, remedy=problem.remedy)


def _invalid(item: ErrorDetails, cls: type[NotebookParameters]) -> Problem:
    name, *rest = item["loc"]
    shown = f"{name} 的第 {int(rest[0]) + 1} 项" if rest and isinstance(rest[0], int) else str(name)
    known = tuple(cls.model_fields)
    if item["type"] == "extra_forbidden":
        problem = unknown(f"没有 {name} 这个参数", str(name), known)
        return Problem(problem.what, rule=problem.rule, remedy=problem.remedy)
    value = str(item["input"])
    if item["type"] == "literal_error":
        choices = get_args(cls.model_fields[str(name)].annotation)
        return unknown(f"{shown} 的值不在可选之列", value, choices)
    return Problem(
        f"{shown} 的类型不对",
        value=value,
        rule=f"应为{_WORDS.get(item['type'], item['msg'])}",
        remedy="改正该值",
    )
