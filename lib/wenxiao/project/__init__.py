"""The workspace (工作区) and its projects: tables, corrections, narrative, districts, parameters, profiles."""

from wenxiao.project.corrections import Correction
from wenxiao.project.input_file import InputFile
from wenxiao.project.narrative import Narrative
from wenxiao.project.overview import districts_of
from wenxiao.project.profile import Band, Profile, load_profile, profile_names
from wenxiao.project.project import (
    Fact,
    Project,
    load_project,
    project_of_frames,
)
from wenxiao.project.workspace import Workspace

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
    "profile_names",
    "project_of_frames",
]
