"""Tables: structure, alignment, sources."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from wenxiao.display import Head, Plain, Rendering, ReportTable, Row, scorecard_table
from wenxiao.display.release import for_audience
from wenxiao.evaluation import Audience, Evaluation
from wenxiao.model import CellRef, Given, Quantity
from wenxiao.model.units import WAN_YUAN


def given(text: str, row: int) -> Given:
    """An amount in column C of a sheet."""
    value = Decimal(text)
    places = -int(value.as_tuple().exponent)
    return Given("预算", Quantity(value, WAN_YUAN, places), CellRef("资金.xlsx", "资金", row, 3))


@pytest.fixture
def table() -> ReportTable:
    """Two sources and their sum."""
    rows = (
        Row("中央", (Plain(given("16158", 5)), "见附件")),
        Row("省级", (Plain(given("302.01", 6)), ""), own=True),
        Row("合计", (Plain(given("16460.01", 7)), ""), kind="summary"),
    )
    return ReportTable(
        "资金来源", Head("来源"), (Head("预算"), Head("备注", words=True)), rows, "万元", ("合并填列。",)
    )


def parsed(table: ReportTable) -> BeautifulSoup:
    """The table as a document."""
    numbers = Rendering("t", number=lambda kind, _: f"{kind} 1")
    return BeautifulSoup(str(table.html(numbers)), "html.parser")


def test_caption_carries_number_title_and_unit(table: ReportTable) -> None:
    """表 1 and the title left, the unit right."""
    caption = parsed(table).caption
    assert caption.span.get_text() == "表 1　资金来源"
    assert caption.find(class_="wx-unit").get_text() == "单位：万元"


def test_every_header_has_its_scope(table: ReportTable) -> None:
    """Columns and rows are announced by their headers."""
    page = parsed(table)
    assert [each["scope"] for each in page.thead.find_all("th")] == ["col"] * 3
    assert [each["scope"] for each in page.tbody.find_all("th")] == ["row"] * 3


def test_decimal_points_stand_below_each_other(table: ReportTable) -> None:
    """A figure with fewer decimals is padded by digits that are no text of the page, so nobody hears or copies them."""
    pads = parsed(table).find_all(attrs={"data-pad": True})
    assert [pad["data-pad"] for pad in pads] == [".00"]
    assert "." not in pads[0].get_text()


def test_a_negative_figure_is_a_number_where_it_is_pasted() -> None:
    """Figures of a table have the minus that spreadsheets read; words keep theirs."""
    rows = (Row("调整", (Plain(given("-0.47", 5)), "由 −1 至 0")),)
    heads = (Head("分数"), Head("备注", words=True))
    figure, words = parsed(ReportTable("调整", Head("项"), heads, rows)).find_all("td")
    assert float(figure.get_text()) == -0.47
    assert words.get_text() == "由 −1 至 0"


def test_the_source_names_the_cells(table: ReportTable) -> None:
    """The rectangle the figures came from stands below the table, after the notes."""
    foot = parsed(table).find(class_="wx-foot")
    assert [p.get_text() for p in foot.find_all("p")] == [
        "注：合并填列。",
        "资料来源：资金.xlsx［资金］C5:C7",
    ]


def test_the_own_row_is_marked_by_a_word(table: ReportTable) -> None:
    """Not by colour alone: weight, a bar, and 本地."""
    row = parsed(table).find(class_="wx-own")
    assert "本地" in row.th.get_text()


def test_release_leaves_peers_out() -> None:
    """Of a table of peers an edition for release shows the reader's own row and the sums, and says so."""
    rows = (Row("甲县", ("1",)), Row("乙县", ("2",), own=True), Row("合计", ("3",), kind="summary"))
    table = ReportTable("名次", Head("县区"), (Head("数"),), rows, notes=("甲县调低 1 分。",), peers=True)
    assert "甲县" in parsed(table).get_text()
    released = for_audience(table, Audience(release=True, peers=frozenset({"甲县"}), own=("乙县",)))
    assert isinstance(released, ReportTable)
    for text in (parsed(released).get_text(), released.text()):
        assert "甲县" not in text
        assert "乙县" in text
        assert "不列其他县区" in text


def test_text_aligns_ideographs(table: ReportTable) -> None:
    """In a terminal the columns line up, an ideograph counting two."""
    lines = table.text().splitlines()
    assert lines[0] == "资金来源（单位：万元）"
    assert lines[2].startswith("中央     16,158")
    assert lines[4].startswith("合计  16,460.01")


def test_a_table_is_unchanged_by_adding_notes(table: ReportTable) -> None:
    """Building gives new tables."""
    more = table.with_notes("又及。")
    assert len(more.notes) == 2
    assert len(table.notes) == 1


def test_a_table_wider_than_paper_stands_in_parts() -> None:
    """Seventeen indicators: each part has the stub, no column is lost, the parts are about as wide."""
    heads = tuple(Head(f"指标{i}", "5 分") for i in range(17))
    rows = tuple(Row(f"{name}县", tuple(f"{i}00.0" for i in range(17))) for name in "甲乙丙")
    table = ReportTable("得分率", Head("县区", words=True), heads, (*rows, Row("小计", (), kind="group")))
    parts = table.parts()
    assert [head.name for part in parts for head in part.heads] == [head.name for head in heads]
    assert [cell for part in parts for cell in part.rows[1].cells] == list(rows[1].cells)
    assert [part.rows[1].stub for part in parts] == ["乙县"] * len(parts)
    assert max(len(part.heads) for part in parts) - min(len(part.heads) for part in parts) <= 2
    html = table.html(Rendering())
    assert "得分率（续1）" in html
    assert html.count("<table") == len(parts) > 1


def test_a_table_that_paper_holds_stays_whole() -> None:
    """Eight columns of figures and a column of long words, which may break."""
    heads = (*(Head(f"列{i}") for i in range(8)), Head("原因", words=True))
    row = Row("甲县", (*("100.0",) * 8, "甲" * 60))
    table = ReportTable("得分", Head("县区", words=True), heads, (row,))
    assert table.parts() == [table]


def test_bars_are_as_long_as_the_figures(linyi: Evaluation) -> None:
    """Of a rate the share of the whole, of 失分 the share of the most; a total and what is not given have none."""
    made = scorecard_table(linyi.scorecard)
    assert made is not None
    rows = {row.th.get_text(): row for row in parsed(made).tbody.find_all("tr")}
    bars = {name: [cell.get("style") for cell in row.find_all("td")] for name, row in rows.items()}
    assert bars["决策"] == [None, None, "--bar:87%", "--bar:87%"]
    assert bars["产出"] == [None, None, "--bar:93%", "--bar:100%"]
    assert bars["项目立项"] == bars["合计"] == [None] * 4
