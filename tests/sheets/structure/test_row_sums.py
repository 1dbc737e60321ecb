"""The tree of rows: words propose, sums decide."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from wenxiao.model import Role
from wenxiao.model.row_tree import Support
from wenxiao.model.units import HOUSEHOLDS

from tests.sheets.structure.made import sums_of, tree_of


def test_of_which_is_a_part_and_the_total_has_the_wholes() -> None:
    """其中 that does not exhaust the row above is a part of it; the total sums the rows without it, wherever it stands."""
    names = ["中央资金", "其中：提前下达", "省级资金", "合计"]
    rows = [["260", "208"], ["140", "112"], ["90", "72"], ["350", "280"]]
    for order in ((0, 1, 2, 3), (3, 0, 1, 2)):
        tree = tree_of([names[n] for n in order], [rows[n] for n in order])
        assert sums_of(tree, [names[n] for n in order]) == {"合计": ["中央资金", "省级资金"]}
        assert {names[order[n]] for n in tree.of_which} == {"其中：提前下达"}


def test_of_which_with_unmarked_rows_is_exhausted_where_they_add_up() -> None:
    """上级 = 中央 + 省级 though only the first is marked; 合计 = 上级 + 本级."""
    names = ["上级资金", "其中：中央资金", "省级资金", "本级资金", "合计"]
    tree = tree_of(names, [["260"], ["170"], ["90"], ["120"], ["380"]])
    assert sums_of(tree, names) == {
        "上级资金": ["其中：中央资金", "省级资金"],
        "合计": ["上级资金", "本级资金"],
    }


def test_a_run_that_happens_to_fit_does_not_take_a_county_from_the_total() -> None:
    """甲镇 120 + 乙县 220 is 甲县 340 by chance; the total says that 乙县 is a county of its own."""
    names = ["甲县", "其中：甲镇", "乙县", "合计"]
    tree = tree_of(names, [["340"], ["120"], ["220"], ["560"]])
    assert sums_of(tree, names) == {"合计": ["甲县", "乙县"]}


def test_two_partitions_of_one_whole_are_linked() -> None:
    """东部 and 西部 without any word are sums of the counties that follow them all."""
    names = ["合计", "东部", "西部", "甲县", "乙县", "丙县"]
    rows = [["60", "30"], ["40", "20"], ["20", "10"], ["25", "12"], ["15", "8"], ["20", "10"]]
    assert sums_of(tree_of(names, rows), names) == {
        "合计": ["东部", "西部"],
        "东部": ["甲县", "乙县"],
        "西部": ["丙县"],
    }


def test_small_counts_in_one_column_make_no_tree() -> None:
    """5 = 3 + 2 twice over is worth nothing without a word."""
    assert tree_of(["甲", "乙", "丙", "丁"], [["5"], ["3"], ["2"], ["5"]]).sums == ()


def test_a_wrong_total_is_refuted_not_replaced() -> None:
    """A named total whose parts do not add up keeps its parts by its place; the column is an exception."""
    tree = tree_of(["甲县", "乙县", "丙县", "合计"], [["38"], ["29"], ["74"], ["142"]], unit=HOUSEHOLDS)
    (total,) = tree.by_whole.values()
    assert (total.support, total.parts, total.exceptions) == (Support.REFUTED, (0, 1, 2), (2,))


def test_one_wrong_figure_leaves_the_tree() -> None:
    """Two columns hold the tree though one figure of the second is wrong, and name that column."""
    names = ["合计", "甲县", "乙县", "丙县"]
    tree = tree_of(names, [["351.25", "7157.5"], ["214.05", "5310.2"], ["96.1", "1424.2"], ["41.1", "605.1"]])
    (total,) = tree.by_whole.values()
    assert (total.support, total.exceptions) == (Support.UPHELD, (3,))


def test_a_row_below_a_total_that_holds_is_outside() -> None:
    """A memo line below the total is no part of it and is not added up."""
    names = ["中央资金", "省级资金", "合计", "另：存量资金"]
    tree = tree_of(names, [["200.5", "160.25"], ["100.25", "80.5"], ["300.75", "240.75"], ["50.5", "10.25"]])
    assert [names[record] for record in tree.outside] == ["另：存量资金"]


def test_levels_by_numbering_are_parts() -> None:
    """（一）（二） below 一、 are its parts where they add up."""
    names = ["合计", "一、上级", "（一）中央", "（二）省级", "二、本级"]
    tree = tree_of(names, [["380"], ["260"], ["170"], ["90"], ["120"]])
    assert sums_of(tree, names)["一、上级"] == ["（一）中央", "（二）省级"]
    assert sums_of(tree, names)["合计"] == ["一、上级", "二、本级"]


@pytest.mark.parametrize("seed", range(12))
def test_neutral_words_give_the_same_tree(seed: int) -> None:
    """With 合计 and 小计 renamed, three amount columns give the tree of the words, or a doubt, never another."""
    chance = random.Random(seed)
    names, rows, roles = _two_levels(chance, columns=3)
    worded = tree_of(names, rows, roles)
    neutral = tree_of([f"名{n}" for n in range(len(names))], rows, [Role.DATA] * len(names))
    assert set(worded.by_whole) == set(neutral.by_whole) or list(neutral.doubts)
    assert all(worded.leaves(one) == neutral.leaves(one) for one in neutral.by_whole)


@pytest.mark.parametrize("seed", range(40))
def test_random_figures_make_no_tree(seed: int) -> None:
    """Figures without any structure give no sum, so that no row of theirs is taken for a total."""
    chance = random.Random(seed)
    count, columns = chance.randint(3, 30), chance.randint(1, 6)
    rows = [[str(Decimal(chance.randint(1, 99999)).scaleb(-1)) for _ in range(columns)] for _ in range(count)]
    assert tree_of([f"名{n}" for n in range(count)], rows).sums == ()


def _two_levels(chance: random.Random, columns: int) -> tuple[list[str], list[list[str]], list[Role]]:
    names, rows, roles = ["合计"], [[Decimal(0)] * columns], [Role.TOTAL]
    for group in range(chance.randint(2, 4)):
        names.append(f"{group}片小计")
        roles.append(Role.SUBTOTAL)
        rows.append([Decimal(0)] * columns)
        at = len(rows) - 1
        for _ in range(chance.randint(2, 6)):
            figures = [Decimal(chance.randint(100, 900000)).scaleb(-2) for _ in range(columns)]
            names.append(f"县{len(names)}")
            roles.append(Role.DATA)
            rows.append(figures)
            rows[at] = [a + b for a, b in zip(rows[at], figures, strict=True)]
            rows[0] = [a + b for a, b in zip(rows[0], figures, strict=True)]
    return names, [[str(figure) for figure in row] for row in rows], roles


def test_a_single_column_of_groups_is_proved_by_its_total() -> None:
    """城区 50 and 农村 70 sum the rows below each; that 全县 120 is their sum proves all three together."""
    names = ["城区", "甲街道", "乙街道", "农村", "丙镇", "丁镇", "全县"]
    tree = tree_of(names, [["50"], ["20"], ["30"], ["70"], ["40"], ["30"], ["120"]])
    assert sums_of(tree, names) == {
        "城区": ["甲街道", "乙街道"],
        "农村": ["丙镇", "丁镇"],
        "全县": ["城区", "农村"],
    }


def test_a_total_that_holds_only_without_a_row_is_a_doubt() -> None:
    """Whether 提前下达 is a part of 中央 or the total is wrong cannot be known; both readings are kept."""
    names = ["中央资金", "提前下达", "省级资金", "合计"]
    (total,) = tree_of(names, [["260"], ["140"], ["90"], ["350"]]).by_whole.values()
    assert (total.support, {total.parts, *total.rivals}) == (Support.TIED, {(0, 1, 2), (0, 2)})


@pytest.mark.parametrize("last", [["100"], ["170"]])
def test_parts_of_a_total_that_the_rows_above_make_up_are_of_which(last: list[str]) -> None:
    """中央 100 and 省级 100 are 合计 200; 其中 below it splits that anew, whether it exhausts it or not, and adds nothing."""
    names = ["中央", "省级", "合计", "其中：上年结转", "其中：本年安排"]
    roles = [Role.DATA, Role.DATA, Role.TOTAL, Role.OF_WHICH, Role.OF_WHICH]
    tree = tree_of(names, [["100"], ["100"], ["200"], ["30"], last], roles)
    assert sums_of(tree, names) == {"合计": ["中央", "省级"]}
    assert tree.leaves(2) == frozenset({0, 1})
    assert tree.of_which == frozenset({3, 4})


def test_a_subtotal_is_summed_before_the_total_beside_a_row_of_no_group() -> None:
    """小计 300 is 甲 + 乙 and 合计 400 is 小计 + 丙, although 甲 + 乙 + 丙 fits 合计 as well."""
    names = ["小计", "甲", "乙", "丙", "合计"]
    roles = [Role.SUBTOTAL, Role.DATA, Role.DATA, Role.DATA, Role.TOTAL]
    rows = [["300", "240"], ["200", "160"], ["100", "80"], ["100", "90"], ["400", "330"]]
    assert sums_of(tree_of(names, rows, roles), names) == {"小计": ["甲", "乙"], "合计": ["小计", "丙"]}
