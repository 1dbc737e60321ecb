"""Many tables on a sheet, headers of one to six rows, titles and notes around them."""

from decimal import Decimal
from pathlib import Path

import pytest
from wenxiao.model import Role

from tests.sheets import written
from tests.sheets.written import column_of, only, read, values

SCORES = [["县区", "得分"], ["兰山区", 93.08], ["罗庄区", 93.54], ["平邑县", 84]]
DISTRICTS = ["兰山区", "罗庄区", "平邑县"]
POINTS = [Decimal("93.08"), Decimal("93.54"), Decimal(84)]


def beside(
    left: list[list[object]], right: list[list[object]], gap: int, drop: int = 0
) -> list[list[object]]:
    """Two blocks of rows side by side, the right one `drop` rows lower."""
    width = max(map(len, left))
    right = [[] for _ in range(drop)] + right
    height = max(len(left), len(right))
    lines = []
    for row in range(height):
        one = left[row] if row < len(left) else []
        other = right[row] if row < len(right) else []
        lines.append([*one, *[None] * (width - len(one) + gap), *other])
    return lines


def test_title_unit_and_note_rows_stand_around_the_table(tmp_path: Path) -> None:
    """Title, form filler and unit above, notes and source below are told apart from header and body."""
    rows = [
        ["2023年资金情况表", None],
        ["填报单位：住建局", "单位：万元"],
        ["资金来源", "预算数"],
        ["中央", 10],
        ["注：截至12月底。", None],
        ["数据来源：财政局", None],
    ]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    assert table.title == "2023年资金情况表"
    assert table.unit is not None
    assert table.unit.symbol == "万元"
    assert table.notes == ("填报单位：住建局", "注：截至12月底。", "数据来源：财政局")
    assert (table.header, len(table)) == ((3, 3), 1)


@pytest.mark.parametrize("gap", [0, 1, 3])
def test_stacked_tables_with_their_own_titles(tmp_path: Path, gap: int) -> None:
    """A continuation (续表) below with title and header of its own is a table of its own, with or without blank rows."""
    second = [["续表1", None], ["县区", "户数"], ["兰山区", 4520], ["罗庄区", 8400]]
    rows = [["各县区得分表", None], *SCORES, *[[None, None]] * gap, *second]
    first, other = read(written.xlsx(tmp_path / "a.xlsx", rows)).tables
    assert (first.title, other.title) == ("各县区得分表", "续表1")
    assert values(first, "score") == POINTS
    assert values(other, "households") == [Decimal(4520), Decimal(8400)]


@pytest.mark.parametrize("gap", [0, 1])
def test_a_header_below_a_section_heading_begins_a_table(tmp_path: Path, gap: int) -> None:
    """二、… over a header of its own parts two tables; 二、… over more rows of the same table does not."""
    funds = [["一、资金（单位：万元）", None], ["资金来源", "预算数"], ["中央资金", 7], ["合计", 7]]
    places = [["二、各县区户数", None], ["县区", "户数"], ["兰山区", 4520]]
    tables = read(written.xlsx(tmp_path / "a.xlsx", [*funds, *[[None, None]] * gap, *places])).tables
    assert [table.kind for table in tables] == ["funds", "districts"]
    more = [["二、其他", None], ["社会资金", 5]]
    (table,) = read(written.xlsx(tmp_path / "b.xlsx", [*funds, *[[None, None]] * gap, *more])).tables
    assert values(table, "budget")[-1] == Decimal(5)


def test_notes_between_stacked_tables_stay_with_the_upper_one(tmp_path: Path) -> None:
    """Notes, even of several lines, belong to the table above them, the title to the one below."""
    rows = [
        *SCORES,
        ["注：得分保留两位小数，非现场评价的县区以", None],
        ["报送资料为准。", None],
        [None, None],
        ["表2 户数情况", None],
        ["县区", "户数"],
        ["兰山区", 4520],
    ]
    first, second = read(written.xlsx(tmp_path / "a.xlsx", rows)).tables
    assert len(first.notes) == 2
    assert second.title == "表2 户数情况"
    assert len(first) == 3


@pytest.mark.parametrize("gap", [0, 1, 2])
def test_side_by_side_tables_with_the_same_header(tmp_path: Path, gap: int) -> None:
    """A list folded into two halves side by side is two tables, by its repeated header, with or without a gap."""
    rows = beside(SCORES, [["县区", "得分"], ["沂南县", 91.5], ["费县", 89.5]], gap)
    first, second = read(written.xlsx(tmp_path / "a.xlsx", rows)).tables
    assert values(first, "district") == DISTRICTS
    assert values(second, "district") == ["沂南县", "费县"]
    assert second.origin.left == 3 + gap


def test_side_by_side_tables_out_of_step(tmp_path: Path) -> None:
    """Tables side by side whose headers stand in different rows are two tables with their own rows."""
    right = [["资金表（万元）"], ["资金来源", "预算数"], ["中央", 10], ["省级", 20]]
    rows = beside([["得分表"], *SCORES], right, 1, drop=3)
    first, second = read(written.xlsx(tmp_path / "a.xlsx", rows)).tables
    assert (first.kind, second.kind) == ("districts", "funds")
    assert (values(first, "score"), values(second, "budget")) == (POINTS, [Decimal(10), Decimal(20)])
    assert second.lines.tolist() == [6, 7]


def test_an_empty_column_within_a_table_does_not_cut_it(tmp_path: Path) -> None:
    """A blank column inside a table, or before its last columns, leaves one table."""
    rows = [
        ["县区", None, "得分", None, "备注"],
        ["兰山区", None, 93.08, None, "现场"],
        ["罗庄区", None, 93.54, None, None],
    ]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    assert [column.key for column in table.columns] == ["district", "score", "note"]


def test_blank_rows_within_a_body_do_not_end_it(tmp_path: Path) -> None:
    """Blank rows that only set groups apart do not end a table."""
    rows = [*SCORES[:2], [None, None], *SCORES[2:], [None, None], ["合计", 270.62]]
    assert len(only(written.xlsx(tmp_path / "a.xlsx", rows))) == 4


MERGED = [
    ["资金来源", "预算数", "支出情况", None],
    [None, None, "支出数", "执行率（%）"],
    ["中央", 20, 10, 50],
    ["省级", 10, 4, 40],
]


@pytest.mark.parametrize("merges", [["A1:A2", "B1:B2", "C1:D1"], []])
def test_two_row_headers_merged_or_only_to_the_eye(tmp_path: Path, merges: list[str]) -> None:
    """A header of two rows reads the same whether its cells are merged or merely left blank."""
    table = only(written.xlsx(tmp_path / "a.xlsx", MERGED, merges=merges))
    assert [column.path for column in table.columns] == [
        ("资金来源",),
        ("预算数",),
        ("支出情况", "支出数"),
        ("支出情况", "执行率"),
    ]
    assert [column.key for column in table.columns] == ["source", "budget", "spent", "execution_rate"]
    assert values(table, "execution_rate") == [Decimal("0.50"), Decimal("0.40")]


def test_three_row_header(tmp_path: Path) -> None:
    """Three levels of header keep their path, the units of the last row go to the columns."""
    rows = [
        ["地区", "2021年", None, "2022年", None],
        [None, "预算数", "面积", "预算数", "面积"],
        [None, "（万元）", "（万㎡）", "（万元）", "（万㎡）"],
        ["兰山区", 1, 2.5, 3, 4.5],
    ]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows, merges=["B1:C1", "D1:E1"]))
    assert [column.path for column in table.columns][1:] == [
        ("2021年", "预算数"),
        ("2021年", "面积"),
        ("2022年", "预算数"),
        ("2022年", "面积"),
    ]
    assert [column.unit.symbol for column in table.columns][1:] == ["万元", "万㎡", "万元", "万㎡"]


def test_words_split_over_unmerged_rows_are_joined(tmp_path: Path) -> None:
    """A name broken over two unmerged cells is one name, not two levels."""
    rows = [["地区", "地方一般公", "教育"], [None, "共预算支出", "支出"], ["北京", 1, 2], ["天津", 3, 4]]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    assert [column.label for column in table.columns] == ["地区", "地方一般公共预算支出", "教育支出"]


def test_bilingual_headers_with_breaks(tmp_path: Path) -> None:
    """Line breaks, escaped carriage returns and an English translation are no part of a Chinese name."""
    rows = [["地 区\nRegion", "得 分_x000D_\nScore", "户数\nHouseholds\n(户)"], ["北京", 1, 2]]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    assert [(column.key, column.label) for column in table.columns] == [
        ("district", "地区"),
        ("score", "得分"),
        ("households", "户数"),
    ]


def test_years_as_numbers_are_a_header(tmp_path: Path) -> None:
    """Consecutive years that are numeric cells head their columns; amounts that look like years do not."""
    table = only(
        written.xlsx(tmp_path / "a.xlsx", [["地区", 2021, 2022, 2023], ["北京", 1, 2, 3], ["天津", 4, 5, 6]])
    )
    assert [column.label for column in table.columns] == ["地区", "2021", "2022", "2023"]
    money = only(
        written.xlsx(
            tmp_path / "b.xlsx", [["资金来源", "到位数（万元）"], ["上级财政", 2021], ["地方", 79.01]]
        )
    )
    assert values(money, "received") == [Decimal(2021), Decimal("79.01")]


def test_a_row_that_numbers_the_columns_is_no_record(tmp_path: Path) -> None:
    """The line 甲 1 2 3=1-2 below a header only numbers the columns."""
    rows = [
        ["资金来源", "预算数（万元）", "支出数（万元）", "结余"],
        ["甲", 1, 2, "3=1-2"],
        ["中央", 20, 10, 10],
    ]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    assert values(table, "budget") == [Decimal(20)]
    assert table.header == (1, 2)


def test_a_table_without_a_header_is_read_and_reported(tmp_path: Path) -> None:
    """Figures without any header are a table of unnamed columns, with a finding that says how to name them."""
    reading = read(written.xlsx(tmp_path / "a.xlsx", [["兰山区", 93.08], ["罗庄区", 93.54]]))
    assert [finding.code for finding in reading.findings] == ["sheet-header-missing"]
    assert len(reading.tables[0]) == 2


def test_a_scorecard_on_its_side(tmp_path: Path) -> None:
    """A table whose rows are 分值, 得分, 得分率 and whose columns are indicators is read with a record a column."""
    rows = [
        ["项目", "决策", "过程", "合计"],
        ["分值", 22, 18, 40],
        ["得分", 19.09, 16.22, 35.31],
        ["得分率", "86.77%", "90.11%", "88.28%"],
    ]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    score = column_of(table, "score")
    assert table.transposed
    assert values(table, "level1") == ["决策", "过程", "合计"]
    assert values(table, "score") == [Decimal("19.09"), Decimal("16.22"), Decimal("35.31")]
    assert table.cell(1, score).address == "C3"
    assert list(table.records()) == [0, 1]


def test_tall_merges_are_not_filled_down(tmp_path: Path) -> None:
    """One amount merged over four towns stands at the first; the others are covered, and nothing counts it four times."""
    rows = [
        ["街道名称", "概算（万元）"],
        ["璜土镇", 15000],
        ["夏港街道", None],
        ["申港街道", None],
        ["利港街道", None],
        ["合计", 15000],
    ]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows, merges=["B2:B5"]))
    estimate = column_of(table, "estimate")
    assert estimate.spans == {0: 4}
    assert [written.kind_of(estimate, record).label for record in (1, 2, 3)] == ["见合并单元格"] * 3
    assert estimate.number(4) == 15000


PAGE = ["序号", "县区", "计划户数", "完成户数"]
SPLIT = [["序号", "县区", "户数", None], [None, None, "计划", "完成"]]
FIRST_PAGE = [[1, "兰山区", 120, 110], [2, "罗庄区", 80, 80]]
SECOND_PAGE = [[3, "河东区", 60, 51], ["合计", None, 260, 241]]


@pytest.mark.parametrize("header", [[PAGE], SPLIT, [PAGE, ["甲", "乙", 1, 2]]])
def test_a_header_repeated_by_a_page_break_is_no_data_and_no_table(
    tmp_path: Path, header: list[list[object]]
) -> None:
    """The same header again right below the rows, without a title, is skipped: one table, its rows keep their addresses."""
    rows = [["改造任务完成情况表"], *header, *FIRST_PAGE, *header, *SECOND_PAGE, ["注：数据截至年底。"]]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    assert values(table, table.columns[1].label)[:3] == ["兰山区", "罗庄区", "河东区"]
    assert values(table, table.columns[3].label) == [110, 80, 51, 241]
    assert [Role(role) for role in table.roles] == [Role.DATA, Role.DATA, Role.DATA, Role.TOTAL]
    assert table.cell(2, table.columns[3]).address == f"D{len(header) * 2 + 4}"
    assert table.notes == ("注：数据截至年底。",)


@pytest.mark.parametrize(
    "below",
    [
        [["乙市任务完成情况表"], PAGE, *SECOND_PAGE],
        [[None], PAGE, *SECOND_PAGE],
        [["合计", None, 200, 190], PAGE, *SECOND_PAGE],
        [PAGE, *FIRST_PAGE],
    ],
    ids=["title", "blank", "totals", "rows again"],
)
def test_a_repeated_header_begins_a_table_where_it_is_one(tmp_path: Path, below: list[list[object]]) -> None:
    """With a title or a blank row between, a total for each, or the same rows told again, there are two tables."""
    rows = [["改造任务完成情况表"], PAGE, *FIRST_PAGE, *below]
    assert len(read(written.xlsx(tmp_path / "a.xlsx", rows)).tables) == 2
