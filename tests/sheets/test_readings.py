"""What stands in a cell: digits, units, words, and the kinds of absence."""

from decimal import Decimal
from pathlib import Path

import pytest
from wenxiao.fields import standard_registry
from wenxiao.model import Missing, Severity
from wenxiao.sheets import read_bytes, read_workbook
from wenxiao.sheets.cells.value import reading

from tests.sheets import written
from tests.sheets.written import codes, column_of, only, read, values


@pytest.mark.parametrize(
    ("text", "number", "places"),
    [
        ("8,000.00 ", "8000.00", 2),
        ("８，０００．００", "8000.00", 2),
        ("1 234 567", "1234567", 0),
        ("128栋", "128", 0),
        ("39万平方米", "39", 0),
        ("约2033.23万元", "2033.23", 2),
        ("53.63%", "0.5363", 4),
        ("100％", "1.00", 2),
        ("≥100百分比", "1.00", 2),
        ("5‰", "0.005", 3),
        ("（总）5-5个", "5", 0),
        ("28-28个", "28", 0),
        ("(1,234.50)", "-1234.50", 2),
        ("−3.5", "-3.5", 1),
        ("5户以上", "5", 0),
        ("1.2E+05", "1.2E+5", -4),
        ("2021万元", "2021", 0),
        (".5", "0.5", 1),
    ],
)
def test_texts_that_are_numbers(text: str, number: str, places: int) -> None:
    """Full-width digits, thousands, suffixes, per cent, operators and brackets keep their exact printed digits."""
    read_ = reading(text)
    assert (read_.number, read_.places) == (Decimal(number), places)


@pytest.mark.parametrize(
    "text",
    [
        "2021年",
        "2022年10月18日",
        "2023-2026年度",
        "80%-90%",
        "80~90",
        "12个县区、307个项目",
        "1,23",
        "(12)",
        "①",
        "0531-88",
        "3#楼",
        "待核",
    ],
)
def test_texts_that_are_no_numbers(text: str) -> None:
    """Dates, ranges, lists, enumerations and broken thousands are never taken for a number."""
    assert reading(text).number is None


@pytest.mark.parametrize(
    ("mark", "kind"),
    [
        ("", Missing.NOT_PROVIDED),
        ("/", Missing.NOT_APPLICABLE),
        ("—", Missing.NOT_PROVIDED),
        ("…", Missing.TOO_SMALL),
        ("...", Missing.TOO_SMALL),
        ("无", Missing.NOT_APPLICABLE),
        ("未提供", Missing.NOT_PROVIDED),
        ("未报送", Missing.NOT_RETURNED),
        ("无法核实", Missing.UNVERIFIABLE),
        ("暂不计分", Missing.UNSCORED),
        ("#DIV/0!", Missing.UNREADABLE),
    ],
)
def test_marks_of_absence(tmp_path: Path, mark: str, kind: Missing) -> None:
    """Each mark of absence is its own kind of missing, never a zero, and its raw text is kept."""
    rows = [["县区", "户数"], ["兰山区", mark], ["罗庄区", 12]]
    table = only(written.text(tmp_path / "a.csv", rows))
    assert values(table, "households") == [kind, Decimal(12)] or values(table, "households")[0] == mark
    assert written.kind_of(column_of(table, "households"), 0) is kind
    assert table.given(0, "households").raw == mark


def test_words_where_a_number_must_be_are_errors_all_in_one_pass(tmp_path: Path) -> None:
    """Every text in a number column is an error that names file, sheet, cell, column, value and remedy."""
    rows = [["县区", "得分", "户数"], ["兰山区", "待定", 1], ["罗庄区", 93.5, "很多"], ["平邑县", 84, "3—5"]]
    reading_ = read(written.xlsx(tmp_path / "得分.xlsx", rows))
    errors = [finding for finding in reading_.findings if finding.severity is Severity.ERROR]
    assert [str(finding.cells[0]) for finding in errors] == [
        "得分.xlsx［表］B2",
        "得分.xlsx［表］C3",
        "得分.xlsx［表］C4",
    ]
    assert "（得分）应为数字，现为“待定”" in errors[0].message
    assert all(finding.remedy for finding in errors)
    assert values(reading_.tables[0], "score") == ["待定", Decimal("93.5"), Decimal(84)]
    assert written.kind_of(column_of(reading_.tables[0], "score"), 0) is Missing.UNREADABLE


def test_a_total_and_done_pair_reads_its_second_number_and_says_so(tmp_path: Path) -> None:
    """（总）9-9个 is 9, with the word kept and a hint that names the cell."""
    rows = [["街道名称", "受益小区数量"], ["璜土镇", "（总）5-5个"], ["夏港街道", "（总）9-9个"]]
    reading_ = read(written.xlsx(tmp_path / "a.xlsx", rows))
    (table,) = reading_.tables
    assert values(table, "neighbourhoods") == [Decimal(5), Decimal(9)]
    assert table.given(1, "neighbourhoods").text == "总9个小区"
    assert codes(reading_) == ["sheet-range", "sheet-range"]


def test_all_done_is_the_plan_with_its_words(tmp_path: Path) -> None:
    """全部完工 in a number column is the plan of the same row, or 100% in a column of rates, and the words stay."""
    rows = [
        ["产出指标", "单位", "计划值", "完成情况", "完成率"],
        ["小区数", "个", 7, "全部完工", "全部完工"],
        ["面积", "万平方米", 8.44, "全部完工", "100%"],
        ["户数", "户", None, "全部完工", None],
    ]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    actual = column_of(table, "actual")
    assert values(table, "actual") == [Decimal(7), Decimal("8.44"), "全部完工"]
    assert (actual.unit_of(1).symbol, actual.qualifiers[1]) == ("万㎡", "全部完工")
    assert values(table, "completion_rate")[:2] == [Decimal(1), Decimal(1)]


def test_printed_precision_of_numbers(tmp_path: Path) -> None:
    """A number format gives the printed precision; without one it is the finest digit of the column, marked 推定."""
    rows = [["县区", "得分", "户数"], ["兰山区", 93.08, 10], ["平邑县", 84, 20], ["沂南县", 91.5, 30]]
    plain = only(written.xlsx(tmp_path / "a.xlsx", rows))
    score = column_of(plain, "score")
    assert (score.places.tolist(), score.inferred.tolist()) == ([2, 2, 2], [True, True, True])
    assert plain.given(1, "score").text == "84.00分"
    assert column_of(plain, "households").places.tolist() == [0, 0, 0]
    styled = only(written.xlsx(tmp_path / "b.xlsx", rows, formats={"B3": "0.000", "B4": "#,##0.0_ "}))
    score = column_of(styled, "score")
    assert (score.places.tolist(), score.inferred.tolist()) == ([2, 3, 1], [True, False, False])


@pytest.mark.parametrize("container", ["xlsx", "xls", "ods"])
def test_percent_comes_from_the_format_never_from_the_size(tmp_path: Path, container: str) -> None:
    """53.63% stored as 0.5363 is a fraction with four places; 150% and a plain 0.8 are what they are."""
    rows = [["资金来源", "预算数（万元）", "执行率"], ["中央", 10, 0.5363], ["省级", 20, 1.5]]
    path = tmp_path / f"a.{container}"
    formats = {"C2": "0.00%", "C3": "0%"}
    if container == "xlsx":
        written.xlsx(path, rows, formats=formats)
    elif container == "xls":
        written.xls(path, rows, formats=formats)
    else:
        written.ods(path, rows, printed={"C2": "53.63%", "C3": "150%"})
    rate = column_of(only(path), "execution_rate")
    assert [rate.number(0), rate.number(1)] == [Decimal("0.5363"), Decimal("1.5")]
    assert rate.places.tolist() == [4, 2]
    assert not rate.inferred.any()


@pytest.mark.parametrize(
    ("printed", "read_as", "severity"),
    [
        ([0.9, 0.755], ["0.9", "0.755"], Severity.HINT),
        ([90, 75.5], ["0.9", "0.755"], Severity.HINT),
        ([53.63, 0.5], ["0.5363", "0.005"], Severity.WARNING),
    ],
)
def test_a_rate_without_percent_is_what_it_can_be(
    tmp_path: Path, printed: list[float], read_as: list[str], severity: Severity
) -> None:
    """Rates without a sign are fractions, but per cent where a fraction would be above tenfold; a mixture is a 警示."""
    rows = [["资金来源", "预算数（万元）", "执行率"], ["中央", 10, printed[0]], ["省级", 20, printed[1]]]
    reading_ = read(written.xlsx(tmp_path / "a.xlsx", rows))
    assert values(reading_.tables[0], "execution_rate") == [Decimal(each) for each in read_as]
    (said,) = [finding for finding in reading_.findings if finding.code == "sheet-rate-undeclared"]
    assert ([cell.address for cell in said.cells], said.severity) == (["C2", "C3"], severity)
    units = {"sheets": {"表": {"tables": [{"table": 1, "units": {"C": "%"}}]}}}
    declared = values(only(tmp_path / "a.xlsx", units), "execution_rate")[0]
    assert declared == Decimal(str(printed[0])) / 100


def test_a_unit_in_a_note_below_holds_where_nothing_above_gives_one(tmp_path: Path) -> None:
    """注：金额单位为亿元 below a table is its unit; beside a unit line above it changes nothing."""
    rows = [["资金来源", "预算数"], ["中央资金", 2], ["合计", 2], ["注：1.含结转。2.金额单位为亿元"]]
    assert values(only(written.xlsx(tmp_path / "a.xlsx", rows)), "budget") == [Decimal(20000)] * 2
    above = written.xlsx(tmp_path / "b.xlsx", [["单位：万元"], *rows])
    assert values(only(above), "budget") == [Decimal(2)] * 2


def test_floats_are_the_digits_a_spreadsheet_shows(tmp_path: Path) -> None:
    """Binary noise of computed cells is gone at 15 significant digits; every printed digit stays."""
    rows = [
        ["县区", "金额A", "金额B"],
        ["甲县", 0.1 + 0.2, 123456789012.12],
        ["乙县", 1 / 3, 1e15],
        ["丙县", 1e-7, 2.5],
    ]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    assert values(table, "金额A") == [Decimal("0.3"), Decimal("0.333333333333333"), Decimal("0.0000001")]
    assert values(table, "金额B") == [Decimal("123456789012.12"), Decimal(10) ** 15, Decimal("2.5")]


def test_a_formula_that_failed_is_an_error_and_no_blank(tmp_path: Path) -> None:
    """#DIV/0! in a cell of an xlsx is an error that names the cell, though calamine hands it over as empty."""
    import xlsxwriter

    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet("表")
    page.write_row(0, 0, ["县区", "得分", "户数"])
    page.write_row(1, 0, ["兰山区", 90])
    page.write_formula("C2", "=1/0", None, "#DIV/0!")
    page.write_row(2, 0, ["罗庄区", 91, 5])
    book.close()
    reading_ = read(path)
    (error,) = reading_.findings
    assert (error.cells[0].address, "公式出错" in error.message) == ("C2", True)
    assert written.kind_of(column_of(reading_.tables[0], "households"), 0) is Missing.UNREADABLE


def test_names_lose_blanks_codes_and_numbers(tmp_path: Path) -> None:
    """北  京, [105210]单位 and 其中:1.历下区 are named 北京, 单位 and 历下区; the raw text stays."""
    rows = [["地区", "得分"], ["北  京", 90], ["内 蒙 古", 91], ["[370102]历下区", 92], ["2.市中区", 93]]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    assert values(table, "district") == ["北京", "内蒙古", "历下区", "市中区"]
    assert table.raw(2, 1) == "北  京"


def test_dates_and_years(tmp_path: Path) -> None:
    """Excel dates and text dates become ISO texts as far as they go; a year is a number and a text."""
    from datetime import date

    rows = [
        ["项目", "内容"],
        ["项目名称", "甲"],
        ["年度", "2023年度"],
        ["批复日期", date(2022, 10, 18)],
        ["开工时间", "2023年6月"],
    ]
    path = written.xlsx(tmp_path / "a.xlsx", rows, formats={"B4": "yyyy-mm-dd"})
    table = only(path)
    assert values(table, "approved_on") == ["2022-10-18"]
    assert values(table, "start_date") == ["2023-06"]
    assert (values(table, "year"), table.text(0, "year")) == ([Decimal(2023)], "2023")


class TestUnits:
    """Units from rows, headers, labels and suffixes."""

    @pytest.mark.parametrize(
        ("unit", "number", "places"), [("元", "0.012345", 6), ("万元", "123.45", 2), ("亿元", "1234500", -2)]
    )
    def test_money_is_converted_to_the_fields_unit(
        self, tmp_path: Path, unit: str, number: str, places: int
    ) -> None:
        """Amounts of a unit row in 元, 万元 or 亿元 come out in 万元, exactly, with their precision moved along."""
        rows = [[f"单位：{unit}", None], ["资金来源", "预算数"], ["中央", 123.45]]
        budget = column_of(only(written.xlsx(tmp_path / "a.xlsx", rows)), "budget")
        assert (budget.number(0), int(budget.places[0])) == (Decimal(number), places)
        assert budget.printed_unit is not None
        assert (budget.unit.symbol, budget.printed_unit.symbol) == ("万元", unit)

    def test_a_unit_row_is_not_for_counts_and_rates(self, tmp_path: Path) -> None:
        """单位：万元 does not make households or shares an amount, nor an unknown count."""
        rows = [["单位：万元", None, None, None], ["县区", "户数", "补助", "电梯数量"], ["兰山区", 5, 10, 3]]
        table = only(written.xlsx(tmp_path / "a.xlsx", rows))
        assert [column.unit.symbol for column in table.columns[1:]] == ["户", "万元", ""]

    def test_suffixes_outrank_headers(self, tmp_path: Path) -> None:
        """39万平方米 and 390000㎡ in one column are the same area; 300元 in a column of 万元 is converted."""
        rows = [
            ["街道", "受益面积", "预算数（万元）"],
            ["甲镇", "39万平方米", "300元"],
            ["乙镇", "390000㎡", 2],
        ]
        table = only(written.xlsx(tmp_path / "a.xlsx", rows))
        assert values(table, "area") == [Decimal(39), Decimal(39)]
        assert values(table, "budget") == [Decimal("0.03"), Decimal(2)]

    def test_contradictory_units_are_findings(self, tmp_path: Path) -> None:
        """A header against the unit row, and a suffix of another dimension, are findings; the nearer unit is taken."""
        rows = [["单位：元", None, None], ["资金来源", "预算数（万元）", "支出数"], ["中央", 10, "5户"]]
        reading_ = read(written.xlsx(tmp_path / "a.xlsx", rows))
        assert codes(reading_).count("sheet-unit-contradiction") == 2
        assert values(reading_.tables[0], "budget") == [Decimal(10)]

    def test_no_unit_and_unknown_units_are_findings(self, tmp_path: Path) -> None:
        """Money without a unit, and a unit that is none, are reported with the choice made and the YAML that changes it."""
        bare = read(written.xlsx(tmp_path / "a.xlsx", [["资金来源", "预算数"], ["中央", 10]]))
        (finding,) = bare.findings
        assert (finding.code, "万元" in finding.remedy) == ("sheet-unit-unknown", True)
        odd = read(written.xlsx(tmp_path / "b.xlsx", [["单位：斗", None], ["县区", "产量"], ["兰山区", 10]]))
        assert "斗" in odd.findings[0].message
        assert "table: 1, unit:" in odd.findings[0].remedy

    def test_units_behind_the_names_of_rows(self, tmp_path: Path) -> None:
        """A unit in brackets behind a row's name is the unit of its figures; precision is inferred within it."""
        rows = [
            ["产出指标", "计划值", "完成值"],
            ["小区（个）", 7, 7],
            ["改造面积（万平方米）", 8.44, "8.40"],
        ]
        actual = column_of(only(written.xlsx(tmp_path / "a.xlsx", rows)), "actual")
        assert [actual.unit_of(record).symbol for record in (0, 1)] == ["个", "万㎡"]
        assert actual.places.tolist() == [0, 2]

    @pytest.mark.parametrize(("header", "cells"), [("权重（%）", (20, 80)), ("权重", ("20%", "80%"))])
    def test_weights_in_per_cent_are_points(
        self, tmp_path: Path, header: str, cells: tuple[object, object]
    ) -> None:
        """A weight of 20% is 20 points of a hundred, whether the sign stands in the header or in the cells."""
        rows = [["一级指标", header, "得分"], ["决策", cells[0], 18], ["过程", cells[1], 70]]
        reading_ = read(written.xlsx(tmp_path / "a.xlsx", rows))
        weight = column_of(reading_.tables[0], "weight")
        assert ([weight.number(0), weight.number(1)], weight.unit.symbol) == (
            [Decimal(20), Decimal(80)],
            "分",
        )
        assert weight.places.tolist() == [0, 0]
        assert reading_.findings == ()

    def test_a_header_unit_of_another_dimension_is_a_finding(self, tmp_path: Path) -> None:
        """户数（万元） is read as it says, with a finding, and never converted into households."""
        reading_ = read(written.xlsx(tmp_path / "a.xlsx", [["县区", "户数（万元）"], ["兰山区", 5]]))
        assert codes(reading_) == ["sheet-unit-contradiction"]
        assert column_of(reading_.tables[0], "households").unit.symbol == "万元"

    def test_suffixes_of_one_dimension_in_an_unknown_column(self, tmp_path: Path) -> None:
        """1,000元 and 2万元 and 3万元 in a column nobody knows come out in one unit, the most frequent."""
        rows = [["品种", "金额"], ["水泥", "1,000元"], ["钢材", "2万元"], ["砂石", "3万元"]]
        column = column_of(only(written.xlsx(tmp_path / "a.xlsx", rows)), "金额")
        assert (column.unit.symbol, [column.number(n) for n in range(3)]) == (
            "万元",
            [Decimal("0.1"), Decimal(2), Decimal(3)],
        )

    def test_rows_of_different_units(self, tmp_path: Path) -> None:
        """A 单位 column gives each row its unit, and precision is inferred among rows of the same unit only."""
        rows = [["指标", "单位", "计划数", "完成数"], ["小区", "个", 7, 7], ["面积", "万平方米", 8.44, 8.44]]
        planned = column_of(only(written.xlsx(tmp_path / "a.xlsx", rows)), "planned")
        assert [planned.unit_of(record).symbol for record in (0, 1)] == ["个", "万㎡"]
        assert planned.places.tolist() == [0, 2]


def test_an_indicator_with_its_full_marks_is_no_rate(tmp_path: Path) -> None:
    """满意度（30分） in a table of districts holds points; it is read as it stands, without a word about per cent."""
    path = tmp_path / "得分.csv"
    path.write_text("县区,产出（50分）,满意度（30分）,得分\n甲县,45,28,91\n乙县,40,25,84\n", encoding="utf-8")
    whole = read_workbook(path, standard_registry())
    assert [column.key for column in whole.tables[0].columns] == ["district", None, None, "score"]
    assert whole.findings == ()


@pytest.mark.parametrize(
    "first",
    [
        ["各县区资金表", "", "", "单位：万元"],
        ["各县区补助资金情况表", "单位：万元", "", ""],
        ["各县区补助资金", "", "单位：万元", ""],
    ],
)
def test_a_title_with_the_unit_beside_it_is_no_header(first: list[str]) -> None:
    """Title and unit on one line stand above the header below, and the unit is that of the amounts."""
    rows = [
        first,
        ["县区", "中央资金", "省级资金", "合计"],
        ["甲县", "1.5", "2", "3.5"],
        ["乙县", "3", "4", "7"],
    ]
    table = read_bytes(csv_of(rows), standard_registry(), name="资金.csv").tables[0]
    assert table.kind == "districts"
    assert table.title.startswith("各县区")
    assert [column.label for column in table.columns] == ["县区", "中央资金", "省级资金", "合计"]
    assert table.given_in(0, table.columns[1]).text == "1.5万元"


def test_a_count_in_pieces_is_of_what_its_field_counts() -> None:
    """小区数（个） is read in 个小区, without a word about units."""
    rows = [["县区", "小区数（个）"], ["甲县", "12"], ["乙县", "3"]]
    reading = read_bytes(csv_of(rows), standard_registry(), name="表.csv")
    assert reading.findings == ()
    assert reading.tables[0].given(0, "neighbourhoods").text == "12个小区"


def csv_of(rows: list[list[str]]) -> bytes:
    """A text table of these rows."""
    return "\n".join(",".join(row) for row in rows).encode()
