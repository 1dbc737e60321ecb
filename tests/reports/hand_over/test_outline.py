"""The outlines as data."""

import pytest
from wenxiao.project.narrative import SECTIONS
from wenxiao.reports.hand_over.contents import CONTENTS
from wenxiao.reports.hand_over.outline import Outline, Say, Text, outline_of, outlines

EVERY = (*outlines().kinds, outlines().district)


@pytest.mark.parametrize("outline", EVERY, ids=lambda each: each.kind)
def test_everything_an_outline_names_is_there(outline: Outline) -> None:
    """Each content is known, each text is a section of the narrative, each sentence of method is without figures but 0."""
    for content in outline.contents:
        match content:
            case Text(text=section):
                assert section in SECTIONS
            case Say(say=words):
                assert not any(digit in words for digit in "123456789")
            case str() as name:
                assert name in CONTENTS


@pytest.mark.parametrize("outline", outlines().kinds, ids=lambda each: each.kind)
def test_no_words_of_the_analyst_are_lost(outline: Outline) -> None:
    """Every section of the narrative but 差异说明, which stays in the house, has its place in every kind of report, once."""
    texts = [content.text for content in outline.contents if isinstance(content, Text)]
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
