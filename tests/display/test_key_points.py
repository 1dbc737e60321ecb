"""要点: what the first screen says, from data and from the analyst's words, each line with its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import pytest
from bs4 import BeautifulSoup
from wenxiao.display import (
    Output,
    Page,
    district_points,
    project_points,
    ranking_points,
    sentence,
)
from wenxiao.evaluation import Evaluation, district_view
from wenxiao.model import Severity
from wenxiao.project.narrative import Narrative

Soup = Callable[[list[Output]], BeautifulSoup]


def _lines(evaluation: Evaluation) -> dict[str, str]:
    points = project_points(evaluation)
    assert points is not None
    return dict(line.split("：", 1) for line in points.text().splitlines())


def _narrated(evaluation: Evaluation, **sections: str) -> Evaluation:
    narrative = Narrative(MappingProxyType(sections))
    return replace(evaluation, project=replace(evaluation.project, narrative=narrative))


def test_what_a_director_must_know(linyi: Evaluation) -> None:
    """Grade, money with its rate, the analyst's problems and suggestions, in this order."""
    lines = _lines(linyi)
    assert list(lines) == ["结论", "资金", "产出", "主要问题", "建议"]
    assert "90.02分" in lines["结论"]
    assert "“优”" in lines["结论"]
    assert lines["资金"] == "预算资金 23,763.00万元，预算执行率 81.24%（报告数，支出未提供）。"
    assert lines["主要问题"].startswith("省级和市级补助资金支出偏慢；")
    assert lines["主要问题"].endswith("（共 4 条）")


def test_findings_that_weigh_are_named(mudan: Evaluation) -> None:
    """An error has a line with its remedy; remarks have none."""
    assert _lines(mudan)["核对事项"].startswith("错误：")
    assert "处理：" in _lines(mudan)["核对事项"]
    hints = tuple(each for each in mudan.findings if each.severity is Severity.HINT)
    assert "核对事项" not in _lines(replace(mudan, findings=hints))


def test_without_words_of_the_analyst_the_listed_problems_stand(linyi: Evaluation) -> None:
    """Nothing is made up: no suggestion where nobody wrote one."""
    lines = _lines(_narrated(linyi))
    assert "建议" not in lines
    first = linyi.problems[0].text.rstrip("。；")
    assert first in lines["主要问题"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("- 甲。其余从略。\n- 乙", "甲；乙。"),
        ("### 小标题\n\n甲拖延。\n\n乙", "甲拖延；乙。"),
        ("1. **甲**拖延\n2. <b>乙</b>", "甲拖延；<b>乙</b>。"),
        ("- " + "甲" * 40 + "，" + "乙" * 40, "甲" * 40 + "……。"),
    ],
)
def test_the_first_sentence_of_each_item(linyi: Evaluation, written: str, said: str) -> None:
    """A long one ends at a clause and says that it goes on."""
    assert _lines(_narrated(linyi, 存在的问题=written))["主要问题"] == said


def test_links_lead_to_the_headings(linyi: Evaluation, shown: list[Output], soup: Soup) -> None:
    """The place of a line is the id of its heading, whatever number that gets."""
    page = Page(linyi)
    page.summary(project_points(linyi))
    page.section("基本情况", sentence("甲"))
    page.part("资金情况", sentence("甲"))
    document = soup(shown)
    link = next(each for each in document.find_all("a") if each.get_text() == "资金")
    assert document.find(id=link["href"].removeprefix("#")).get_text() == "（一）资金情况"


def test_an_edition_for_release_says_nothing_of_findings(
    mudan: Evaluation, shown: list[Output], soup: Soup
) -> None:
    """The internal line goes, the others stay."""
    Page(mudan, audience="release").summary(project_points(mudan))
    text = soup(shown).get_text()
    assert "核对事项" not in text
    assert "主要问题" in text


def test_a_district_and_a_ranking_have_theirs(linyi: Evaluation) -> None:
    """Place and distance of a district; first, last and how firm the ranks stand."""
    own = district_points(district_view(linyi, "平邑县"))
    assert own is not None
    assert [each.label for each in own.points] == ["结论", "差距"]
    ranked = ranking_points(linyi)
    assert ranked is not None
    assert [each.label for each in ranked.points] == ["结论", "稳健性"]
