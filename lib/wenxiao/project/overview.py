"""What parameters are checked against: the districts of a project, and whether they have scores.

To find that out a project is read, which takes some time for thousands of projects. It is kept by what the project's files
hold, so that it is found out once for each state of the files, not once for each call of the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from wenxiao.model.errors import ProjectError
from wenxiao.model.units import POINTS
from wenxiao.project.contents import cache_folder, digest_of, program_digest, recall, remember
from wenxiao.project.project_folder import ProjectFolder

if TYPE_CHECKING:
    from wenxiao.project.project import Project

_READ_BY = ("model", "fields", "sheets", "project")
"""The rooms that decide what is found in a project's files."""
_SCORES = ("score", "initial_score", "reviewed_score", "final_score")


@dataclass(frozen=True, slots=True)
class Overview:
    """The districts of a project, in the order of its sheets; whether a table, or a scorecard of its own, gives a score of some district."""

    districts: tuple[str, ...]
    has_scores: bool


def districts_of(folder: Path) -> tuple[str, ...]:
    """The districts of the project in a data folder. Raises ProjectError if it cannot be read."""
    return overview_of(folder).districts


def has_district_scores(folder: Path) -> bool:
    """Whether a table of the project in a data folder gives a score of some district.

    Raises ProjectError if it cannot be read.
    """
    return overview_of(folder).has_scores


def overview_of(folder: Path) -> Overview:
    """The overview of the project in a data folder. Raises ProjectError if it cannot be read."""
    held = folder if folder.is_dir() else folder.parent
    state = digest_of(ProjectFolder.of(held).contents()) if held.is_dir() else ""
    found = _overview(folder, state)
    if isinstance(found, ProjectError):
        raise ProjectError(found.problems)
    return found


@cache
def _overview(folder: Path, state: str) -> Overview | ProjectError:
    kept = cache_folder("projects") / f"{sha256(str(folder).encode()).hexdigest()[:32]}.json"
    key = f"{state} {program_digest(*_READ_BY)}"
    recalled = recall(kept)
    if recalled.get("key") == key:
        districts = recalled.get("districts")
        if isinstance(districts, list):
            return Overview(tuple(map(str, districts)), bool(recalled.get("has_scores")))
    from wenxiao.project.project import load_project  # noqa: PLC0415 - heavy, and seldom needed

    try:
        found = _overview_of(load_project(folder))
    except ProjectError as error:
        return error
    value = {
        "key": key,
        "folder": str(folder),
        "districts": list(found.districts),
        "has_scores": found.has_scores,
    }
    remember(kept, value)
    return found


def _overview_of(project: Project) -> Overview:
    scored = any(
        column.number(record) is not None
        for table in project.of_kind("districts")
        for column in table.columns
        if column.key == "score" or column.unit == POINTS
        for record in table.records()
    )
    return Overview(project.districts, scored or _have_scorecards(project))


def _have_scorecards(project: Project) -> bool:
    """Whether several districts have a scorecard of their own with a score: its title, sheet or file names the one district."""
    named: set[str] = set()
    for table in project.of_kind("scorecard"):
        said = f"{table.title} {table.origin.sheet} {table.origin.file}"
        districts = [district for district in project.districts if district in said]
        if len(districts) == 1 and any(
            column.number(record) is not None
            for column in table.columns
            if column.key in _SCORES
            for record in table.records()
        ):
            named.add(districts[0])
    return len(named) > 1
