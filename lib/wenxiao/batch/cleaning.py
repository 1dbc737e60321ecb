"""An executed notebook without the circumstances of its execution, so that the same input gives the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

_INJECTED = "injected-parameters"


def cleaned(notebook: NotebookNode) -> NotebookNode:
    """The notebook itself, without times, paths and chance: what stays is its code, its outputs, its parameters.

    papermill writes times and paths, nbclient times, and the injected cell has a random id; kernels that end a
    connection leave nothing.
    """
    papermill = notebook.metadata.get("papermill", {})
    notebook.metadata["papermill"] = {
        key: papermill[key] for key in ("parameters", "version") if key in papermill
    }
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if not cell.metadata.get("tags", True):
            del cell.metadata["tags"]
        if _INJECTED in cell.metadata.get("tags", ()):
            cell["id"] = _INJECTED
    return notebook
