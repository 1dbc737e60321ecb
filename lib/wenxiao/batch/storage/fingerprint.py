"""What a report is made from, as a key: two runs with equal keys make the same report.

A key has seven parts, so that a change can be named: the notebook's cells, the parameters with their defaults, the rules of
evaluation down the chain of `extends`, the files that loading the projects reads, the program, its template, the installed packages.
"""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

from wenxiao.batch.run import Run
from wenxiao.model.errors import ProfileError, ProjectError
from wenxiao.project.contents import contents, digest, digest_of, program_digest
from wenxiao.project.parameters_cell import parameters_of
from wenxiao.project.profile_file import files_of, merged
from wenxiao.project.project_folder import ProjectFolder
from wenxiao.project.workspace import Workspace

NOTEBOOK, PARAMETERS, PROFILE, DATA = "notebook", "parameters", "profile", "data"
PROGRAM, TEMPLATE, PACKAGES = "program", "template", "packages"

ROOMS = (
    "isolation",
    "model",
    "fields",
    "sheets",
    "project",
    "evaluation",
    "season",
    "charts",
    "display",
    "contents",
    "reports",
    "batch",
)
"""The rooms that make a report; the command and the explorer do not."""
_TEMPLATE = "reports/templates"
_EACH = 100  # projects; of more than these it is only kept whether any changed
_REQUIREMENT = re.compile(r"[\w.-]+")


class Fingerprints:
    """Makes the keys of runs in the workspace at `root`; each file, profile and notebook is read once."""

    def __init__(self, root: Path) -> None:
        self._workspace = Workspace(root)
        self._notebooks: dict[Path, str] = {}
        self._profiles: dict[str, dict[str, str]] = {}
        self._places: dict[str, Path | None] = {}
        self._projects: dict[Path, dict[str, str]] = {}
        self._everything: dict[str, str] = {}

    def key(self, run: Run) -> str:
        """The key of a run as canonical JSON."""
        values = parameters_of(run.source).model_validate(dict(run.parameters)).model_dump(mode="json")
        data = self._data(values)
        if (
            values.get("audience") == "release"
        ):  # the manifest goes where the report goes, and files may be called by names
            data = {"data": digest_of(data)}
        parts: dict[str, object] = {
            NOTEBOOK: self._notebook(run.source),
            PARAMETERS: values,
            PROFILE: self._profile(values.get("profile")),
            DATA: data,
            PROGRAM: program_digest(*ROOMS),
            TEMPLATE: program_digest(_TEMPLATE),
            PACKAGES: packages_digest(),
        }
        return json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def _notebook(self, source: Path) -> str:
        if source not in self._notebooks:
            cells = json.loads(source.read_bytes())["cells"]
            content = [(cell["cell_type"], "".join(cell["source"]), cell["metadata"]) for cell in cells]
            self._notebooks[source] = sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        return self._notebooks[source]

    def _profile(self, name: object) -> dict[str, str]:
        if not isinstance(name, str):
            return {}
        if name not in self._profiles:
            folder = self._workspace.profiles
            try:
                merged(name, folder)
                self._profiles[name] = {file.name: file.sha256 for file in files_of(name, folder)}
            except ProfileError as error:  # the run will say so too
                self._profiles[name] = {name: str(error)}
        return self._profiles[name]

    def _data(self, values: Mapping[str, object]) -> dict[str, str]:
        """The files a run may read: those of the folders its parameters name, of all projects if they name none."""
        named = (self._named(value) for value in _texts(values))
        places = dict.fromkeys(path for path in named if path is not None)
        if not places:
            self._everything = self._everything or self._folded(
                map(self._workspace.resolve, self._workspace.projects)
            )
            return self._everything
        if len(places) > 1:
            return self._folded(iter(places))
        (only,) = places
        return self._contents(only)

    def _named(self, value: str) -> Path | None:
        """The file or folder of the workspace that a text names, if it is there."""
        if value not in self._places:
            try:
                path = self._workspace.resolve(value)
            except ProjectError:
                path = self._workspace.root
            inside = path.parent.is_file() or path.parent.parent == self._workspace.data
            if not path.exists() and inside:
                path = path.parent  # one of several projects that the forms of a folder or file are of
            self._places[value] = path if path != self._workspace.root and path.exists() else None
        return self._places[value]

    def _contents(self, path: Path) -> dict[str, str]:
        if path not in self._projects:
            self._projects[path] = self._read(path)
        return self._projects[path]

    def _read(self, path: Path) -> dict[str, str]:
        """What a run may read of a path: of a project what loading it reads, of any other folder everything below."""
        if path.parent == self._workspace.data or (path.is_file() and self._workspace.data in path.parents):
            return ProjectFolder.of(path).contents()
        return contents(path) if path.is_dir() else {path.name: digest(path)}

    def _folded(self, places: Iterator[Path]) -> dict[str, str]:
        each = {self._workspace.relative(path): digest_of(self._contents(path)) for path in places}
        return each if len(each) <= _EACH else {"data": digest_of(each)}


@cache
def packages_digest() -> str:
    """The SHA-256 of the versions of Python and of all installed packages that this one needs, directly or not."""
    found = {"python": platform.python_version()}
    waiting = ["wenxiao"]
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # for another system, or of an extra
            continue
        found[name] = "" if name == "wenxiao" else distribution.version
        for line in distribution.requires or ():
            match = _REQUIREMENT.match(line)
            if match and "extra ==" not in line:
                waiting.append(match[0])
    return digest_of(dict(sorted(found.items())))


def _texts(values: Mapping[str, Any]) -> Iterator[str]:
    for value in values.values():
        for each in value if isinstance(value, list) else (value,):
            if isinstance(each, str) and each.strip():
                yield each
