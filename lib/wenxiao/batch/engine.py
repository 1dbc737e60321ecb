"""The papermill engine of the project, named by the entry point `papermill.engine`.

`papermill --engine wenxiao …` and `papermill.execute_notebook(…, engine_name="wenxiao")` find it here. papermill loads its
entry points in the middle of its own import, so nothing of papermill can be imported here before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode


class WenxiaoEngine:
    """Runs the cells of a notebook in a forked process, or in a kernel where that cannot be; what papermill asks for."""

    @classmethod
    def execute_notebook(cls, nb: NotebookNode, kernel_name: str, **options: Any) -> NotebookNode:
        """The notebook with its outputs, up to the first cell that failed."""
        from wenxiao.batch.fork.papermill_engine import ForkedCells  # noqa: PLC0415 - see above

        executed: NotebookNode = ForkedCells.execute_notebook(nb, kernel_name, **options)
        return executed

    @classmethod
    def nb_kernel_name(cls, nb: NotebookNode, name: str | None = None) -> str:
        """The name of the kernel a notebook asks for."""
        from papermill.utils import nb_kernel_name  # noqa: PLC0415

        return str(nb_kernel_name(nb, name))

    @classmethod
    def nb_language(cls, nb: NotebookNode, language: str | None = None) -> str:
        """The language a notebook is written in."""
        from papermill.utils import nb_language  # noqa: PLC0415

        return str(nb_language(nb, language))
