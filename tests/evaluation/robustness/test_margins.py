"""Grade margins under the national rules: 90, 80, 60."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wenxiao.evaluation.robustness import GradeMargin, ScoreMatrix, grade_margins, rank_intervals
from wenxiao.project import load_profile

from tests.evaluation.robustness.cases import matrices, matrix, totals


def margin(printed: str) -> GradeMargin:
    """The margin of one printed total."""
    return grade_margins(totals(printed), load_profile())[0]


@pytest.mark.parametrize(
    ("printed", "label", "distance", "rounding", "close", "other"),
    [
        ("95.00", "优", "5", False, False, "良"),
        ("90.02", "优", "0.02", False, True, "良"),
        ("89.93", "良", "-0.07", False, True, "优"),
        ("90", "优", "0", True, True, "良"),
        ("90.0", "优", "0", True, True, "良"),
        ("89.9", "良", "-0.1", False, True, "优"),
        ("80.5", "良", "0.5", False, True, "中"),
        ("79.4", "中", "-0.6", False, False, "良"),
        ("60.4", "中", "0.4", False, True, "差"),
        ("12", "差", "-48", False, False, "中"),
    ],
)
def test_distance_and_flags(
    printed: str, label: str, distance: str, rounding: bool, close: bool, other: str
) -> None:
    """The nearest cut-off, whether rounding may decide the grade, and whether it is within half a point."""
    found = margin(printed)
    assert (found.grade.label, found.grade.margin) == (label, Fraction(distance))
    assert (found.on_rounding, found.grade.close, found.other) == (rounding, close, other)
    assert found.flagged == (rounding or close)


def test_a_cut_off_at_the_open_end_is_not_inside() -> None:
    """89.5 printed without decimals is 90 already: 89.95 printed with one decimal cannot be 90 before rounding either."""
    # 89.95 stands for [89.945, 89.955); a total printed as 89 stands for [88.5, 89.5).
    assert not margin("89.95").on_rounding
    assert not margin("89").on_rounding


def test_sentences() -> None:
    """Each case says what to do about it."""
    assert margin("95.00").sentence == "甲得 95.00 分，等级为“优”，高出分数线 90 分 5.00 分。"
    assert margin("89.93").sentence == (
        "甲得 89.93 分，等级为“良”，低于分数线 90 分 0.07 分，在 0.5 分以内，宜复核后定级。"
    )
    assert margin("90").sentence == (
        "甲得 90.00 分，等级为“优”，恰在分数线 90 分上，在四舍五入的误差以内，舍入前可能为“良”，须以舍入前的得分复核。"
    )


def test_scores_by_indicator_are_printed_to_their_finest_place() -> None:
    """A total that is a sum of whole scores is read as printed without decimals."""
    assert grade_margins(matrix([60, 40], [55, 35]), load_profile())[0].on_rounding


printed = st.lists(st.integers(880, 920).map(lambda n: f"{n // 10}.{n % 10}"), min_size=1, max_size=5)


def spans(scores: ScoreMatrix, *, rounded_scores: bool = False) -> list[tuple[int, int, int]]:
    """Rank, best and worst of each district."""
    return [
        (each.rank, each.best, each.worst) for each in rank_intervals(scores, rounded_scores=rounded_scores)
    ]


def test_by_hand() -> None:
    """Worked by hand: 90 may be 89.5 up to but not 90.5; 90.4 overlaps it, 89.4 [89.35, 89.45) and 91 [90.5, 91.5) do not."""
    assert spans(totals("90", "90.4", "89.4", "91")) == [(3, 2, 3), (2, 2, 3), (4, 4, 4), (1, 1, 1)]


def test_intervals_that_only_touch_are_apart() -> None:
    """Half up never rounds 90.5 to 90, so 91 [90.5, 91.5) is above 90 [89.5, 90.5) for certain."""
    assert spans(totals("90", "91")) == [(2, 2, 2), (1, 1, 1)]


def test_equal_printed_totals_may_go_either_way() -> None:
    """Two districts printed alike are tied on paper and may be first or second before rounding."""
    first = rank_intervals(totals("90.02", "90.02"))[0]
    assert (first.rank, first.best, first.worst, first.certain) == (1, 1, 2, False)
    assert first.sentence == ("甲的名次为第 1；得分经四舍五入，按舍入前的得分可能在第 1 至第 2 之间。")


def test_a_rank_that_rounding_cannot_change() -> None:
    """A district well apart keeps its rank, and the sentence says so."""
    assert rank_intervals(totals("95.1", "90.02"))[0].sentence == "甲的名次为第 1，不受四舍五入影响。"


def test_rounded_scores_add_up_their_intervals() -> None:
    """Each of two whole scores hides up to half a point: totals 90 and 91 may swap, 90 and 92 only touch."""
    assert spans(matrix([50, 50], [45, 45], [45, 46])) == [(2, 2, 2), (1, 1, 1)]
    assert spans(matrix([50, 50], [45, 45], [45, 46]), rounded_scores=True) == [(2, 1, 2), (1, 1, 2)]
    assert spans(matrix([50, 50], [45, 45], [46, 46]), rounded_scores=True) == [(2, 2, 2), (1, 1, 1)]


@given(printed)
def test_as_the_definition_counts(texts: list[str]) -> None:
    """best = 1 + #{k : lo_k ≥ hi_i}, worst = n − #{k : hi_k ≤ lo_i} (METHODS), counted one by one."""
    half = Fraction(1, 20)
    low = [Fraction(text) - half for text in texts]
    high = [Fraction(text) + half for text in texts]
    n = len(texts)
    assert [(best, worst) for _, best, worst in spans(totals(*texts))] == [
        (1 + sum(other >= high[i] for other in low), n - sum(other <= low[i] for other in high))
        for i in range(n)
    ]


@given(st.lists(st.integers(890, 900).map(lambda n: f"{n // 10}.{n % 10}"), min_size=2, max_size=3))
def test_every_rank_in_the_interval_is_reached(texts: list[str]) -> None:
    """Best and worst are not only bounds: some scores that round to the printed ones give each of them."""
    offsets = [Fraction(-5, 100), Fraction(0), Fraction(49, 1000), Fraction(4, 100)]
    seen: list[set[int]] = [set() for _ in texts]
    for shift in product(offsets, repeat=len(texts)):
        hidden = [Fraction(text) + each for text, each in zip(texts, shift, strict=True)]
        for place, own in enumerate(hidden):
            seen[place].add(1 + sum(other > own for other in hidden))
    assert [(min(each), max(each)) for each in seen] == [(b, w) for _, b, w in spans(totals(*texts))]


@given(matrices())
def test_the_printed_rank_lies_within(scores: ScoreMatrix) -> None:
    """The rank on the printed scores is always one of those possible, and hidden digits of scores only widen it."""
    for (rank, best, worst), (_, wider, further) in zip(
        spans(scores), spans(scores, rounded_scores=True), strict=True
    ):
        assert wider <= best <= rank <= worst <= further
