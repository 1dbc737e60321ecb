"""A workbench for the performance evaluation of budget spending (预算绩效评价).

The rooms, bottom to top; each may import those before it, never those after it:

- ``model``: the values all others speak in
- ``fields``: the registry of fields, as data
- ``sheets``: files as grids of cells with addresses, and as tables
- ``project``: the workspace, its projects, parameters and profiles
- ``evaluation``: measures, scores, grades, ranking and audit
- ``charts``, ``display``: how values look
- ``reports``: pages, results and working papers
- ``batch``: many runs
- ``collect``: rosters, templates and returned forms
- ``explorer``: exploring with widgets
- ``api``: the names below
- ``cli``: the ``wenxiao`` command

``import wenxiao as wx`` gives the names of ``wenxiao.api``, each loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wenxiao import charts
    from wenxiao.api import (
        Evaluation,
        Finding,
        ParameterError,
        Problem,
        Profile,
        ProfileError,
        Project,
        ProjectError,
        Ranking,
        Reading,
        RunError,
        SheetError,
        WenxiaoError,
        audit,
        evaluate,
        frame,
        load_profile,
        load_project,
        load_projects,
        rank,
        read,
    )

__version__ = "0.1.0"

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


def __getattr__(name: str) -> object:
    """A name of `wenxiao.api`, loaded now: the command's help and a worker's start must not wait for pandas."""
    if name in __all__:
        return getattr(import_module("wenxiao.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names."""
    return [*__all__, "__version__"]
