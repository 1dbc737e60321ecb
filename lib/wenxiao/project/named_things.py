"""What parameters name and what is there: projects, forms, districts, rules of evaluation, schemes of allocation."""

from __future__ import annotations

from collections.abc import Iterator

from wenxiao.model.errors import Problem, ProfileError, ProjectError, nearest
from wenxiao.project.overview import districts_of, has_district_scores
from wenxiao.project.profile import load_profile
from wenxiao.project.profile_file import profile_names
from wenxiao.project.workspace import Workspace


def unknown(what: str, value: str, known: tuple[str, ...]) -> Problem:
    """The problem of a name that is none of the known ones, with the nearest as the remedy."""
    like = nearest(value, known)
    listed = "、".join(known[:20]) + ("等" if len(known) > 20 else "")
    return Problem(
        what,
        value=value,
        rule=f"可用的有 {listed}" if known else "",
        remedy=f"是否为“{like}”" if like else "改正名称",
    )


def ranking_problems(project: str, workspace: Workspace) -> Iterator[Problem]:
    """A project whose tables give no scores by district."""
    try:
        ranked = has_district_scores(workspace.resolve(project))
    except ProjectError as error:
        yield from error.problems
        return
    if not ranked:
        yield Problem(
            "项目的表格没有分县区得分，不能排名", value=project, remedy="换一个项目，或放入分县区得分表"
        )


def project_problems(name: str, project: str, workspace: Workspace) -> Iterator[Problem]:
    """A project that is not there, neither as a folder nor as one of several forms."""
    try:
        exists = workspace.resolve(project).exists() or _names_a_form(workspace, project)
    except ProjectError as error:
        yield from error.problems
        return
    if not exists:
        yield unknown(f"{name} 所指的项目文件夹不存在", project, workspace.projects)


def _names_a_form(workspace: Workspace, project: str) -> bool:
    """Whether a path names one of several projects handed in together; what cannot be read fails its own run."""
    folder = workspace.resolve(project)
    if folder.parent == workspace.data or not folder.parent.exists():
        return False
    from wenxiao.project.project import load_project  # noqa: PLC0415 - heavy, and seldom needed

    return any(each.name == folder.name for each in load_project(folder.parent).projects)


def profile_problems(profile: str, workspace: Workspace) -> Iterator[Problem]:
    """Rules of evaluation that are not there."""
    known = profile_names(workspace.profiles)
    if profile not in known:
        yield unknown("profile 所指的评价规则不存在", profile, known)


def scheme_problems(scheme: str, profile: str, workspace: Workspace) -> Iterator[Problem]:
    """A scheme that the profile does not have, or that cannot be tried out: without an amount, with open weights."""
    try:
        rules = load_profile(profile, workspace.profiles)
    except ProfileError as error:
        yield from error.problems
        return
    name = scheme or rules.scheme
    if not name:
        return
    if name not in rules.allocation:
        yield unknown("scheme 所指的资金分配办法不在评价规则中", name, tuple(rules.allocation))
        return
    chosen = rules.allocation[name]
    if chosen.amount is None:
        yield Problem(
            "资金分配办法没有写明分配总额",
            value=name,
            rule="测算须有总额，单位万元",
            remedy=f"在自己的评价规则的 allocation.{name} 中写 amount",
        )
    for place in chosen.open_weights:
        yield Problem(
            "资金分配办法的权重没有给出",
            value=name,
            rule=chosen.source,
            remedy=f"在自己的评价规则的 allocation.{name} 中写明 {place}",
        )


def district_problems(project: str, district: str, workspace: Workspace) -> Iterator[Problem]:
    """A district that the tables of its project do not name."""
    try:
        districts = districts_of(workspace.resolve(project))
    except ProjectError:
        return  # a project that cannot be read fails its own runs, not all others
    if not districts:
        yield Problem(
            f"{project} 没有分县区的表", value=district, remedy="改用 project_report，或补上分县区的表"
        )
    elif district not in districts:
        yield unknown(f"{project} 中没有这个县区", district, districts)
