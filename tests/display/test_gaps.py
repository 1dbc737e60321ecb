"""What a district reads of its margin is its own."""

from __future__ import annotations

from wenxiao.display.gaps import gap_words
from wenxiao.evaluation import district_view

from tests.evaluation.made import evaluated, made


def test_each_district_reads_its_own_margin() -> None:
    """The sentence on the next grade is that of the district, not of the first in the table."""
    evaluation = evaluated(
        made("districts", {"district": ["子县", "丑县", "寅县"], "score": ["95.0", "89.6", "71.0"]})
    )
    firm = evaluation.robustness
    assert firm is not None
    assert len({each.sentence for each in firm.margins}) == 3
    for row, district in enumerate(firm.matrix.districts):
        words = gap_words(district_view(evaluation, district))
        assert words is not None
        assert firm.margins[row].sentence in words.text()
