"""Pages: numbering, parts left out, editions, findings in their place."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
from bs4 import BeautifulSoup
from wenxiao.display import (
    Output,
    Page,
    findings_list,
    funds_table,
    project_tiles,
    results_table,
    scorecard_table,
    sentence,
)
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.project import load_profile, load_project

Soup = Callable[[list[Output]], BeautifulSoup]


def headings(soup: BeautifulSoup) -> list[str]:
    """The headings of a page."""
    return [each.get_text() for each in soup.find_all(["h2", "h3"])]


def test_sections_are_numbered_after_empty_ones_are_left_out(
    mudan: Evaluation, shown: list[Output], soup: Soup
) -> None:
    """A section without content takes no number, and the page remembers it."""
    page = Page(mudan)
    page.section("基本情况", sentence("甲"))
    page.section("绩效评价工作开展情况", None, ())
    page.section("有关建议", sentence("乙"))
    assert headings(soup(shown)) == ["一、基本情况", "二、有关建议"]
    assert page.left_out() is not None
    assert "绩效评价工作开展情况" in page.left_out().text()


def test_parts_bring_the_heading_of_their_section(mudan: Evaluation, shown: list[Output], soup: Soup) -> None:
    """A section with nothing of its own begins with its first part that has something."""
    page = Page(mudan)
    page.section("基本情况")
    page.part("产出", None)
    page.part("资金", sentence("甲"))
    page.part("改造", sentence("乙"))
    assert headings(soup(shown)) == ["一、基本情况", "（一）资金", "（二）改造"]
    assert page.left_out().text() == "以下内容因资料未提供而未列：产出。"


def test_a_cell_run_twice_keeps_its_numbers(mudan: Evaluation, shown: list[Output]) -> None:
    """Running a cell again gives the same output, ids and captions included."""
    page = Page(mudan)
    for _ in range(2):
        page.section("基本情况")
        page.part("资金", funds_table(mudan.funds))
        page.part("得分", scorecard_table(mudan.scorecard))
    first, second, first_again, second_again = (str(output.html) for output in shown)
    assert "一、基本情况" in first
    assert "（二）得分" in second
    assert "表 2" in second
    assert (first_again, second_again) == (first, second)


def test_headings_follow_the_kind_of_report(dengkou: Evaluation, shown: list[Output], soup: Soup) -> None:
    """A self-evaluation calls its parts so."""
    page = Page(dengkou)
    page.section("有关建议", sentence("甲"))
    assert headings(soup(shown)) == ["一、下一步改进措施"]


def test_ids_are_unique_within_a_page(linyi: Evaluation, shown: list[Output], soup: Soup) -> None:
    """However often a figure is shown, no id occurs twice, and every target exists."""
    page = Page(linyi)
    page.summary(project_tiles(linyi))
    page.section("综合评价情况及评价结论", scorecard_table(linyi.scorecard))
    page.section("绩效评价指标分析", scorecard_table(linyi.scorecard))
    page.appendix()
    document = soup(shown)
    ids = [each["id"] for each in document.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {each["popovertarget"] for each in document.find_all("button")} <= set(ids)
    assert {each["href"].removeprefix("#") for each in document.find_all("a")} <= set(ids)


def test_one_h1_and_a_quiet_line(linyi: Evaluation, shown: list[Output], soup: Soup) -> None:
    """Title with the kind of report; year, rules, files and the edition below."""
    Page(linyi, edition="征求意见稿").head()
    document = soup(shown)
    assert [each.get_text() for each in document.find_all("h1")] == [
        "临沂市老旧小区改造补助资金 全周期跟踪问效"
    ]
    assert (
        document.find(class_="wx-head")
        .p.get_text()
        .startswith("2021 年度 · 评价规则 财预〔2020〕10号 · 3 个文件")
    )
    assert [each.get_text() for each in document.find_all(class_="wx-mark")] == ["征求意见稿", "内部使用"]


def test_a_finding_stands_beside_what_it_concerns_once(
    mudan: Evaluation, shown: list[Output], soup: Soup
) -> None:
    """The wrong score rate is named below the scorecard, and not again below the next table that shows it."""
    page = Page(mudan)
    page.section("综合评价情况及评价结论", scorecard_table(mudan.scorecard))
    page.section("绩效评价指标分析", scorecard_table(mudan.scorecard))
    first, second = (soup([output]).find(class_="wx-brief") for output in shown)
    assert "63.89%" in first.get_text()
    assert second is None


def test_release_has_no_findings(mudan: Evaluation, shown: list[Output], soup: Soup) -> None:
    """The edition for release has neither the list, nor notes beside tables, nor the count in the strip."""
    page = Page(mudan, audience="release")
    page.head()
    page.summary(project_tiles(mudan))
    page.section("综合评价情况及评价结论", scorecard_table(mudan.scorecard))
    page.section("其他需要说明的问题")
    page.part("勾稽核对", findings_list(mudan))
    document = soup(shown)
    assert document.find(class_="wx-findings") is None
    assert "核对事项" not in document.find(class_="wx-strip").get_text()
    assert "公开" in document.find(class_="wx-head").get_text()
    assert headings(document) == ["一、综合评价情况及评价结论"]
    assert page.left_out() is None


def test_the_strip_names_denominators(mudan: Evaluation, linyi: Evaluation) -> None:
    """Money first, execution rate with its denominator, score with grade, the gravest severity first."""
    *lines, last = project_tiles(mudan).text().splitlines()
    assert lines == [
        "预算资金：3,664.68（万元）",
        "预算执行率：53.63%（支出÷预算）",
        "综合得分：74.32（等级 中）",
    ]
    assert last.startswith("核对事项：错误 1（警示\N{NO-BREAK SPACE}1　提示")
    assert "县区：优5 良7（共 12 个）" in project_tiles(linyi).text()


def test_the_strip_has_no_tile_for_what_nobody_gave(dengkou: Evaluation, linyi: Evaluation) -> None:
    """No score, no rate: no tile; at most five, so that they stand in one line."""
    assert "未提供" not in project_tiles(dengkou).text()
    assert "综合得分" not in project_tiles(dengkou).text()
    assert len(project_tiles(linyi).tiles) == 5


def test_the_appendix_has_a_line_for_every_figure_shown(
    mudan: Evaluation, shown: list[Output], soup: Soup
) -> None:
    """Every figure of the page leads to a line with its formula, cells and value; what is not shown has none."""
    page = Page(mudan)
    page.section("基本情况", funds_table(mudan.funds))
    page.appendix()
    document = soup(shown)
    rows = document.find(class_="wx-lines").tbody.find_all("tr")
    assert {each["href"] for each in document.find_all("a")} == {f"#{row['id']}" for row in rows}
    assert [row.td.get_text() for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    line = next(row.get_text(" ") for row in rows if "全项目 · 预算执行率" in row.get_text())
    assert re.search(r"执行率 支出 1,965\.3万元（第 \d+ 行） ÷ 预算 3,664\.68万元（第 \d+ 行）", line)
    assert "53.63%" in line
    cells = next(row.get_text(" ") for row in rows if "831.3万元 D5" in row.get_text())
    assert "资金情况.xlsx［资金情况］：" in cells
    assert not any("得分" in row.get_text() for row in rows)


def test_a_page_without_figures_has_no_appendix(mudan: Evaluation, shown: list[Output]) -> None:
    """Nothing is shown where nothing leads there."""
    page = Page(mudan)
    page.section("基本情况", sentence("甲"))
    page.appendix()
    assert len(shown) == 1


def test_lines_of_several_projects_name_their_project(
    mudan: Evaluation, linyi: Evaluation, shown: list[Output], soup: Soup
) -> None:
    """Files of two projects may have the same name: each line says whose it is."""
    page = Page(mudan, linyi)
    page.section("综合评价情况及评价结论", results_table((mudan, linyi)))
    page.appendix()
    document = soup(shown)
    titles = [row.th.get_text() for row in document.find(class_="wx-lines").tbody.find_all("tr")]
    both = [mudan.project.title, linyi.project.title]
    assert [title.split("：")[0] for title in titles] == both
    popovers = document.find_all(attrs={"popover": True})
    assert [popover.b.get_text().split("：")[0] for popover in popovers] == both


def test_figures_alike_in_two_projects_have_a_line_each(
    mudan: Evaluation, checkout: Path, tmp_path: Path, shown: list[Output], soup: Soup
) -> None:
    """A county that sends the same file in two years has two budgets, though all that is told of them is alike."""
    folder = shutil.copytree(checkout / "data/mudan-2023", tmp_path / "again")
    book = openpyxl.load_workbook(folder / "资金情况.xlsx")
    book["项目基本情况"]["B3"] = "又一个项目"
    book.save(folder / "资金情况.xlsx")
    again = evaluate(load_project(folder), load_profile("national"))
    page = Page(mudan, again)
    page.section("综合评价情况及评价结论", results_table((mudan, again)))
    page.appendix()
    titles = [row.th.get_text() for row in soup(shown).find(class_="wx-lines").tbody.find_all("tr")]
    assert [title.split("：")[0] for title in titles] == [mudan.project.title, "又一个项目"]
