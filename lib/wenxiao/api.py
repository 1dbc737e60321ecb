"""The handful of names that scripts and notebooks of one's own use: `import wenxiao as wx`.

    wx.read(path)                 what is read from one workbook, or from a pandas frame
    wx.load_project(folder)       a project: all its tables, corrections and words
    wx.load_projects(folder)      the projects of several forms handed in together, one by one
    wx.load_profile(name)         rules of evaluation
    wx.evaluate(project)          everything that follows: measures, scorecard, ranking, findings
    wx.rank(scores)               the ranking of districts
    wx.audit(project)             the findings, gravest first
    wx.frame(value)               a table, scorecard, ranking, measures or findings as a pandas frame
    wx.charts                     evaluation values to charts, each with .svg, .png() and .figure()

A project may be given as `load_project` returns it, as a folder, or as pandas frames by the name of their sheet. What
cannot be read or run raises a `WenxiaoError`: SheetError, ProjectError, ParameterError, ProfileError or RunError (the
tree is drawn in `wenxiao.model.errors`); each carries all problems found in one pass as `problems`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from wenxiao.evaluation import Evaluation, Ranking
from wenxiao.evaluation import evaluate as _evaluate
from wenxiao.fields import standard_registry
from wenxiao.model import Finding, Problem, ProjectError
from wenxiao.model.errors import ParameterError, ProfileError, RunError, SheetError, WenxiaoError
from wenxiao.project import Profile, Project, Workspace, project_of_frames
from wenxiao.project import load_profile as _load_profile
from wenxiao.project import load_project as _load_project
from wenxiao.sheets import Reading, read_workbook

if TYPE_CHECKING:
    import pandas as pd

    from wenxiao import charts
    from wenxiao.evaluation.frames import frame_of as frame

    Frames = pd.DataFrame | Mapping[str, pd.DataFrame]
    Source = Project | Frames | str | PathLike[str]

__all__ = [
    "Evaluation",
    "Finding",
    "ParameterError",
    "Problem",
    "Profile",
    "ProfileError",
    "Project",
    "ProjectError",
    "Ranking",
    "Reading",
    "RunError",
    "SheetError",
    "WenxiaoError",
    "audit",
    "charts",
    "evaluate",
    "frame",
    "load_profile",
    "load_project",
    "load_projects",
    "rank",
    "read",
]

if "IPython" in sys.modules:
    import_module("wenxiao.display")  # in a notebook: what the names below give shows as in a report


def __getattr__(name: str) -> object:
    """The charts, and what makes frames: matplotlib and pandas are loaded for those who ask for them."""
    if name == "charts":
        return import_module("wenxiao.charts")
    if name == "frame":
        return import_module("wenxiao.evaluation.frames").frame_of
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def read(source: Frames | str | PathLike[str]) -> Reading:
    """What is read from a workbook (xlsx, xlsm, xlsb, xls, ods, csv, tsv, html), or from frames: `.tables`, `.findings`.

    A file that is not there from here is looked for from the workspace and its `data`. Raises SheetError with the cause where
    it cannot be read.

    >>> import pandas as pd
    >>> scores = pd.DataFrame({"县区": ["兰山区", "罗庄区"], "得分": ["94.50", "90.31"]})
    >>> read(scores).tables[0].frame[["district", "score"]].values.tolist()
    [['兰山区', Decimal('94.50')], ['罗庄区', Decimal('90.31')]]
    """
    if not isinstance(source, (str, PathLike)):
        from wenxiao.sheets.frame import read_frame  # noqa: PLC0415 - loads pandas

        return read_frame(source, standard_registry())
    path = Path(source)
    if not path.is_file() and not path.is_absolute():
        workspace = Workspace.find()
        places = (workspace.root / path, workspace.data / path)
        path = next((place for place in places if place.is_file()), path)
    return read_workbook(path, standard_registry())


def load_project(source: Source) -> Project:
    """A project by the path or the name of its folder, or from frames.

    Raises ProjectError with all that cannot be read, with the nearest name for one that is not there.

    >>> load_project("linyi-2021").districts[:2]
    ('兰山区', '罗庄区')
    """
    if isinstance(source, Project):
        return source
    if isinstance(source, (str, PathLike)):
        return _load_project(_folder(source))
    return project_of_frames(source if isinstance(source, Mapping) else {"Sheet1": source})


def _folder(source: str | PathLike[str]) -> Path:
    """The folder of a project by name or path; a path needs no workspace around."""
    folder = Path(source)
    if folder.is_absolute() and folder.is_dir():
        return folder
    try:
        workspace = Workspace.find()
    except ProjectError:
        if folder.is_dir():
            return folder
        raise
    return workspace.project_folder(source)


def load_projects(source: Source) -> tuple[Project, ...]:
    """The projects of several forms handed in together (one each), else the one project that is there.

    Raises ProjectError with all that cannot be read.

    >>> [project.name for project in load_projects("linyi-2021")]
    ['linyi-2021']
    """
    project = load_project(source)
    return project.projects or (project,)


def load_profile(name: str | Profile = "national") -> Profile:
    """Rules of evaluation by name: one of the workspace's parameters/profiles, else one that ships.

    Raises ProfileError with every problem of the file.

    >>> [band.label for band in load_profile().grades]
    ['优', '良', '中', '差']
    """
    if isinstance(name, Profile):
        return name
    try:
        folder = Workspace.find().profiles
    except ProjectError:  # installed, and no workspace around: the shipped ones are there all the same
        folder = None
    return _load_profile(name, folder)


def evaluate(project: Source, profile: str | Profile = "national") -> Evaluation:
    """Everything that follows from a project under a profile.

    >>> evaluation = evaluate("linyi-2021")
    >>> evaluation.verdict.score.text, evaluation.verdict.grade.label, evaluation.execution.text
    ('90.02', '优', '81.24%')
    """
    return _evaluate(load_project(project), load_profile(profile))


def rank(project: Source, profile: str | Profile = "national") -> Ranking:
    """The ranking of the districts whose scores a project or frame gives; ties share a rank.

    Raises ProjectError where no table gives scores by district.

    >>> import pandas as pd
    >>> scores = pd.DataFrame({"县区": ["甲县", "乙县", "丙县"], "得分": [91.2, 88, 91.2]})
    >>> [(place.district, place.rank_text) for place in rank(scores).places]
    [('甲县', '1（并列）'), ('乙县', '3'), ('丙县', '1（并列）')]
    """
    loaded = load_project(project)
    ranking = evaluate(loaded, profile).ranking
    if ranking is None:
        raise ProjectError(
            Problem(
                "没有各县区的得分，不能排名",
                file=loaded.name,
                rule="一张表里有“县区”和“得分”两列，一行一个县区",
                remedy="放入各县区的得分表",
            )
        )
    return ranking


def audit(project: Source, profile: str | Profile = "national") -> tuple[Finding, ...]:
    """The findings (核对差异) of reading and of the checks, gravest first.

    >>> import pandas as pd
    >>> funds = pd.DataFrame({"资金来源": ["中央", "省级", "合计"], "预算数（万元）": [100, 50, 160]})
    >>> [(finding.severity.label, finding.printed, finding.recomputed) for finding in audit(funds)][0]
    ('错误', '160万元', '150万元')
    """
    return evaluate(project, profile).findings
