"""A table with its tree and relations: the roles, units and doubts that follow."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from wenxiao.fields import standard_registry
from wenxiao.model import Role, Table
from wenxiao.model.units import RATIO
from wenxiao.sheets import Reading
from wenxiao.sheets.frame import read_frame


def reading_of(rows: list[list[object]], override: Mapping[str, object] | None = None) -> Reading:
    """The reading of a frame of rows below their header."""
    return read_frame(pd.DataFrame(rows[1:], columns=rows[0]), standard_registry(), override=override)


def only(rows: list[list[object]]) -> Table:
    """Its only table."""
    (table,) = reading_of(rows).tables
    return table


def roles(table: Table) -> list[Role]:
    """The roles of its records."""
    return [Role(int(role)) for role in table.roles]


def test_a_row_that_others_add_up_to_is_a_total_whatever_its_name() -> None:
    """某市 above its counties is no county: two columns say so."""
    rows = [
        ["县区", "预算数（万元）", "支出数（万元）"],
        ["某市", 300.75, 240.75],
        ["甲县", 200.5, 160.25],
        ["乙县", 100.25, 80.5],
    ]
    assert roles(only(rows)) == [Role.TOTAL, Role.DATA, Role.DATA]
    assert "sheet-row-sum-found" in {one.code for one in reading_of(rows).findings}


def test_figures_of_another_unit_in_a_row_prove_no_more_than_their_digits() -> None:
    """200000元 beside 10万元 and 30万元: 20 and 10 are 30 by chance, two digits prove no total."""
    rows: list[list[object]] = [
        ["县区", "预算数", "单位"],
        ["甲县", 10, "万元"],
        ["乙县", 200000, "元"],
        ["丙县", 30, "万元"],
    ]
    assert roles(only(rows)) == [Role.DATA, Role.DATA, Role.DATA]


def test_a_ratio_of_two_columns_is_a_rate_whatever_its_name() -> None:
    """完成比 is in per cent without a sign, and nobody sums it."""
    rows = [
        ["县区", "任务户数", "完成户数", "完成比"],
        ["甲县", 2000, 1605, 80.25],
        ["乙县", 1000, 805, 80.5],
        ["丙县", 500, 333, 66.6],
    ]
    column = only(rows).columns[-1]
    assert (column.unit, str(column.number(0))) == (RATIO, "0.8025")


def test_intensities_have_no_sum() -> None:
    """1.8 lies within 1.5 and 2.1 while the other column adds up: it is no total of them."""
    table = only(
        [["地区", "研发经费（亿元）", "投入"], ["全国", 30, 1.8], ["甲省", 10, 1.5], ["乙省", 20, 2.1]]
    )
    assert table.intensive == {3}


def test_a_doubt_is_settled_by_the_line_that_it_names() -> None:
    """The remedy's roles decide which reading holds, and the doubt is gone."""
    rows: list[list[object]] = [
        ["资金来源", "预算数（万元）"],
        ["中央资金", 260],
        ["提前下达", 140],
        ["省级资金", 90],
        ["合计", 350],
    ]
    doubt = next(one for one in reading_of(rows).findings if one.code == "sheet-rows-ambiguous")
    assert "roles: {3: 数据}" in doubt.remedy

    def read(role: str) -> Table:
        said = {"sheets": {"Sheet1": {"tables": [{"table": 1, "roles": {3: role}}]}}}
        return reading_of(rows, said).tables[0]

    assert [one.parts for one in read("数据").tree.by_whole.values()] == [(0, 1, 2)]
    assert [one.parts for one in read("其中").tree.by_whole.values()] == [(0, 2)]
    assert [list(read(role).tree.doubts) for role in ("数据", "其中")] == [[], []]


def test_a_county_above_its_towns_is_the_district() -> None:
    """Towns that add up to the county before them are its finer parts, and the total is that of the counties."""
    rows = [
        ["地区", "户数", "栋数"],
        ["合计", 220, 23],
        ["甲县", 160, 16],
        ["东镇", 100, 10],
        ["西镇", 60, 6],
    ]
    table = only([*rows, ["乙县", 60, 7], ["南镇", 40, 4], ["北乡", 20, 3]])
    finer = [Role.DATA, Role.OF_WHICH, Role.OF_WHICH]
    assert roles(table) == [Role.TOTAL, *finer, *finer]


def test_towns_beside_a_zone_are_its_neighbours() -> None:
    """A zone of a higher ending is one district among the towns where these do not add up to it."""
    table = only([["地区", "户数"], ["高新区", 500], ["东镇", 100], ["西镇", 60], ["合计", 660]])
    assert roles(table) == [Role.DATA, Role.DATA, Role.DATA, Role.TOTAL]


def test_part_sums_before_their_counties_are_no_districts() -> None:
    """东部 and 西部 sum the counties below them, although other rows add up to the total as well."""
    rows = [["县区", "户数", "栋数"], ["合计", 60, 30], ["东部", 40, 20], ["甲县", 25, 12], ["乙县", 15, 8]]
    table = only([*rows, ["西部", 20, 10], ["丙县", 12, 6], ["丁县", 8, 4]])
    assert list(table.records()) == [2, 3, 5, 6]
