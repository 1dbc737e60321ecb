"""Several columns that name the rows: the finer one does, the coarser one says the group."""

from pathlib import Path

import pytest

from tests.sheets import written
from tests.sheets.written import only, values

HEAD = ["资金类别", "资金来源", "预算数（万元）"]
PARTS = [
    ["上级资金", "中央资金", 100],
    [None, "省级资金", 60],
    ["地方资金", "市级资金", 40],
    [None, "区级资金", 20],
]
NAMES = ["中央资金", "省级资金", "市级资金", "区级资金"]


@pytest.mark.parametrize(
    ("rows", "merges"),
    [
        ([HEAD, *PARTS], ["A2:A3", "A4:A5"]),
        ([["资金来源", None, HEAD[2]], *PARTS], ["A1:B1", "A2:A3", "A4:A5"]),
        ([["资金来源", None, HEAD[2]], *PARTS], []),
        ([[HEAD[1], HEAD[0], HEAD[2]], *([b, a, n] for a, b, n in PARTS)], []),
    ],
)
def test_the_finer_column_names_the_rows(tmp_path: Path, rows: list[list[object]], merges: list[str]) -> None:
    """Under two headers or a merged one, merged or free cells, before or behind: the source is the finer column."""
    table = only(written.xlsx(tmp_path / "a.xlsx", rows, merges=merges))
    assert values(table, "source") == NAMES


def test_a_row_without_a_finer_name_has_that_of_its_group(tmp_path: Path) -> None:
    """社会资金 and 合计 stand in the coarser column alone."""
    rows = [HEAD, *PARTS, ["社会资金", None, 5], ["合计", None, 225]]
    assert values(only(written.xlsx(tmp_path / "a.xlsx", rows)), "source") == [*NAMES, "社会资金", "合计"]


def test_a_name_in_several_groups_has_theirs_before_it(tmp_path: Path) -> None:
    """工程 of 上级资金 is not 工程 of 地方资金."""
    rows = [HEAD, ["上级资金", "工程", 1], [None, "设备", 2], ["地方资金", "工程", 3], [None, "设备", 4]]
    names = values(only(written.xlsx(tmp_path / "a.xlsx", rows)), "source")
    assert names == ["上级资金工程", "上级资金设备", "地方资金工程", "地方资金设备"]
