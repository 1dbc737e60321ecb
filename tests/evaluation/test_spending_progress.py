"""What was spent by the end of each month, as lists and forms give it."""

from __future__ import annotations

from pathlib import Path

import pytest
from wenxiao.evaluation.spending_progress import progress_of
from wenxiao.evaluation.spending_series import SpendingProgress

from tests.evaluation.monitored_lists import MONTHS, by_month, form, project
from tests.sheets.written import Rows


def read(folder: Path, **sheets: Rows) -> dict[str, SpendingProgress]:
    """The spending of each project by its name."""
    whole = project(folder, **sheets)
    return {each.project: each for each in progress_of((whole, *whole.projects))}


def rates(progress: SpendingProgress) -> dict[int, str]:
    """The execution rate by month."""
    return {each.month: each.rate.text for each in progress.reached}


HEAD = [["2025年支出进度表（单位：万元）"]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["项目名称", "预算数", *MONTHS[:3], "累计支出"], ["甲", 100, 5, 6, 7, 18], ["乙", 50, 5, 5, 5, 15]], {1: "5.00%", 2: "11.00%", 3: "18.00%"}),
        ([["项目名称", "预算数", *MONTHS[:3], "累计支出"], ["甲", 100, 5, 11, 18, 18], ["乙", 50, 5, 5, 15, 15]], {1: "5.00%", 2: "11.00%", 3: "18.00%"}),
        ([["项目名称", "预算数", *MONTHS[:3], "执行率"], ["甲", 100, 5, 6, 7, "18%"], ["乙", 50, 5, 5, 5, "30%"]], {1: "5.00%", 2: "11.00%", 3: "18.00%"}),
        ([["项目名称", "全年预算", "一季度", "二季度", "累计"], ["甲", 100, 18, 20, 38]], {3: "18.00%", 6: "38.00%"}),
        ([["项目名称", "全年预算", "1-3月累计支出", "截至6月底支出", "前三季度"], ["甲", 100, 18, 38, 50]], {3: "18.00%", 6: "38.00%", 9: "50.00%"}),
        ([["项目名称", "全年预算", "累计支出", "", ""], ["", "", "1月", "2月", "3月"], ["甲", 100, 5, 11, 18]], {1: "5.00%", 2: "11.00%", 3: "18.00%"}),
        (
            [["项目名称", "全年预算", "1月", "", "2月", "", "累计支出"], ["", "", "支出", "执行率", "支出", "执行率", ""], ["甲", 100, 5, "5%", 6, "11%", 11]],
            {1: "5.00%", 2: "11.00%"},
        ),
        (
            [["月份", "预算数", "当月支出", "累计支出", "执行率"], ["1月", 100, 5, 5, "5%"], ["2月", 100, 6, 11, "11%"], ["合计", 100, 11, 11, "11%"]],
            {1: "5.00%", 2: "11.00%"},
        ),
    ],
)  # fmt: skip
def test_the_ways_in_which_lists_give_spending_by_period(
    rows: Rows, expected: dict[int, str], tmp_path: Path
) -> None:
    """Single months, sums up to them, quarters, the printed rate instead of the sum, months below each other: the same rates."""
    found = read(tmp_path, 进度=[*HEAD, *rows])
    first = next(iter(found.values()))
    assert (rates(first), first.lacking, first.year) == (expected, (), "2025")


def test_a_rate_has_the_cells_of_what_was_spent_and_of_the_budget(tmp_path: Path) -> None:
    """The sum of the months is an expression over their cells; amounts in 元 are 万元."""
    rows = by_month(["甲", 1000000, 50000, 60000, 110000], months=2, unit="元")
    last = read(tmp_path, 进度=rows)["甲"].last
    assert last is not None
    assert [cell.address for cell in last.rate.cells] == ["C4", "D4", "B4"]
    assert (last.spent.text_with_unit, last.rate.text) == ("11.00万元", "11.00%")


def test_totals_and_subtotals_are_no_projects(tmp_path: Path) -> None:
    """Of two units with a 小计 each and a 合计 the projects remain, two of one name told apart by their unit."""
    rows = [
        ["2025年支出进度表"],
        ["单位：万元"],
        ["单位名称", "项目名称", "预算数", "1月", "2月", "累计支出"],
        ["甲局", "养护", 100, 20, 20, 40],
        ["", "疏浚", 100, 10, 20, 30],
        ["", "小计", 200, 30, 40, 70],
        ["乙局", "养护", 100, 10, 10, 20],
        ["", "小计", 100, 10, 10, 20],
        ["合计", "", 300, 40, 50, 90],
    ]
    assert list(read(tmp_path, 进度=rows)) == ["养护（甲局）", "疏浚", "养护（乙局）"]


def test_months_not_yet_reported_are_no_gap(tmp_path: Path) -> None:
    """Blank for all at the end: not reported yet. Blank for one alone: it is behind with its report, and says so."""
    blank = [None] * 4
    rows = by_month(
        ["甲", 100, *[5] * 8, *blank, 40],
        ["乙", 100, *[5] * 6, None, None, *blank, 30],
        title="预算执行进度表",
    )
    found = read(tmp_path, 进度=rows)
    assert max(rates(found["甲"])) == 8
    assert found["甲"].lacking == ()
    assert max(rates(found["乙"])) == 6
    assert found["乙"].lacking == ("7月、8月没有支出数",)
    assert found["乙"].last is None


@pytest.mark.parametrize(
    ("title", "until", "said"), [("2025年度支出进度表", 8, True), ("2025年1-10月支出进度表", 10, False)]
)
def test_nought_at_the_end_for_all_may_be_no_report(
    title: str, until: int, said: bool, tmp_path: Path
) -> None:
    """Unless the title says up to when the list goes, months of 0 for everybody are withheld with a word."""
    rows = by_month(["甲", 100, *[5] * 8, 0, 0, 0, 0, 40], title=title)
    found = read(tmp_path, 进度=rows)["甲"]
    assert max(rates(found)) == until
    assert bool(found.lacking) is said


@pytest.mark.parametrize(
    ("rows", "known", "words"),
    [
        (by_month(["甲", 100, 5, None, 5, 10], months=3), [1], "2月没有支出数"),
        ([*HEAD, ["项目名称", "预算数", *MONTHS[:3]], ["甲", 100, 5, 6, 7]], [], "看不出各期是当期数还是累计数"),
        ([*HEAD, ["项目名称", "预算数", "1-3月支出", "1-6月支出", "1-9月支出"], ["甲", 100, 20, 15, 30]], [], "截至6月底的累计数小于截至3月底的"),
        ([*HEAD, ["项目名称", "预算数", *MONTHS[:3], "1-3月累计", "累计支出"], ["甲", 100, 5, 6, 7, 25, 18]], [1, 2], "截至3月底的累计数与各期之和不符"),
        ([*HEAD, ["项目名称", "预算数", *MONTHS[:6], "二季度", "累计支出"], ["甲", 100, 5, 6, 7, 1, 2, 3, 9, 24]], [1, 2, 3, 4, 5], "二季度的数与各期之和不符"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_withheld_with_a_word(
    rows: Rows, known: list[int], words: str, tmp_path: Path
) -> None:
    """A gap, months that may be sums, sums that fall, a sum that its months do not make."""
    found = read(tmp_path, 进度=rows)["甲"]
    assert list(rates(found)) == known
    assert words in found.lacking
    assert found.unclear


def test_a_project_without_a_budget_has_no_rate(tmp_path: Path) -> None:
    """In a row of a list, and in a list that has no such column."""
    rows = by_month(["甲", None, 5, 5, 10], ["乙", 100, 5, 6, 11], months=2)
    found = read(tmp_path, 进度=rows)
    assert (rates(found["甲"]), rates(found["乙"])) == ({1: "未提供", 2: "未提供"}, {1: "5.00%", 2: "11.00%"})
    bare = [*HEAD, ["项目名称", "1月", "2月", "累计支出"], ["丙", 5, 6, 11]]
    assert rates(read(tmp_path, 进度=bare)["丙"]) == {1: "未提供", 2: "未提供"}


def test_forms_of_two_months_and_a_list_make_one_series(tmp_path: Path) -> None:
    """A month of which two sheets say two things is withheld."""
    found = read(
        tmp_path,
        七月=form(("里程", "100公里", "70公里", "100公里")),
        十月=form(("里程", "100公里", "90公里", "100公里"), span="1-10月", spent=80),
    )
    assert rates(found["道路养护"]) == {7: "40.00%", 10: "80.00%"}
    listed = by_month(["道路养护", 100, *[6] * 7, 42], months=7)
    found = read(tmp_path, 进度=listed)
    assert 7 not in rates(found["道路养护"])
    assert "截至7月底的数有两个" in found["道路养护"].lacking


def test_a_list_that_knows_only_the_budget_of_the_beginning_says_so(tmp_path: Path) -> None:
    """年初预算数 where nothing else is given; beside 调整后预算数 it is not the budget."""
    last = read(tmp_path, 进度=[*HEAD, ["项目名称", "年初预算数", "1-6月支出"], ["甲", 100, 40]])["甲"].last
    assert last is not None
    assert (last.rate.text, last.rate.basis) == ("40.00%", "累计支出÷年初预算")
    both = [*HEAD, ["项目名称", "年初预算数", "调整后预算数", "1-6月支出"], ["甲", 100, 80, 40]]
    assert rates(read(tmp_path, 进度=both)["甲"]) == {6: "50.00%"}


def test_two_years_in_a_header_are_two_series(tmp_path: Path) -> None:
    """Years over the periods part them; years within the headers of the periods leave it open, and nothing is read."""
    rows = [
        ["项目名称", "2024年", "", "2025年", ""],
        ["", "预算数", "1-6月", "预算数", "1-9月"],
        ["甲", 100, 40, 120, 60],
    ]
    whole = project(tmp_path, 进度=[["支出进度表（单位：万元）"], *rows])
    assert [(each.year, rates(each)) for each in progress_of((whole,))] == [
        ("2024", {6: "40.00%"}),
        ("2025", {9: "50.00%"}),
    ]
    flat = [
        ["支出进度表（单位：万元）"],
        ["项目名称", "预算数", "2024年1月", "2025年1月"],
        ["甲", 100, 15, 33],
    ]
    found = read(tmp_path, 进度=flat)["甲"]
    assert (found.reached, found.lacking) == ((), ("表头有几个年度，看不出各列是哪一年的",))


def test_the_budget_of_the_year_goes_before_that_of_its_beginning(tmp_path: Path) -> None:
    """A form with 年初预算数 100 beside a list with 全年预算数 80, or with one that has none: one rate, of the year's budget."""
    listed = by_month(["道路养护", 80, *[5] * 6, 10, 40], months=7, title="2025年1-7月支出进度表")
    found = read(tmp_path, 进度=listed, 监控=form(("里程", "100公里", "70公里", "100公里")))["道路养护"]
    assert found.last is not None
    assert (found.budget.text, found.last.rate.text, found.lacking) == ("80.00", "50.00%", ())
