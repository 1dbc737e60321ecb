"""A cleaned notebook keeps what it says and loses when and where it said it."""

import nbformat
from wenxiao.batch.notebook.cleaning import cleaned


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


def test_a_release_does_not_keep_the_default_that_names_another() -> None:
    """In an edition for release the values given stand where the notebook's defaults stood; else the cell stays."""
    source = 'district: str = "甲县"  # 县区\naudience: str = "internal"'
    for audience, expected in (
        ("release", "district: str = '乙县'  # 县区\naudience: str = 'release'"),
        ("internal", source),
    ):
        cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["parameters"]})
        papermill = {"parameters": {"district": "乙县", "audience": audience}}
        notebook = cleaned(nbformat.v4.new_notebook(cells=[cell], metadata={"papermill": papermill}))
        assert notebook.cells[0].source == expected
