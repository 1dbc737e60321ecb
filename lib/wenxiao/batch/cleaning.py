"""An executed notebook without the circumstances of its execution, so that the same input gives the same bytes."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

_INJECTED, _DEFAULTS = "injected-parameters", "parameters"


def cleaned(notebook: NotebookNode) -> NotebookNode:
    """The notebook itself, without times, paths and chance: what stays is its code, its outputs, its parameters.

    papermill writes times and paths, nbclient times, and the injected cell has a random id; kernels that end a
    connection leave nothing.
    """
    papermill = notebook.metadata.get("papermill", {})
    given = papermill.get("parameters", {})
    # A default may name what this edition must not: the district the notebook opens with.
    overridden = given if given.get("audience") == "release" else {}
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
        elif overridden and _DEFAULTS in cell.metadata.get("tags", ()):
            cell.source = _with_values(cell.source, overridden)
    return notebook


def _with_values(source: str, values: Mapping[str, Any]) -> str:
    """The source of a parameters cell with the values given in place of the defaults they overrode.

    >>> _with_values('district: str = "甲县"  # 县区', {"district": "乙县"})
    "district: str = '乙县'  # 县区"
    """
    lines = source.splitlines()
    for node in ast.parse(source).body:
        if (
            isinstance(node, ast.AnnAssign)
            and isinstance(node.target, ast.Name)
            and node.value is not None
            and node.target.id in values
            and node.lineno == node.end_lineno
        ):
            default = ast.get_source_segment(source, node.value) or ""
            line = lines[node.lineno - 1]
            head, _, tail = line.partition("=")
            lines[node.lineno - 1] = f"{head}={tail.replace(default, repr(values[node.target.id]), 1)}"
    return "\n".join(lines)
