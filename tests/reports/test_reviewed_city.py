"""The sheets of a review in the reports of a synthetic city: all of it in the house, its outcome for release."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.reports.published import published
from tests.reports.reviewed_city import HOUSE, OWN, PEER, PUBLIC


def _page(editions: Path, run: str) -> str:
    return (editions / run / "report.html").read_text(encoding="utf-8")


def _results(editions: Path, run: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((editions / run / "results.json").read_text(encoding="utf-8"))
    return found


def test_the_house_sees_all_of_a_review(editions: Path) -> None:
    """A county's page shows its stages, deductions, 评分底稿, problems and replies; the city's evidence and opinions."""
    own, city = _page(editions, "district_report/house"), _page(editions, "project_report/house")
    for title in ("各阶段评分", "扣分与问题对应", "评分底稿", "问题清单", "问题的反馈"):
        assert f"{OWN}{title}" in own
    for title in ("问题清单", "问题的反馈", "证据清单", "意见采纳表"):
        assert title in city
    assert all(any(word in page for page in (own, city)) for word in (*HOUSE, *PUBLIC))


@pytest.mark.parametrize("run", ["project_report/release", "district_report/release"])
def test_how_a_score_came_about_stays_in_the_house(editions: Path, run: str) -> None:
    """No file of a release, in any form, holds evidence, replies, opinions, hands or calculations; problems it does."""
    texts = list(published(editions / run))
    assert not {(name, word) for name, text in texts for word in HOUSE if word in text}
    assert all(any(word in text for _, text in texts) for word in PUBLIC)


def test_a_county_for_release_holds_no_problem_of_another(editions: Path) -> None:
    """Problems, deductions and scores of other counties are not in a county's release."""
    texts = list(published(editions / "district_report/release"))
    assert not {(name, word) for name, text in texts for word in (PEER, "验收不合格") if word in text}


def test_results_hold_the_review(editions: Path) -> None:
    """Deductions with the problems they come from, evidence and opinions are in results.json, the county's own in its own."""
    city, own = _results(editions, "project_report/house"), _results(editions, "district_report/house")
    assert [
        (d["district"], d["lost"]["value"], d["listed"]["value"], d["problems"])
        for d in city["deductions"]
        if d["problems"]
    ] == [
        (OWN, "1.5", "1.5", ["1"]),
        (PEER, "3", "3", ["2"]),
    ]
    assert [line["support"] for line in own["score_lines"]] == ["there", "keep"]
    assert [each["number"] for each in own["problems"]] == ["1"]
    assert own["review"]["totals"][0]["total"]["value"] == "100"
    assert [each["presence"] for each in city["evidence"]] == ["unchecked"]
    assert [each["adopted"] for each in city["opinions"]] == ["adopted"]
    released = _results(editions, "project_report/release")
    assert not released["score_lines"]
    assert {each["adopted"] for each in released["problems"]} == {None}


def test_a_figure_of_the_review_is_traced(editions: Path) -> None:
    """The sum of a problem's points opens its formula and its cell of the 问题清单."""
    measures = {each["key"]: each for each in _results(editions, "project_report/house")["measures"]}
    listed = measures[f"listed_deduction/{OWN}/过程/资金管理/预算执行率"]
    assert [each["cell"]["address"] for each in listed["inputs"]] == ["E3"]
    assert listed["subject"] == OWN
