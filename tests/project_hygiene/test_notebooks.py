"""Notebooks are thin narratives: no results, no code that belongs in the package."""

import ast
from pathlib import Path
from typing import Any

import nbformat

Notebooks = dict[str, dict[str, Any]]


def code_cells(notebook: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    """The code cells of a notebook with their positions."""
    return [(number, cell) for number, cell in enumerate(notebook["cells"]) if cell["cell_type"] == "code"]


def test_there_are_notebooks(notebooks: Notebooks) -> None:
    """The rules below are checked on something: the reports of the project are notebooks."""
    assert {"project_report.ipynb", "district_report.ipynb", "district_ranking.ipynb"} <= notebooks.keys()


def test_no_outputs(notebooks: Notebooks) -> None:
    """A committed notebook has no outputs and no execution counts (`make format` strips them)."""
    kept = [
        f"{name} cell {number}"
        for name, notebook in notebooks.items()
        for number, cell in code_cells(notebook)
        if cell["outputs"] or cell["execution_count"] is not None
    ]
    assert kept == []


def test_written_as_jupyter_writes(checkout: Path) -> None:
    """A notebook lies as JupyterLab saves it, a line of source a line of the file: an edit shows as what it is."""
    for path in (checkout / "notebooks").glob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        assert text == nbformat.writes(nbformat.reads(text, 4)) + "\n", (
            f"{path.name}: open and save it in JupyterLab"
        )


def test_no_definitions(notebooks: Notebooks) -> None:
    """A notebook defines no function and no class: they live in the package."""
    definitions = [
        f"{name} cell {number} line {node.lineno}"
        for name, notebook in notebooks.items()
        for number, cell in code_cells(notebook)
        for node in ast.walk(ast.parse("".join(cell["source"])))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    assert definitions == []


def test_one_parameters_cell_of_literals(notebooks: Notebooks) -> None:
    """Each notebook has one cell tagged `parameters`, whose lines read `name: type = literal  # help`."""
    for name, notebook in notebooks.items():
        tagged = [
            cell for _, cell in code_cells(notebook) if "parameters" in cell["metadata"].get("tags", [])
        ]
        assert len(tagged) == 1, name
        source = "".join(tagged[0]["source"])
        for node in ast.parse(source).body:
            assert isinstance(node, ast.AnnAssign), f"{name}: {ast.unparse(node)}"
            assert node.value is not None, f"{name}: {ast.unparse(node)}"
            ast.literal_eval(node.value)
            assert "  # " in source.splitlines()[node.end_lineno - 1], (
                f"{name}: {ast.unparse(node)} has no help"
            )


def test_stock_kernel(notebooks: Notebooks) -> None:
    """Each notebook asks for the kernel every Jupyter has, `python3`, and names no Python version."""
    for name, notebook in notebooks.items():
        assert notebook["metadata"]["kernelspec"]["name"] == "python3", name
        assert "version" not in notebook["metadata"].get("language_info", {}), name


def test_text_before_code(notebooks: Notebooks) -> None:
    """A reader of the text cells alone understands the evaluation: each code cell follows a text cell."""
    bare = [
        f"{name} cell {number}"
        for name, notebook in notebooks.items()
        for number, _ in code_cells(notebook)
        if number == 0 or notebook["cells"][number - 1]["cell_type"] != "markdown"
    ]
    assert bare == []
