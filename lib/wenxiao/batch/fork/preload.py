"""What the fork server has loaded for its children: libraries, shell, exporter, notebooks, the projects several runs share."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from nbformat.v4 import new_code_cell, new_notebook, new_output
from papermill.iorw import load_notebook_node

from wenxiao.batch.notebook.execution import register_translator
from wenxiao.batch.run import Run
from wenxiao.isolation.limits import one_thread
from wenxiao.project.workspace import Workspace

if TYPE_CHECKING:
    from nbformat import NotebookNode

_ROOMS = ("wenxiao.evaluation", "wenxiao.display", "wenxiao.reports", "wenxiao.contents", "wenxiao.charts")
"""What the notebooks import."""
_PACKAGES = ("wenxiao", "matplotlib", "pandas", "IPython")
"""Of these, whatever else a first report has loaded is loaded before the next: one report alone waits for nothing it does not need."""


def loaded() -> list[str]:
    """The modules of those packages that this process has loaded."""
    return [name for name in sys.modules if name.partition(".")[0] in _PACKAGES]


class Preloaded:
    """Everything preloaded, made once in the fork server; every child finds it in memory."""

    def __init__(self) -> None:
        one_thread()
        from wenxiao.batch.fork.shell import open_shell  # noqa: PLC0415 - after the environment is set

        # Before wenxiao.display, which registers what it shows with the shell of its process.
        self.shell = open_shell()
        for name in _ROOMS:
            import_module(name)
        register_translator()
        self._notebooks: dict[Path, tuple[tuple[int, int], NotebookNode]] = {}
        _preload_conversion()
        _look_up_versions()

    def load(self, modules: Iterable[str]) -> None:
        """Loads modules that a report had `loaded`; what its cells only called so is left out."""
        missing = set(modules).difference(sys.modules)
        for name in sorted(missing):
            if name.partition(".")[0] in _PACKAGES:
                with suppress(ImportError):
                    import_module(name)
        if missing:
            freeze_memory()

    def notebook(self, source: Path) -> NotebookNode:
        """A notebook as papermill loads it, parsed and validated once as long as its file does not change."""
        status = source.stat()
        state = (status.st_mtime_ns, status.st_size)
        known = self._notebooks.get(source)
        if known is None or known[0] != state:
            known = self._notebooks[source] = state, load_notebook_node(str(source))
        return known[1]

    def rules(self, run: Run) -> None:
        """Loads the rules that a run will ask for; errors are left for itself to report."""
        from wenxiao.project import load_profile  # noqa: PLC0415 - loaded above
        from wenxiao.season import place_rules  # noqa: PLC0415

        named = run.parameters.get("profile")
        for name in (
            [named] if isinstance(named, str) and named else place_rules() if "form" in run.parameters else ()
        ):
            with suppress(Exception):
                load_profile(name, Workspace(run.root).profiles)

    def share(self, run: Run) -> None:
        """Loads what a run has in common with others: notebook, versions, project, evaluation; errors are left for itself to report."""
        from wenxiao.evaluation import evaluate  # noqa: PLC0415 - loaded above
        from wenxiao.evaluation.ranking_scores import lacking  # noqa: PLC0415
        from wenxiao.model.errors import WenxiaoError  # noqa: PLC0415
        from wenxiao.project import load_profile, load_project  # noqa: PLC0415

        with suppress(Exception):
            self.notebook(run.source)
        workspace = Workspace(run.root)
        project, profile = run.parameters.get("project"), run.parameters.get("profile", "national")
        if not isinstance(project, str) or not isinstance(profile, str):
            return
        try:
            rules = load_profile(profile, workspace.profiles)
            evaluation = evaluate(load_project(workspace.resolve(project)), rules)
        except WenxiaoError:
            return
        # Worked out when first asked for, for all districts at once.
        _ = [measure.value for measure in evaluation.measures.values()]
        _ = evaluation.robustness, evaluation.robustness_by_mode, evaluation.open_findings
        _ = [(figure.places_of_all, figure.across) for figure in evaluation.district_figures]
        lacking(evaluation)
        freeze_memory()


def freeze_memory() -> None:
    """Freezes all present objects for the garbage collector, so that children share their memory."""
    gc.collect()
    gc.freeze()


def _look_up_versions() -> None:
    """Looks up what results and manifests say of versions, which is read from files."""
    from wenxiao.batch.storage import manifest  # noqa: PLC0415
    from wenxiao.reports.results import versions  # noqa: PLC0415

    manifest.versions()
    versions()


def _preload_conversion() -> None:
    """Loads what a first conversion and a first chart would load."""
    from wenxiao.charts.lettering import width  # noqa: PLC0415 - loaded above
    from wenxiao.reports import to_html  # noqa: PLC0415

    width("绩效评价 100%", 12)
    output = new_output("display_data", {"text/html": "<h1>预热</h1>"})  # type: ignore[no-untyped-call]
    cell = new_code_cell("1", outputs=[output])  # type: ignore[no-untyped-call]
    to_html(new_notebook(cells=[cell]))  # type: ignore[no-untyped-call]
    freeze_memory()
