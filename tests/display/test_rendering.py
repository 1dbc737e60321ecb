"""Figures and their popovers."""

from decimal import Decimal

from bs4 import BeautifulSoup
from wenxiao.display import Line, Plain, Rendering, html_of, phrase
from wenxiao.evaluation import Evaluation
from wenxiao.model import CellRef, Given, Measure, Missing, Quantity, quotient
from wenxiao.model.units import RATIO, WAN_YUAN

SPENT = Given("支出", Quantity(Decimal("1965.3"), WAN_YUAN, 1), CellRef("资金.xlsx", "资金", 5, 4), "1965.3")
BUDGET = Given("预算", Quantity(Decimal("3664.68"), WAN_YUAN, 2), CellRef("资金.xlsx", "资金", 5, 3))
RATE = Measure("execution_rate", "预算执行率", quotient(SPENT, BUDGET), RATIO, 4, "全项目", "支出÷预算")
NONE = Measure("spent", "支出", Given("支出", Missing.NOT_PROVIDED), WAN_YUAN)


def test_a_figure_opens_its_derivation() -> None:
    """The button's target is a popover with the formula, its figures and their cells in place, and the sheet."""
    page = BeautifulSoup(html_of(RATE), "html.parser")
    button = page.find("button", string="53.63%")
    popover = page.find(id=button["popovertarget"])
    assert popover.has_attr("popover")
    text = popover.get_text(" ")
    assert "全项目 · 预算执行率" in text
    assert "＝ 支出 1,965.3万元 D5 ÷ 预算 3,664.68万元 C5" in text
    assert "资金.xlsx［资金］" in text


def test_a_figure_that_occurs_twice_has_one_popover() -> None:
    """Ids are unique within an output however often a figure stands in it."""
    rendering = Rendering("a")
    rendering.inline(RATE)
    rendering.inline(Plain(RATE))
    assert str(rendering.popovers()).count("popover id=") == 1


def test_figures_of_one_row_of_a_sheet_open_one_popover() -> None:
    """What stands in cells beside each other is told together, from left to right; another row is another popover."""
    below = Given("下达", Quantity(Decimal(7), WAN_YUAN, 0), CellRef("资金.xlsx", "资金", 6, 3), "7")
    rendering = Rendering("a")
    for figure in (SPENT, BUDGET, below):
        rendering.inline(figure)
    page = BeautifulSoup(str(rendering.popovers()), "html.parser")
    first, second = page.find_all(attrs={"popover": True})
    assert first.b.get_text() == "资金（原表第 5 行）"
    assert first.p.get_text("|") == "预算 3,664.68万元 C5|支出 1,965.3万元 D5"
    assert second.get_text() == "下达 7万元资金.xlsx［资金］C6"


def test_ids_begin_with_the_prefix_of_the_output() -> None:
    """Two outputs that show the same figure share no id, and the same output gives the same ids."""
    first, second, again = (html_of(RATE, prefix) for prefix in ("a", "b", "a"))
    assert 'id="a-1"' in first
    assert 'id="b-1"' in second
    assert first == again


def test_a_line_of_the_working_paper_is_linked() -> None:
    """A measure that has a line links to its id and names its number."""
    rendering = Rendering("a", {RATE: Line(7)}.get)
    rendering.inline(RATE)
    assert '<a href="#l7">底稿第 7 行</a>' in rendering.popovers()


def test_a_missing_figure_is_its_word() -> None:
    """未提供 in second ink, never a zero."""
    html = html_of(NONE)
    assert "未提供" in html
    assert "wx-missing" in html
    assert ">0" not in html


def test_a_missing_figure_still_says_why() -> None:
    """A rate without spending opens the formula and names the input that is not there."""
    rate = Measure("r", "预算执行率", quotient(Given("支出", Missing.NOT_PROVIDED), BUDGET), RATIO, 4)
    text = BeautifulSoup(html_of(rate), "html.parser").find(attrs={"popover": True}).get_text(" ")
    assert "支出 未提供 ÷ 预算 3,664.68万元 C5" in text


def test_a_derived_figure_names_its_condition(linyi: Evaluation) -> None:
    """推算 stands in the popover with the condition under which it holds."""
    measure = linyi.measures["derived/spent"]
    text = BeautifulSoup(html_of(measure), "html.parser").find(attrs={"popover": True}).get_text(" ")
    assert "推算" in text
    assert measure.condition in text


def test_a_long_list_of_inputs_is_cut() -> None:
    """A mean of twelve by itself lists six inputs, names their sheet once, and says how many there are."""
    from tests.display.conftest import real

    ranking = real("linyi-2021").ranking
    assert ranking is not None
    popover = BeautifulSoup(html_of(ranking.mean), "html.parser").find(attrs={"popover": True})
    text = popover.get_text()
    assert [place in text for place in ("兰山区得分 93.08分", "沂水县得分 87.51分", "兰陵县得分")] == [
        True,
        True,
        False,
    ]
    assert text.count("表2 各县区得分") == 1
    assert "等 12 项" in text


def test_a_mark_stays_with_the_figure_before_it() -> None:
    """No line begins with a comma because the figure before it is a button."""
    rendering = Rendering("a")
    html = rendering.inline(phrase("执行率 ", RATE, "，", phrase(RATE, "（支出÷预算）")))
    assert html.count('<span class="wx-whole">') == 1
    assert "53.63%</button>，</span>" in html
    assert BeautifulSoup(html, "html.parser").get_text() == "执行率 53.63%，53.63%（支出÷预算）"
