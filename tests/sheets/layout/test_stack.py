"""Tables one above the other: what goes on with the one above is one table with it."""

from pathlib import Path

import pytest

from tests.sheets import written
from tests.sheets.written import only, read, values

HEAD = ["县区", "户数（户）"]


@pytest.mark.parametrize("title", [["续表"], ["表1（续） 各县区任务表"], ["各县区任务表（续表）"]])
def test_a_title_that_says_so_goes_on_with_the_table_above(tmp_path: Path, title: list[str]) -> None:
    """The total of both pages is that of one table."""
    rows = [
        ["表1 各县区任务表"],
        HEAD,
        ["甲县", 100],
        ["乙县", 60],
        [],
        title,
        HEAD,
        ["丙县", 40],
        ["合计", 200],
    ]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    assert values(table, "district") == ["甲县", "乙县", "丙县", "合计"]


def test_another_title_begins_another_table(tmp_path: Path) -> None:
    """手续 is no 续, and a table with a total of its own is one."""
    rows = [
        ["任务表"],
        HEAD,
        ["甲县", 100],
        ["合计", 100],
        [],
        ["手续办理表"],
        HEAD,
        ["甲县", 40],
        ["合计", 40],
    ]
    assert len(read(written.xlsx(tmp_path / "a.xlsx", rows)).tables) == 2
