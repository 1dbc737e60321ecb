"""Whatever is written, the file holds it and opens."""

import io

import docx
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from wenxiao.display import Words
from wenxiao.model.written_text import written
from wenxiao.reports.hand_over.document.blank import blank
from wenxiao.reports.hand_over.document.markdown import write_words
from wenxiao.reports.hand_over.document.paper import Paper
from wenxiao.reports.hand_over.document.report import packed
from wenxiao.reports.hand_over.document.table import write_table
from wenxiao.reports.hand_over.printed import PrintedColumn, PrintedRow, PrintedTable

from tests.reports.hand_over.reading import W

MARKS = st.text(st.sampled_from("- *_1.#>|\n\t `[]()<&甲乙"), max_size=60)


def _paper() -> Paper:
    return Paper(blank("题", "稿", ""))


def _reopened(paper: Paper) -> Document:
    return docx.Document(io.BytesIO(packed(paper.document)))


@given(st.text(max_size=80))
@settings(max_examples=80)
def test_any_text_can_be_written_and_read_back(text: str) -> None:
    """What XML forbids is shown by something else; nothing else is changed, nothing fails."""
    paper = _paper()
    paper.paragraph("BodyText", *(line for line in [written(text)] if line))
    assert _reopened(paper).paragraphs[0].text == written(text)
    assert written(written(text)) == written(text)


@given(MARKS)
@settings(max_examples=150)
def test_any_markdown_can_be_written(text: str) -> None:
    """Lists in lists, tables without rows, headings without words: no character but marks is lost."""
    paper = _paper()
    write_words(paper, Words(text))
    opened = _reopened(paper)
    whole = "".join(p.text for p in opened.paragraphs)
    whole += "".join(cell.text for table in opened.tables for row in table.rows for cell in row.cells)
    for letter in "甲乙":
        assert whole.count(letter) == text.count(letter)


@given(
    st.lists(
        st.lists(st.sampled_from(["", "甲", "1,234.50", "2022-07-01", "长" * 500]), min_size=3, max_size=3)
    )
)
@settings(max_examples=40)
def test_any_table_keeps_its_cells_and_its_width(rows: list[list[str]]) -> None:
    """The columns take the width of the text together; merged cells are those that were empty."""
    paper = _paper()
    columns = (
        PrintedColumn("名称", words=True),
        PrintedColumn("数", words=False),
        PrintedColumn("备注", words=True),
    )
    write_table(paper, PrintedTable("表", columns, tuple(PrintedRow(tuple(row)) for row in rows), merged=1))
    (table,) = _reopened(paper).tables
    grid = [int(column.get(f"{{{column.nsmap['w']}}}w")) for column in table._tbl.tblGrid]
    assert abs(sum(grid) - 8844) <= len(columns)
    assert [[cell.text for cell in row.cells][1:] for row in list(table.rows)[1:]] == [
        row[1:] for row in rows
    ]


def test_a_table_too_wide_for_the_paper_lies_across() -> None:
    """Fourteen columns of figures have a page of their own across; what follows stands again, and pages count on."""
    columns = (
        PrintedColumn("县区", words=True),
        *(PrintedColumn(f"数{n}（万元）", words=False) for n in range(13)),
    )
    rows = tuple(PrintedRow(("兰山区", *["22,771.54"] * 13)) for _ in range(3))
    paper = _paper()
    paper.paragraph("BodyText", "前文。")
    write_table(paper, PrintedTable("各县区情况表", columns, rows))
    opened = _reopened(paper)
    assert [section.orientation for section in opened.sections] == [0, 1, 0]
    body, across, after = opened.sections
    assert (across.page_width, across.page_height) == (body.page_height, body.page_width)
    assert (after.page_width, after.left_margin) == (body.page_width, body.left_margin)
    assert all(section._sectPr.find(f"{W}pgNumType") is None for section in (across, after))
    (table,) = opened.tables
    widths = [int(column.get(f"{W}w")) for column in table._tbl.tblGrid]
    assert min(widths[1:]) >= len("22,771.54") * 75 + 160  # half a 六号 character a digit, and the margins
