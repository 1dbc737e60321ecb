"""Charts as figures with their data."""

from bs4 import BeautifulSoup
from IPython.core.interactiveshell import InteractiveShell
from wenxiao.charts.chart import Chart, Data
from wenxiao.display import ChartBlock, Head, Plain, Rendering, ReportTable, Row, html_of, register
from wenxiao.display.chart import with_data_once

from tests.display.conftest import real


def chart() -> Chart:
    """A chart of two score rates."""
    card = real("linyi-2021").scorecard
    assert card is not None
    rows = tuple((each.name, each.score_rate, "一级") for each in card.indicators[:2])
    return Chart(
        "rates",
        "决策得分率最低",
        "得分÷分值",
        "两个指标",
        Data(("指标", "得分率", "层级"), rows),
        lambda room: room.page(0),
        "得分率",
    )


def test_a_chart_is_a_figure_with_its_data() -> None:
    """Title and subtitle as text, the SVG with its role, the data folded below with traceable figures."""
    page = BeautifulSoup(html_of(chart()), "html.parser")
    assert page.figure.figcaption.b.get_text() == "决策得分率最低"
    assert page.svg["role"] == "img"
    assert page.details.summary.get_text() == "图中数据"
    assert [each["scope"] for each in page.details.find_all("th")] == ["col", "col", "col", "row", "row"]
    figures = page.details.find_all("button")
    assert [each.get_text() for each in figures] == ["86.77%", "90.11%"]
    assert all(page.find(id=each["popovertarget"]) for each in figures)


def test_a_chart_shows_itself_in_a_notebook() -> None:
    """IPython knows the type by its name."""
    shell = InteractiveShell()
    register(shell)
    data, _ = shell.display_formatter.format(chart())
    assert "<figure" in data["text/html"]
    assert data["text/plain"] == "决策得分率最低\n两个指标"


def test_data_stand_once() -> None:
    """A table right below a chart, or the last above it, that has all of its figures and words takes the place of its data."""
    made = chart()
    heads = (Head("得分率"), Head("层级", words=True))
    rows = [Row(name, (Plain(rate), words)) for name, rate, words in made.data.rows]
    table = ReportTable("得分率", Head("指标", words=True), heads, tuple(rows))
    short = ReportTable("得分率", Head("指标", words=True), heads, tuple(rows[:1]))
    blocks = {"下表": [ChartBlock(made), table], "上表": [table, short, table, ChartBlock(made), short]}
    found = {
        word: next(b for b in with_data_once(each) if isinstance(b, ChartBlock))
        for word, each in blocks.items()
    }
    assert {word: block.data_in for word, block in found.items()} == {"下表": "下表", "上表": "上表"}
    alone = with_data_once([short, ChartBlock(made), ChartBlock(made)])
    assert [block.data_in for block in alone if isinstance(block, ChartBlock)] == ["", ""]
    page = BeautifulSoup(str(found["上表"].html(Rendering())), "html.parser")
    assert page.details is None
    assert page.figure.p.get_text() == "图中数据见上表。"
