"""An executed notebook without the circumstances of its execution, so that the same input gives the same bytes."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

_INJECTED, _DEFAULTS = "injected-parameters", "parameters"
_CELL_FILE = re.compile(r"(?:[A-Za-z]:)?[^\s:'\"]{0,300}[\\/]ipykernel_\d+[\\/](\d+)\.py")
"""What ipykernel calls the source of a cell, in warnings: a file named by its process."""


def cleaned(notebook: NotebookNode) -> NotebookNode:
    """The notebook itself, without times, paths and chance: what stays is its code, its outputs, its parameters.

    papermill writes times and paths, nbclient times, and the injected cell has a random id; kernels that end a
    connection leave nothing. What is printed comes in pieces as it happens to be flushed.
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
        if any(output.output_type == "stream" for output in cell.get("outputs", ())):
            cell["outputs"] = _in_whole_streams(cell.outputs)
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


def _in_whole_streams(outputs: list[Any]) -> list[Any]:
    """The outputs with what is printed between two others as one output a stream, standard output first."""
    whole: list[Any] = []
    for printed, group in groupby(outputs, key=lambda output: output.output_type == "stream"):
        if not printed:
            whole += group
            continue
        streams: dict[str, Any] = {}
        for output in group:
            first = streams.setdefault(output.name, output)
            if first is not output:
                first["text"] += output.text
        for name in sorted(streams, reverse=True):
            text = streams[name].text
            if "ipykernel_" in text:
                streams[name]["text"] = _CELL_FILE.sub(r"cell-\1.py", text)
            whole.append(streams[name])
    return whole
