"""The workspace (工作区) and its projects: tables, corrections, narrative, districts, parameters, profiles.

What reads spreadsheets takes a second to import and is loaded when it is first used; planning thousands of runs does without.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from wenxiao.project.workspace import Workspace

if TYPE_CHECKING:
    from wenxiao.project.corrections import Correction
    from wenxiao.project.narrative import Narrative
    from wenxiao.project.overview import districts_of
    from wenxiao.project.profile import Band, Profile, load_profile
    from wenxiao.project.profile_file import profile_names
    from wenxiao.project.project import Fact, Project, load_project, load_projects, project_of_frames
    from wenxiao.project.project_folder import InputFile

_LATER = {
    "Correction": "wenxiao.project.corrections",
    "InputFile": "wenxiao.project.project_folder",
    "Narrative": "wenxiao.project.narrative",
    "districts_of": "wenxiao.project.overview",
    "profile_names": "wenxiao.project.profile_file",
    **dict.fromkeys(("Band", "Profile", "load_profile"), "wenxiao.project.profile"),
    **dict.fromkeys(
        ("Fact", "Project", "load_project", "load_projects", "project_of_frames"), "wenxiao.project.project"
    ),
}

__all__ = [
    "Band",
    "Correction",
    "Fact",
    "InputFile",
    "Narrative",
    "Profile",
    "Project",
    "Workspace",
    "districts_of",
    "load_profile",
    "load_project",
    "load_projects",
    "profile_names",
    "project_of_frames",
]


def __getattr__(name: str) -> object:
    """A public name that is loaded when it is first used."""
    if name in _LATER:
        found: object = getattr(import_module(_LATER[name]), name)
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
