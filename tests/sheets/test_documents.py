"""Tables of Word documents: cells, merges and nested tables as they stand; what is outside is kept, what is hostile refused."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from wenxiao.fields import standard_registry
from wenxiao.model import SheetError
from wenxiao.sheets import Container, read_bytes
from wenxiao.sheets.containers.docx_tables import ABOVE, document_grids

REGISTRY = standard_registry()
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def written(fill: Callable[[Document], None]) -> bytes:
    """The bytes of a document that a function fills."""
    document = docx.Document()
    fill(document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def packed(body: str, declared: str = "") -> bytes:
    """A document whose body is this XML."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f'{declared}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
        )
    return held.getvalue()


def funds(document: Document) -> None:
    """A table of funds with its title and its unit above, and a sentence after it."""
    document.add_paragraph("兰山区2025年老旧小区改造情况如下，共涉及 12 个小区。")
    document.add_paragraph("资金情况表")
    document.add_paragraph("单位：万元")
    table = document.add_table(rows=3, cols=3)
    for row, texts in enumerate(
        [("资金来源", "预算数", "支出数"), ("中央资金", "1,200.00", "980.50"), ("合计", "1,200.00", "980.50")]
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    document.add_paragraph("另有结余 219.5 万元。")


def test_a_table_is_read_with_the_lines_above_it() -> None:
    """The title and the unit are those of the lines above; figures keep their printed digits; row 1 is row 4."""
    reading = read_bytes(written(funds), REGISTRY, name="说明.docx")
    table = reading.tables[0]
    assert (reading.container, table.kind, table.title) == (Container.DOCX, "funds", "资金情况表")
    spent = table.given(0, "spent")
    assert spent.quantity is not None
    assert (spent.quantity.text, str(spent.cell)) == ("980.50万元", "说明.docx［表1］C5")
    assert table.cell(0, table.columns[0]).row == ABOVE + 2


def test_what_stands_outside_of_tables_is_kept_and_not_read_as_a_table() -> None:
    """Sentences with figures are a sheet of their own that is passed over, so that they can be listed."""
    grids = {grid.name: grid for grid in document_grids(written(funds), "说明.docx")}
    assert [row[0] for row in grids["正文"].rows] == [
        "兰山区2025年老旧小区改造情况如下，共涉及 12 个小区。",
        "另有结余 219.5 万元。",
    ]
    assert grids["正文"].hidden


def test_merged_cells_stand_where_they_begin() -> None:
    """A cell merged down or across is one cell; a figure for two rows is not one for each."""

    def fill(document: Document) -> None:
        table = document.add_table(rows=3, cols=3)
        for row, texts in enumerate(
            [("县区", "预算数", "支出数"), ("甲镇", "100", "80"), ("乙镇", "", "70")]
        ):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        table.cell(1, 1).merge(table.cell(2, 1))

    table = read_bytes(written(fill), REGISTRY, name="表.docx").tables[0]
    column = table.column("budget")
    assert column is not None
    assert dict(column.spans) == {0: 2}
    assert [column.number(record) for record in table.records()] == [100, None]


def test_a_table_inside_of_a_cell_is_a_table_of_its_own() -> None:
    """Its figures are not the words of the cell around it."""

    def fill(document: Document) -> None:
        outer = document.add_table(rows=2, cols=2)
        outer.cell(0, 0).text, outer.cell(0, 1).text = "资金来源", "支出数"
        outer.cell(1, 0).text, outer.cell(1, 1).text = "中央资金", "5"
        inner = outer.cell(1, 0).add_table(rows=1, cols=1)
        inner.cell(0, 0).text = "其中 3 万元"

    grids = {grid.name: grid for grid in document_grids(written(fill), "表.docx")}
    assert grids["表1"].rows[ABOVE + 1][0] == "中央资金"
    assert grids["表1.1"].rows[ABOVE][0] == "其中 3 万元"


def test_deleted_text_is_not_read_and_inserted_text_is() -> None:
    """With changes tracked, the table says what it would say once they are accepted."""
    cell = "<w:tc><w:p><w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:ins><w:r><w:t>8</w:t></w:r></w:ins></w:p></w:tc>"
    control = f"<w:sdt><w:sdtContent><w:tbl><w:tr>{cell}</w:tr></w:tbl></w:sdtContent></w:sdt>"
    assert document_grids(packed(control), "表.docx")[0].rows[ABOVE] == ["8"]


def test_markup_and_formulas_are_text() -> None:
    """What a cell says is text, be it a formula, a tag or a path."""
    grids = document_grids(
        written(lambda document: document.add_table(1, 1).cell(0, 0).__setattr__("text", "=cmd()|<b>../x")),
        "表.docx",
    )
    assert grids[0].rows[ABOVE] == ["=cmd()|<b>../x"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (packed("<w:tbl>" * 9 + "<w:tr><w:tc><w:p/></w:tc></w:tr>" + "</w:tbl>" * 9)[:200], "损坏"),
        (packed("", '<!DOCTYPE x [<!ENTITY a "aaaa">]>'), "不该有的声明"),
        (packed("<w:p><w:r><w:t>" + " " * (65 << 20) + "</w:t></w:r></w:p>"), "大得反常"),
        (packed("<w:tbl><w:tr>" + "<w:tc><w:p/></w:tc>" * 300 + "</w:tr></w:tbl>"), "大得反常"),
        (
            packed(
                '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
            ),
            "大得反常",
        ),
        (packed("<w:tbl><w:tr><w:tc>" * 12 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 12), "层数太多"),
        (packed("<w:p><w:r><w:t>没有表</w:t></w:r></w:p>"), "没有表格"),
    ],
)
def test_a_hostile_or_broken_document_is_refused_in_words(data: bytes, said: str) -> None:
    """A bomb, an entity, a table too large or too deep, a file cut short and one without a table end in a sentence."""
    with pytest.raises(SheetError, match=said):
        read_bytes(data, REGISTRY, name="坏.docx")
