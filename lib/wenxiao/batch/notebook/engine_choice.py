"""Which way a notebook is executed: in a child of the fork server, or in a kernel where that is not possible."""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from wenxiao.language import _

ENGINE = "wenxiao"
"""The name of the project's own engine, to papermill and in manifests."""

KERNEL = "python3"
"""The kernel of every run: of any other name, nbclient lets parallel kernels write to one history file."""

_WIDGETS = frozenset(("ipywidgets", "wenxiao.explorer", "ipyleaflet", "bqplot", "anywidget"))
_ASKS = frozenset(("input", "getpass"))


def why_kernel(notebook: Mapping[str, Any]) -> str:
    """Why the cells of a notebook must run in a kernel, in words; empty if they may run in a forked process.

    >>> why_kernel({"metadata": {}, "cells": [{"cell_type": "code", "source": "import ipywidgets"}]})
    'it uses widgets (ipywidgets)'
    """
    if not hasattr(os, "fork"):
        return _("this system has no fork")
    metadata = notebook.get("metadata", {})
    language = metadata.get("kernelspec", {}).get("language") or metadata.get("language_info", {}).get("name")
    if language and language != "python":
        return _("its language is {language}").format(language=language)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            source = cell["source"]
            for reason in _reasons(source if isinstance(source, str) else "".join(source)):
                return reason
    return ""


def why_kernel_of(source: Path) -> str:
    """The same of a notebook's file; empty for one that cannot be read, whose run will say so."""
    try:
        return why_kernel(json.loads(source.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ""


def _reasons(source: str) -> Iterator[str]:
    plain = "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in source.splitlines())
    try:
        nodes = list(ast.walk(ast.parse(plain)))
    except SyntaxError:
        return
    for node in nodes:
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            if name in _WIDGETS or name.partition(".")[0] in _WIDGETS:
                yield _("it uses widgets ({name})").format(name=name)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _ASKS:
            yield _("it asks for input ({name})").format(name=node.func.id)
