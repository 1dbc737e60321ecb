"""Quantities, cells, units, problems, tables."""

import pickle
from decimal import Decimal

import numpy as np
import pytest
from wenxiao.model import (
    CellRef,
    Missing,
    Origin,
    Problem,
    Quantity,
    Role,
    SheetError,
    Table,
    figures,
    unit_named,
    words,
)
from wenxiao.model.units import RATIO, WAN_YUAN, YUAN


def small_table() -> Table:
    """A table of two sources and a total, as a sheet would hold it."""
    return Table(
        kind="funds",
        title="资金",
        origin=Origin("资金.xlsx", "资金", 1, 1, 5, 2),
        lines=np.array([3, 4, 5], np.int32),
        roles=np.array([Role.DATA, Role.DATA, Role.TOTAL], np.int8),
        columns=(
            words(["中央", "省级", "合计"], key="source", label="资金来源", position=1),
            figures(
                [Decimal("2062.67"), Missing.NOT_PROVIDED, Decimal("2062.67")],
                key="budget",
                label="预算数",
                position=2,
                unit=WAN_YUAN,
            ),
        ),
        sections=("", "", ""),
        raw=lambda row, column: f"{row}:{column}",
    )


def test_a_given_figure_knows_its_cell_and_precision() -> None:
    """A figure taken from a table carries its address, unit, printed places and raw text."""
    given = small_table().given(0, "budget")
    assert given.quantity == Quantity(Decimal("2062.67"), WAN_YUAN, 2)
    assert given.cell == CellRef("资金.xlsx", "资金", 3, 2)
    assert given.raw == "3:2"


def test_a_missing_figure_says_why() -> None:
    """An absent figure and an absent field are both 未提供, never 0."""
    assert small_table().given(1, "budget").content is Missing.NOT_PROVIDED
    assert small_table().given(1, "spent").content is Missing.NOT_PROVIDED


def test_totals_are_not_data() -> None:
    """The data records of a table leave its totals out."""
    assert list(small_table().records()) == [0, 1]
    assert list(small_table().records(Role.TOTAL)) == [2]


def test_the_frame_keeps_exact_decimals() -> None:
    """The tidy frame holds Arrow decimals and the sheet line as index."""
    frame = small_table().frame
    assert frame.loc[3, "budget"] == Decimal("2062.67")
    assert frame["role"].tolist() == ["数据", "数据", "合计"]


def test_a_transposed_table_swaps_rows_and_columns() -> None:
    """In a transposed table a record is a sheet column."""
    upright = small_table()
    turned = Table(**{**{k: getattr(upright, k) for k in upright.__dataclass_fields__}, "transposed": True})
    assert turned.cell(0, turned.columns[1]) == CellRef("资金.xlsx", "资金", 2, 3)


def test_conversion_keeps_the_printed_precision() -> None:
    """3,664.68 万元 is known to the hundred yuan, whatever unit it is shown in."""
    quantity = Quantity(Decimal("3664.68"), WAN_YUAN, 2).to(YUAN)
    assert (quantity.value, quantity.places) == (Decimal(36646800), -2)
    with pytest.raises(ValueError, match="万元 cannot become 比率"):
        Quantity(Decimal(1), WAN_YUAN, 0).to(RATIO)


@pytest.mark.parametrize(
    ("word", "symbol"), [("万平方米", "万㎡"), ("幢", "栋"), ("％", "比率"), ("亿元", "亿元")]
)
def test_units_are_known_by_their_spellings(word: str, symbol: str) -> None:
    """A unit is found under every spelling sheets use."""
    unit = unit_named(word)
    assert unit is not None
    assert unit.symbol == symbol


def test_addresses_are_read_and_written() -> None:
    """A1 addresses go both ways."""
    assert CellRef.at("a.xlsx", "s", "ab12").address == "AB12"
    with pytest.raises(ValueError, match="not a cell address"):
        CellRef.at("a.xlsx", "s", "12")


def test_errors_carry_all_problems_through_a_process_boundary() -> None:
    """An error read back from a worker process still has every problem."""
    error = SheetError(
        [Problem("空表", file="a.xlsx"), Problem("不是数字", file="a.xlsx", cell="C5", value="待定")]
    )
    again = pickle.loads(pickle.dumps(error))
    assert again.problems == error.problems
    assert "a.xlsx C5：不是数字（现为“待定”）" in str(again)
