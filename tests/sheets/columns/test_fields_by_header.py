"""Each field at most once, and of two columns of one field the last state."""

from __future__ import annotations

import pandas as pd
import pytest
import wenxiao as wx


@pytest.mark.parametrize("first", ["资金来源", "县区"])
@pytest.mark.parametrize(
    ("headers", "keys"),
    [
        (("预算数", "调整后预算数"), ["initial_budget", "budget"]),
        (("调整后预算数", "预算数"), ["budget", "initial_budget"]),
        (("年初预算数", "全年预算数"), ["initial_budget", "budget"]),
        (("预算数", "预算金额"), ["budget", None]),
    ],
)
def test_the_revised_budget_is_the_budget(
    first: str, headers: tuple[str, str], keys: list[str | None]
) -> None:
    """Beside 调整后预算数 another budget is that of the year's beginning; two of one state are a field twice, and said."""
    names = ["中央资金", "省级资金"] if first == "资金来源" else ["甲县", "乙县"]
    columns = {
        first: names,
        **{f"{each}（万元）": [10.5, 20.25] for each in headers},
        "支出数（万元）": [9.5, 18.5],
    }
    reading = wx.read(pd.DataFrame(columns))
    assert [column.key for column in reading.tables[0].columns[1:3]] == keys
    assert ("sheet-field-twice" in {f.code for f in reading.findings}) == (keys[1] is None)
