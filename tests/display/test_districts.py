"""Sums over districts in words: of how many they are, where some have no figure."""

from __future__ import annotations

from wenxiao.display.districts import districts_table, districts_words

from tests.evaluation.made import evaluated, made


def test_a_sum_that_lacks_a_district_says_so() -> None:
    """The sentence begins with those that reported and ends with those that did not; the table notes it."""
    evaluation = evaluated(
        made("districts", {"district": ["甲县", "乙县", "丙县"], "budget": ["100", None, "50"]})
    )
    words, table = districts_words(evaluation), districts_table(evaluation)
    assert words is not None
    assert table is not None
    assert words.text().startswith("已报送的 2 个县区合计")
    assert words.text().endswith("150万元，未含乙县。")
    assert any("已报送的 2 个县区之和，未含乙县" in note for note in table.notes)
