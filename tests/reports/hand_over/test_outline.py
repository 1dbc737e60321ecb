"""The outlines as data."""

import pytest
from wenxiao.contents import CONTENTS, Outlet, Subject
from wenxiao.evaluation import Evaluation
from wenxiao.project.narrative import SECTIONS
from wenxiao.reports.hand_over.outline import Outline, outline_of, outlines

EVERY = (*outlines().kinds, outlines().district)


@pytest.mark.parametrize("outline", EVERY, ids=lambda each: each.kind)
def test_everything_an_outline_names_is_declared(outline: Outline) -> None:
    """Each name of an outline, of the annex and of what only slides have is that of a content."""
    assert not {*outline.contents, *outlines().annex, *outlines().beside, *outlines().spoken} - set(CONTENTS)


def test_no_content_is_lost_on_paper(linyi: Evaluation) -> None:
    """What may stand on paper, in the annex or on slides stands there in some report: an outline names it."""
    named = {name for outline in EVERY for name in outline.contents} | {
        *outlines().annex,
        *outlines().beside,
        *outlines().spoken,
    }
    several = {
        "projects",
        "project_scores",
        "execution",
    }  # of a report on several projects, which has no paper
    page_only = {"scoring", "trial", "differences"}
    subject = Subject((linyi,))
    for name, content in CONTENTS.items():
        if content.internal or content.place or name in named | several | page_only or "own" in name:
            continue
        assert not any(content.given(subject, Outlet.PAPER | Outlet.ANNEX | Outlet.SLIDES)), name


@pytest.mark.parametrize("outline", outlines().kinds, ids=lambda each: each.kind)
def test_no_words_of_the_analyst_are_lost(outline: Outline) -> None:
    """Every section of the narrative but 差异说明, which stays in the house, has its place in every kind of report, once."""
    texts = [name for name in outline.contents if name in SECTIONS]
    assert sorted(texts) == sorted(set(SECTIONS) - {"差异说明"})


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("单位自评", "单位自评"),
        ("部门自评", "单位自评"),
        ("财政重点绩效评价", "财政评价"),
        ("部门评价", "部门评价"),
        ("老旧小区全周期跟踪问效", "全周期跟踪问效"),
        ("", "财政评价"),
    ],
)
def test_a_head_names_the_kind_in_its_own_words(said: str, kind: str) -> None:
    """What the head says is looked for, not compared; what is no known kind has the standard outline."""
    assert outline_of(said).kind == kind
