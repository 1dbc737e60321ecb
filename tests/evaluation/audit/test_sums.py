"""Totals and means of rows: what rounding allows, and what a missing part leaves open."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from wenxiao.evaluation.audit import means

from tests.evaluation.audit.test_workbooks import read

HEAD = ["县区", "预算数（万元）"]


def mean_differs(folder: Path, values: list[str], mean: str) -> bool:
    """Whether a printed mean is called wrong."""
    rows = [
        HEAD,
        *([f"{name}县", value] for name, value in zip("甲乙丙丁", values, strict=False)),
        ["平均", mean],
    ]
    return "mean-row-differs" in {each.code for each in read(folder, {"资金": rows}).findings}


@pytest.mark.parametrize(
    ("values", "mean", "differs"),
    [
        (["10.00", "10.00", "10.00"], "10.01", False),  # each may be 10.005, the mean 10.005
        (["10.00", "10.01"], "10.02", True),  # 10.005 and 10.015 at most make 10.01
        (["10.00", "10.01"], "10.01", False),
        (["10.00", "10.00", "10.00"], "10.02", True),
    ],
)
def test_a_mean_may_be_off_by_what_its_figures_hide(
    tmp_path: Path, values: list[str], mean: str, differs: bool
) -> None:
    """Half a unit of the mean and of each figure it is of, and no more."""
    assert mean_differs(tmp_path, values, mean) is differs


def test_a_figure_that_breaks_its_mean_is_named_with_what_to_put(tmp_path: Path) -> None:
    """A mean, like a total, gives back the one figure that its row contradicts as well."""
    head = ["县区", "产出（60分）", "效益（40分）", "得分"]
    rows = [["甲县", 50, 30, 80], ["乙县", 40, 38, 65], ["丙县", 45, 31, 76]]
    findings = read(tmp_path, {"得分": [head, *rows, ["平均", 45, 28.67, 73.67]]}).findings
    found = [each for each in findings if each.code in ("mean-row-differs", "indicators-sum-differs")]
    assert {each.code for each in found} == {"mean-row-differs", "indicators-sum-differs"}
    assert {cell.address for each in found for cell in each.suspects} == {"C3"}
    assert all("改为 25" in each.message for each in found)


@pytest.mark.parametrize(("total", "code"), [(110, "total-below-parts"), (130, None), (120, None)])
def test_a_total_with_a_part_missing(tmp_path: Path, total: int, code: str | None) -> None:
    """70, an unknown and 50 make 120 or more, whatever the unknown is; and less is impossible."""
    rows = [HEAD, ["甲县", 70], ["乙县", "未报送"], ["丙县", 50], ["合计", total]]
    codes = {each.code for each in read(tmp_path, {"资金": rows}).findings}
    assert codes & {"total-differs", "total-below-parts"} == ({code} if code else set())


def test_a_pooled_rate_in_a_row_of_means_is_not_wrong(tmp_path: Path) -> None:
    """37.5 of 65 is 57.69%, the rate of the mean amounts; 62.5% is the mean of the rates; both are used, 60% is neither."""
    head = ["县区", "预算数（万元）", "支出数（万元）", "执行率"]
    rows = [head, ["甲县", 90, 45, "50%"], ["乙县", 40, 30, "75%"]]
    for printed, wrong in (("57.69%", False), ("62.5%", False), ("60%", True)):
        codes = {
            each.code for each in read(tmp_path, {"资金": [*rows, ["平均", 65, 37.5, printed]]}).findings
        }
        assert ("mean-row-differs" in codes) is wrong


@pytest.mark.parametrize(("total", "code"), [(119, "total-below-parts"), (120, None)])
def test_a_missing_part_may_be_nothing(tmp_path: Path, total: int, code: str | None) -> None:
    """Households are counted one by one: 70 and 50 leave a missing county 0 of 120, and 119 is impossible."""
    rows = [["县区", "户数（户）"], ["甲县", 70], ["乙县", "未报送"], ["丙县", 50], ["合计", total]]
    codes = {each.code for each in read(tmp_path, {"任务": rows}).findings}
    assert codes & {"total-differs", "total-below-parts"} == ({code} if code else set())


def test_the_room_of_a_printed_mean_is_the_mean(tmp_path: Path) -> None:
    """Three figures of 30 leave their mean 30, not the 90 that they add up to."""
    rows = [HEAD, ["甲县", "30.00"], ["乙县", "30.00"], ["丙县", "30.00"], ["平均", "31.00"]]
    (own,) = means.CHECKS[0].constrain(read(tmp_path, {"资金": rows})) if means.CHECKS[0].constrain else ()
    room = own.room_for(frozenset([own.cells[0]]))
    assert room.holds(Fraction(30))
    assert not room.holds(Fraction(31))


@pytest.mark.parametrize(("first", "said"), [(30, True), (35, False)])
def test_towns_that_do_not_make_up_their_county_are_named(first: int, said: bool, tmp_path: Path) -> None:
    """Where the towns of one county add up, those of another are meant to; county and total keep their figures."""
    rows = [
        ["单位：万元"],
        ["地区", "预算数", "支出数"],
        ["甲县", 100, 80],
        ["  东镇", first, first - 10],
        ["  西镇", 65, 55],
        ["乙县", 90, 70],
        ["  南镇", 50, 40],
        ["  北镇", 40, 30],
        ["合计", 190, 150],
    ]
    evaluation = read(tmp_path, {"资金": rows})
    assert evaluation.execution.text == "78.95%"
    found = [f for f in evaluation.findings if f.code in ("subtotal-differs", "total-differs")]
    assert {f.code for f in found} == ({"subtotal-differs"} if said else set())
    assert all("甲县" in f.message for f in found)


def test_parts_within_a_source_need_not_make_it_up(tmp_path: Path) -> None:
    """Indented rows of a source that add up say nothing of those of another: a source may have parts that are not listed."""
    rows = [
        ["单位：万元"],
        ["资金来源", "预算数", "支出数"],
        ["上级资金", 100, 80],
        ["  中央资金", 60, 50],
        ["  省级资金", 40, 30],
        ["县级资金", 50, 40],
        ["  专项债券", 20, 10],
        ["  盘活存量", 10, 5],
        ["合计", 150, 120],
    ]
    evaluation = read(tmp_path, {"资金": rows})
    assert evaluation.execution.text == "80.00%"
    assert not [f for f in evaluation.findings if f.code in ("subtotal-differs", "total-differs")]
