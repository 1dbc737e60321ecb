"""A workbench for the performance evaluation of budget spending (预算绩效评价).

The rooms, bottom to top; each may import those before it, never those after it:

- ``model``: the values all others speak in
- ``fields``: the registry of fields, as data
- ``sheets``: files as grids of cells with addresses, and as tables
- ``project``: the workspace, its projects, parameters and profiles
- ``evaluation``: measures, scores, grades, ranking and audit
- ``season``: the self-evaluations of a season held side by side
- ``charts``, ``display``: how values look
- ``contents``: every content of a report, declared once
- ``reports``: pages, results and working papers
- ``batch``: many runs
- ``collect``: rosters, templates and returned forms
- ``explorer``: exploring with widgets
- ``api``: the names below
- ``cli``: the ``wenxiao`` command

``import wenxiao as wx`` gives the names of ``wenxiao.api``, each loaded when it is first used. Charts of one's own read in
Chinese and have the house style: pyplot is given both when it is loaded, before or later.
"""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = (
    False  # as in typing, which would be a fifth of what is loaded before a command can be interrupted
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.abc import Loader
    from importlib.machinery import ModuleSpec
    from types import ModuleType

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
    """A name of `wenxiao.api`, loaded now: the command's help and a worker's start must not wait for Arrow."""
    if name in __all__:
        return getattr(import_module("wenxiao.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names."""
    return [*__all__, "__version__"]


_WHEN_LOADED = {"matplotlib.pyplot": "wenxiao.charts.style", "pandas": "wenxiao.model.arrow"}
"""Modules of others, and whose `adopt` is called once each has been loaded."""


class _Finder:
    """Waits for those modules: nothing here loads them by itself."""

    _asking = ""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of such a module with a loader that calls `adopt` after it; None for any other module."""
        del path, target
        if name not in _WHEN_LOADED or name == self._asking:
            return None
        from importlib.util import find_spec  # noqa: PLC0415 - until here nothing waits for it

        self._asking = name  # the real finders now
        try:
            spec = find_spec(name)
        finally:
            self._asking = ""
        if spec is not None and spec.loader is not None:
            spec.loader = _AdoptedLoader(spec.loader, _WHEN_LOADED[name])  # type: ignore[assignment]
        return spec


class _AdoptedLoader:
    """Loads a module as another loader does, and has it adopted after that."""

    def __init__(self, loader: Loader, adopter: str) -> None:
        self._loader, self._adopter = loader, adopter

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        """The module that the other loader makes."""
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        """Runs the module, then adopts it."""
        self._loader.exec_module(module)
        import_module(self._adopter).adopt()


if "matplotlib.pyplot" in sys.modules:
    import_module(_WHEN_LOADED["matplotlib.pyplot"]).adopt()
sys.meta_path.insert(0, _Finder())
