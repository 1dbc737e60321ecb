"""A cleaned notebook keeps what it says and loses when and where it said it."""

import nbformat
from wenxiao.batch.cleaning import cleaned


def test_circumstances_go_and_content_stays() -> None:
    """Times, paths, empty tags and chance ids go; code, outputs, parameters and other metadata stay."""
    output = nbformat.v4.new_output("stream", name="stdout", text="x")
    cells = [
        nbformat.v4.new_code_cell(
            "1",
            id="kept",
            outputs=[output],
            metadata={"papermill": {"duration": 1}, "execution": {"iopub.status.idle": "…"}, "tags": []},
        ),
        nbformat.v4.new_code_cell("2", metadata={"tags": ["injected-parameters"]}),
        nbformat.v4.new_markdown_cell("3", id="text", metadata={"tags": ["own"], "own": 1}),
    ]
    papermill = {"parameters": {"a": "甲"}, "version": "2", "input_path": "/here", "start_time": "now"}
    notebook = cleaned(nbformat.v4.new_notebook(cells=cells, metadata={"papermill": papermill}))
    assert notebook.metadata == {"papermill": {"parameters": {"a": "甲"}, "version": "2"}}
    assert [(cell.id, cell.metadata) for cell in notebook.cells] == [
        ("kept", {}),
        ("injected-parameters", {"tags": ["injected-parameters"]}),
        ("text", {"tags": ["own"], "own": 1}),
    ]
    assert notebook.cells[0].outputs == [output]
