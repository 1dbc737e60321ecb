"""The paper travels in the notebook as the value of a cell, and is lifted from there."""

from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from wenxiao.model import ProjectError, RunError
from wenxiao.reports import WorkingPaper, lift_working_paper, working_paper
from wenxiao.reports.records import WORKING_PAPER_TYPE

from tests.reports.working_paper.cases import real

Shows = Callable[..., NotebookNode]
NotebookOf = Callable[..., NotebookNode]


def test_a_paper_is_shown_as_a_line_and_kept_as_data(tmp_path: Path) -> None:
    """The text says how many sheets there are; the bytes are those that `save` writes."""
    paper = working_paper(real("mudan-2023"))
    bundle = paper._repr_mimebundle_()
    assert bundle["text/plain"] == f"工作底稿：{paper.sheets} 张表"
    assert b64decode(bundle[WORKING_PAPER_TYPE]) == paper.content
    assert paper.save(tmp_path / "底稿.xlsx").read_bytes() == paper.content


def test_lifting_takes_the_paper_out(shows: Shows, notebook_of: NotebookOf) -> None:
    """What is lifted is no longer in the notebook; other outputs stay; a notebook without one gives None."""
    bundle = WorkingPaper(b"PK", 3)._repr_mimebundle_()
    notebook = notebook_of(shows({"text/plain": "一"}), shows(bundle, {"text/plain": "二"}))
    assert lift_working_paper(notebook) == b"PK"
    assert [o.data for cell in notebook.cells for o in cell.outputs] == [
        {"text/plain": "一"},
        {"text/plain": "二"},
    ]
    assert lift_working_paper(notebook) is None


def test_two_papers_are_refused(shows: Shows, notebook_of: NotebookOf) -> None:
    """A run has one working paper."""
    bundle = WorkingPaper(b"PK", 3)._repr_mimebundle_()
    with pytest.raises(RunError, match="不止一份"):
        lift_working_paper(notebook_of(shows(bundle), shows(bundle)))


def test_no_page_shows_it(shows: Shows, page_of: Callable[..., str]) -> None:
    """The page is the same with the paper in the notebook, after it was lifted, and without it."""
    bundle = WorkingPaper(b"PK", 3)._repr_mimebundle_()
    paper, other = shows(bundle), shows({"text/html": "<p>正文</p>", "text/plain": ""})
    with_paper = page_of(paper, other)
    assert "工作底稿" not in with_paper
    assert with_paper == page_of(new_code_cell("show()", outputs=[]), other)


def test_an_unknown_district_is_refused() -> None:
    """The message names the districts there are."""
    with pytest.raises(ProjectError, match="没有这个县区"):
        working_paper(real("linyi-2021"), "无此县")


def test_nothing_to_write_is_refused() -> None:
    """A portfolio of no projects has no paper."""
    with pytest.raises(RunError, match="没有可写入工作底稿的评价"):
        working_paper([])
