"""What the readers of an edition may see, and what a paper on one of very many districts costs."""

from __future__ import annotations

import time
from io import BytesIO

import openpyxl
from wenxiao.evaluation import Evaluation, district_view
from wenxiao.reports import WorkingPaper, working_paper

from tests.evaluation.made import evaluated, made
from tests.reports.working_paper.cases import real


def texts(paper: WorkingPaper) -> str:
    """Everything the paper says, sheet names and formulas included."""
    book = openpyxl.load_workbook(BytesIO(paper.content))
    cells = (
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    )
    return "\n".join([*book.sheetnames, *cells])


def test_a_release_holds_no_findings() -> None:
    """Findings and corrections stay in the house."""
    inside, outside = (
        texts(working_paper(real("linyi-2021"), audience=each)) for each in ("internal", "release")
    )
    for word in ("核对差异\n", "claim-unverifiable"):
        assert word in inside
        assert word not in outside
    assert "罗庄区" in outside


def test_a_release_names_no_peer() -> None:
    """The edition for release of one district names no other, in cells, sheet names or formulas; with consent it does."""
    evaluation = real("linyi-2021")
    peers = set(evaluation.project.districts) - {"费县"}
    text = texts(working_paper(evaluation, "费县", audience="release"))
    assert "费县" in text
    assert not [peer for peer in peers if peer in text]
    agreed = texts(working_paper(evaluation, "费县", audience="release", consent=True))
    assert all(peer in agreed for peer in peers)


def large(count: int = 3000, width: int = 60) -> Evaluation:
    """Synthetic districts by the thousand, with a score and many other columns."""
    fields = {"district": [f"第{number}县" for number in range(count)]}
    fields["score"] = [f"{60 + number % 4000 / 100:.2f}" for number in range(count)]
    fields |= {f"数{column}": [str(number + column) for number in range(count)] for column in range(width)}
    return evaluated(made("districts", fields))


def test_a_large_source_is_copied_where_formulas_refer_to_it() -> None:
    """Of 3,000 districts by 60 columns a district's paper copies its own line, says so, and costs no seconds."""
    evaluation = large()
    (table,) = evaluation.project.tables
    working_paper(evaluation, "第7县")
    start = time.process_time()
    district_view(evaluation, "第7县")
    between = time.process_time()
    paper = working_paper(evaluation, "第7县")
    # What the evaluation itself takes to place a district is not the paper's.
    assert time.process_time() - between - (between - start) < 1
    assert len(paper.content) < 400_000
    book = openpyxl.load_workbook(BytesIO(paper.content))
    sheet = next(each for each in book if each.title.startswith("源"))
    assert f"原表 {len(table)} 行 {len(table.columns)} 列" in sheet["A2"].value
    assert "只抄录公式引用的" in sheet["A2"].value
    (row,) = [row for row in sheet.iter_rows(min_row=6, values_only=True) if row[2] == "第7县"]
    assert row[0] == 9
    assert book["名次"]["D5"].value == 3000
