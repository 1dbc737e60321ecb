"""The unit that stands in the title of a form."""

from pathlib import Path

from wenxiao.model.units import WAN_YUAN, YUAN
from wenxiao.sheets import read_workbook

from tests.sheets.written import REGISTRY, xlsx


def test_a_unit_in_the_title_of_a_form_holds_for_its_amounts(tmp_path: Path) -> None:
    """支出进度表（单位：元）: amounts in 元 are 万元, and nobody is asked for a unit; a unit row goes before the title."""
    rows = [
        ["2025年支出进度表（单位：元）"],
        ["项目名称", "预算数", "1月", "累计支出"],
        ["甲", 1000000, 50000, 50000],
    ]
    path = tmp_path / "进度.xlsx"
    xlsx(path, rows)
    reading = read_workbook(path, REGISTRY)
    given = reading.tables[0].given(0, "budget").quantity
    assert (given and given.value, given and given.unit, reading.findings) == (100, WAN_YUAN, ())
    assert reading.tables[0].unit == YUAN
    xlsx(path, [["2025年支出进度表（单位：元）"], ["单位：万元"], *rows[1:]])
    given = read_workbook(path, REGISTRY).tables[0].given(0, "budget").quantity
    assert given is not None
    assert given.value == 1000000
