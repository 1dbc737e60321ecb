"""What changed between two editions, as the readers of the later may see it."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from wenxiao.evaluation import Evaluation, audience_of, evaluate
from wenxiao.project import load_profile, load_project
from wenxiao.reports.comparison import Part
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.editions import Edition, texts_of
from wenxiao.reports.hand_over.files import results_of
from wenxiao.reports.hand_over.revision import Revision, revision_of

SCORE = 87.51


@pytest.fixture(scope="module")
def revised(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """临沂 with another score of 沂水县 and another 差异说明 and 有关建议, as after opinions came in; made up."""
    folder = tmp_path_factory.mktemp("p") / "linyi-2021"
    shutil.copytree(checkout / "data/linyi-2021", folder)
    book = load_workbook(folder / "绩效评价得分.xlsx")
    cell = next(c for sheet in book for row in sheet.iter_rows() for c in row if c.value == SCORE)
    cell.value = SCORE + 1
    book.save(folder / "绩效评价得分.xlsx")
    with (folder / "narrative.md").open("a", encoding="utf-8") as file:
        file.write("\n- 再加一条。\n\n## 差异说明\n\n内部的话。\n")
    return evaluate(load_project(folder), load_profile("national"))


def _edition(evaluation: Evaluation, audience: str, district: str = "") -> Edition:
    readers = audience_of([evaluation], audience, district)
    delivery = Delivery(evaluation, readers, "征求意见稿", district)
    recorded = results_of(delivery, {"audience": audience, "district": district})
    return Edition("征求意见稿", recorded, texts_of(delivery))


def _revision(old: Evaluation, new: Evaluation, audience: str, district: str = "") -> Revision:
    after = _edition(new, audience, district)
    return revision_of(
        _edition(old, audience, district), after, "临沂", audience_of([new], audience, district)
    )


def test_figures_ranks_and_texts_that_changed_are_told(linyi: Evaluation, revised: Evaluation) -> None:
    """The score, the two ranks that it moves, the section whose words changed; not that it is another edition."""
    revision = _revision(linyi, revised, "internal")
    told = {(each.what, each.before, each.after) for each in revision.changes if each.part is Part.RANKING}
    assert told == {
        ("沂水县 得分", "87.51分", "88.51分"),
        ("沂水县 名次", "10", "9"),
        ("兰陵县 名次", "9", "10"),
    }
    assert revision.texts == ("有关建议",)
    assert not {Part.PARAMETER, Part.VERSION} & {each.part for each in revision.changes}
    assert "沂水县" in revision.page


def test_findings_are_compared_in_the_house_alone(linyi: Evaluation, revised: Evaluation) -> None:
    """A release tells nothing of them, and an edition without them is not taken for one in which none is left."""
    told = {each.part for each in _revision(linyi, revised, "internal").changes}
    assert {Part.FINDING, Part.INPUT} < told
    assert Part.INPUT not in {each.part for each in _revision(linyi, revised, "release").changes}
    mixed = revision_of(
        _edition(linyi, "release"), _edition(revised, "internal"), "临沂", audience_of([revised])
    )
    for revision in (mixed, _revision(linyi, revised, "release")):
        assert not any(each.part is Part.FINDING for each in revision.changes)


def test_a_release_on_one_district_names_no_other(linyi: Evaluation, revised: Evaluation) -> None:
    """What another county's score moves is told by the own figures only, on the page too."""
    revision = _revision(linyi, revised, "release", "平邑县")
    assert any(each.part is Part.MEASURE for each in revision.changes)
    for peer in set(linyi.project.districts) - {"平邑县"}:
        assert peer not in revision.page
        assert not any(peer in f"{each.what}{each.before}{each.after}" for each in revision.changes)
