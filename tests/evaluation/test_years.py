"""Money by year, from sheets as counties write them: years in headers, in rows, in titles; each year's rates; the audit."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from wenxiao.display import funds_table, funds_years_table, funds_years_words
from wenxiao.evaluation import Evaluation, Funds, evaluate
from wenxiao.evaluation.years import years_of_records
from wenxiao.model import Missing, Role
from wenxiao.project import load_profile, load_project

from tests.evaluation.made import codes, made
from tests.sheets.written import Rows, xlsx

WIDE: Rows = [
    ["某县老旧小区改造资金情况表"],
    ["单位：万元"],
    ["资金来源", "2021年", None, None, "2022年度", None, None, "合计", None, None],
    [None, "预算数", "到位数", "支出数", "预算数", "到位数", "支出数", "预算数", "到位数", "支出数"],
    ["中央资金", 100, 100, 90, 50, 50, 40, 150, 150, 130],
    ["省级资金", 60, 60, 30, 40, "/", 20, 100, 60, 50],
    ["合计", 160, 160, 120, 90, 50, 60, 250, 210, 180],
]
WIDE_MERGES = ("A3:A4", "B3:D3", "E3:G3", "H3:J3")
LONG: Rows = [
    ["单位：万元"],
    ["年度", "资金来源", "预算数", "到位数", "支出数", "预算执行率"],
    ["2021年", "中央资金", 100, 100, 90, "90%"],
    [None, "省级资金", 60, 60, 30, "50%"],
    [None, "小计", 160, 160, 120, "75%"],
    ["2022年度", "中央资金", 50, 50, 40, "80%"],
    [None, "省级资金", 40, "/", 20, "50%"],
    [None, "小计", 90, 50, 60, "66.67%"],
    ["合计", None, 250, 210, 180, "72%"],
]
TITLED: Mapping[str, Rows] = {
    "甲": [["2021年资金（万元）"], ["资金来源", "预算数", "到位数", "支出数"], ["中央资金", 100, 100, 90], ["省级资金", 60, 60, 30]],
    "乙": [["2022年资金（万元）"], ["资金来源", "预算数", "到位数", "支出数"], ["中央资金", 50, 50, 40], ["省级资金", 40, "/", 20]],
}  # fmt: skip
ONE_HEADER: Rows = [
    ["序号", "年份", "资金来源", "全年预算数（元）", "到位金额（元）", "全年执行数（元）"],
    [1, 2021, "中央资金", 1000000, 1000000, 900000],
    [2, 2021, "省级资金", 600000, 600000, 300000],
    [3, 2022, "中央资金", 500000, 500000, 400000],
    [4, 2022, "省级资金", 400000, "/", 200000],
]


def project_of(
    folder: Path, rows: Rows | Mapping[str, Rows], merges: Sequence[str] = (), name: str = "资金.xlsx"
) -> Evaluation:
    """The evaluation of a synthetic project of one workbook."""
    xlsx(folder / name, rows, merges=merges)
    return evaluate(load_project(folder), load_profile())


def funds_of(evaluation: Evaluation) -> Funds:
    """Its funds, which it has."""
    assert evaluation.funds is not None
    return evaluation.funds


@pytest.mark.parametrize(
    ("rows", "merges"),
    [
        (WIDE, WIDE_MERGES),
        (LONG, ("A3:A5", "A6:A8", "A9:B9")),
        (LONG, ()),
        (TITLED, ()),
        (ONE_HEADER, ()),
    ],
    ids=["wide", "long, merged", "long, blank below", "a table a year", "long, in yuan"],
)
def test_each_year_has_its_rates(
    tmp_path: Path, rows: Rows | Mapping[str, Rows], merges: Sequence[str]
) -> None:
    """However the years are written, each has the same amounts and rates, each rate with its denominator."""
    evaluation = project_of(tmp_path, rows, merges)
    first, second = funds_of(evaluation).years
    assert (first.year, second.year) == ("2021", "2022")
    measure = evaluation.measures["execution_rate/2021年"]
    assert (measure.text, measure.basis, measure.subject) == ("75.00%", "支出÷预算", "2021年")
    assert evaluation.measures["arrival_rate/2021年"].basis == "到位÷预算"
    assert evaluation.measures["execution_rate/2022年"].text == "66.67%"
    assert evaluation.measures["execution_rate/2022年省级资金"].text == "50.00%"
    assert evaluation.measures["budget/全项目"].number == 250
    assert evaluation.measures["execution_rate/全项目"].text == "72.00%"
    assert evaluation.measures["received/2022年省级资金"].value is Missing.NOT_APPLICABLE
    assert not {"given-twice", "total-differs", "rate-differs", "sheet-field-twice"} & codes(evaluation)


def test_a_year_is_traced_to_its_cells(tmp_path: Path) -> None:
    """The rate of 2022 rests on the four cells of 2022, each named with its year."""
    measure = project_of(tmp_path, WIDE, WIDE_MERGES).measures["execution_rate/2022年"]
    assert [given.cell.address for given in measure.inputs if given.cell] == ["G5", "G6", "E5", "E6"]
    assert measure.formula == "2022年支出 ÷ 2022年预算"
    assert measure.inputs[0].label == "2022年中央资金支出"


def test_one_year_is_no_division(tmp_path: Path) -> None:
    """A year in the title or in every header is that of the project: no year beside the whole."""
    rows = [["2021年资金（万元）"], ["资金来源", "2021年预算数", "2021年支出数"], ["中央资金", 10, 8]]
    evaluation = project_of(tmp_path, rows)
    assert funds_of(evaluation).years == ()
    assert evaluation.measures["execution_rate/全项目"].text == "80.00%"
    assert funds_years_table(evaluation.funds) is None


def test_a_span_and_a_date_are_no_years(tmp_path: Path) -> None:
    """2021—2023年 and 截至2024年12月31日 name no single year, and what stands below them is the whole."""
    rows = [
        ["资金来源", "2021—2023年预算数（万元）", "截至2024年12月31日累计支付（万元）"],
        ["中央资金", 10, 8],
        ["市级资金", 20, 8],
    ]
    evaluation = project_of(tmp_path, rows)
    assert funds_of(evaluation).years == ()


def test_a_year_without_a_figure_leaves_the_whole_open(tmp_path: Path) -> None:
    """What one year does not give is not taken for nothing: the sum of the years is 未提供, the other year stands."""
    rows = [
        ["资金来源", "2021年预算（万元）", "2021年支出（万元）", "2022年预算（万元）"],
        ["中央资金", 10, 8, 20],
        ["市级资金", 10, 10, 20],
    ]
    evaluation = project_of(tmp_path, rows)
    assert evaluation.measures["budget/全项目"].number == 60
    assert evaluation.measures["spent/全项目"].value is Missing.NOT_PROVIDED
    assert evaluation.measures["execution_rate/2021年"].text == "90.00%"
    assert evaluation.measures["execution_rate/2022年"].value is Missing.NOT_PROVIDED


def test_rows_of_years_alone(tmp_path: Path) -> None:
    """年度 | 预算 | 支出 has no sources: each row is the total of its year, and the table of sources is left out."""
    rows = [
        ["年度", "预算金额（万元）", "支出金额（万元）"],
        ["2021年度", 1000, 800],
        ["2022", 500, 510],
        ["合计", 1500, 1310],
    ]
    evaluation = project_of(tmp_path, rows)
    assert funds_of(evaluation).lines == ()
    assert evaluation.measures["execution_rate/2022年"].text == "102.00%"
    assert evaluation.measures["budget/全项目"].inputs[0].cell is not None
    assert funds_table(evaluation.funds) is None


def test_years_across_and_stages_down(tmp_path: Path) -> None:
    """项目 | 2021年 | 2022年 | 合计 over rows of 预算数, 支出数 is read on its side."""
    rows = [["项目", "2021年", "2022年", "合计"], ["预算数", 100, 200, 300], ["支出数", 80, 150, 230]]
    evaluation = project_of(tmp_path, rows)
    assert evaluation.measures["execution_rate/2021年"].text == "80.00%"
    assert evaluation.measures["execution_rate/全项目"].number == Fraction(230, 300)


def test_a_whole_that_is_not_the_sum_of_its_years(tmp_path: Path) -> None:
    """A printed whole against its years: the sentence names both numbers, the cells and no other difference."""
    rows = [list(row) for row in WIDE]
    rows[4][7] = 155
    evaluation = project_of(tmp_path, rows, WIDE_MERGES)
    finding = next(f for f in evaluation.findings if f.code == "years-sum-differs")
    assert finding.subject == "中央资金预算资金（各年）"
    assert "155" in finding.message
    assert "150" in finding.message
    assert {cell.address for cell in finding.cells} >= {"B5", "E5", "H5"}


def test_a_total_of_years_that_differs(tmp_path: Path) -> None:
    """The 合计 of rows of years is held against them."""
    rows = [
        ["年度", "预算数（万元）", "支出数（万元）"],
        ["2021", 100, 80],
        ["2022", 200, 150],
        ["合计", 400, 230],
    ]
    assert "total-differs" in codes(project_of(tmp_path, rows)) or "years-sum-differs" in codes(
        project_of(tmp_path, rows)
    )


def test_a_rate_of_the_second_year_is_checked(tmp_path: Path) -> None:
    """A rate printed in the columns of 2022 is held against the amounts of 2022, not of 2021."""
    rows = [
        ["资金来源", "2021年", None, None, "2022年", None, None],
        [None, "预算数", "支出数", "执行率", "预算数", "支出数", "执行率"],
        ["中央资金", 100, 90, "90%", 50, 40, "85%"],
    ]
    evaluation = project_of(tmp_path, rows, ("A1:A2", "B1:D1", "E1:G1"))
    (finding,) = [f for f in evaluation.findings if f.code == "rate-differs"]
    assert finding.subject == "中央资金2022年执行率"


def test_districts_by_year(tmp_path: Path) -> None:
    """Money by district and year: each district's sum over the years, each year's total, no district called repeated."""
    rows = [
        ["县区", "年度", "预算数（万元）", "支出数（万元）"],
        ["甲县", "2021", 100, 90],
        ["甲县", "2022", 50, 40],
        ["乙县", "2021", 60, 30],
        ["乙县", "2022", 40, 20],
        ["合计", None, 250, 180],
    ]
    evaluation = project_of(tmp_path, rows)
    assert "district-repeats" not in codes(evaluation)
    assert evaluation.measures["budget/甲县"].number == 150
    assert evaluation.measures["budget/2022年/乙县"].number == 40
    assert evaluation.measures["execution_rate/2021年"].text == "75.00%"
    assert evaluation.measures["budget/全项目"].number == 250


def test_the_table_of_years(tmp_path: Path) -> None:
    """A row a year with its sources below and the whole last; the words give each year's rate with its denominator."""
    evaluation = project_of(tmp_path, LONG)
    table, words = funds_years_table(evaluation.funds), funds_years_words(evaluation.funds)
    assert table is not None
    assert words is not None
    assert [row.stub for row in table.rows] == ["2021年", "中央资金", "省级资金", "2022年", "中央资金", "省级资金", "合计"]  # fmt: skip
    assert words.text().startswith("分年度看，预算执行率（支出÷预算） 2021年 75.00%、2022年 66.67%")


def test_groups_headed_by_their_year(tmp_path: Path) -> None:
    """一、2021年 over its sources with a 小计, and a 总计 below the last group, which is the whole."""
    rows = [
        ["资金来源", "预算数（万元）", "支出数（万元）"],
        ["一、2021年", None, None],
        ["中央", 10, 8],
        ["市级", 5, 5],
        ["小计", 15, 13],
        ["二、2022年", None, None],
        ["中央", 20, 18],
        ["小计", 20, 18],
        ["总计", 35, 31],
    ]
    evaluation = project_of(tmp_path, rows)
    assert evaluation.measures["budget/2021年"].number == 15
    assert evaluation.measures["budget/全项目"].number == 35
    assert not {"total-differs", "years-sum-differs"} & codes(evaluation)
    rows[-1] = ["总计", 45, 31]
    assert {"total-differs", "years-sum-differs"} & codes(project_of(tmp_path, rows))


def test_sources_across_are_no_years(tmp_path: Path) -> None:
    """项目 | 中央资金 | 省级资金 | 合计 over rows of stages is read on its side, by source."""
    rows = [
        ["项目", "中央资金", "省级资金", "合计"],
        ["预算数（万元）", 100, 200, 300],
        ["支出数（万元）", 80, 150, 230],
    ]
    evaluation = project_of(tmp_path, rows)
    assert funds_of(evaluation).years == ()
    assert evaluation.measures["execution_rate/中央资金"].text == "80.00%"
    assert evaluation.measures["budget/全项目"].number == 300


def test_files_of_single_years(tmp_path: Path) -> None:
    """2021年资金.xlsx beside 2022年资金.xlsx: the year stands in the name of the file."""
    rows = [["资金来源", "预算数（万元）", "支出数（万元）"], ["中央", 10, 8]]
    xlsx(tmp_path / "2021年资金.xlsx", rows)
    evaluation = project_of(tmp_path, rows, name="2022年资金.xlsx")
    assert [year.year for year in funds_of(evaluation).years] == ["2021", "2022"]
    assert evaluation.measures["budget/全项目"].number == 20


def test_outputs_by_year(tmp_path: Path) -> None:
    """年度 | 计划数 | 完成数 is no money: each year is an output with its completion rate."""
    rows = [["年度", "计划数", "完成数"], ["2021", 100, 90], ["2022", 50, 60]]
    evaluation = project_of(tmp_path, rows)
    assert evaluation.funds is None
    assert evaluation.measures["completion_rate/2021年"].text == "90.00%"


@pytest.mark.parametrize(
    ("rows", "years"),
    [
        # Each year has its 合计; the last one, where each year had its own, is of the year above it.
        (
            ["2021年", "中央资金", "合计", "2022年", "中央资金", "合计"],
            ["2021", "2021", "2021", "2022", "2022", "2022"],
        ),
        # One 合计 below both years is of none.
        (["2021年", "中央资金", "2022年", "中央资金", "合计"], ["2021", "2021", "2022", "2022", ""]),
    ],
)
def test_the_year_of_a_total(rows: list[str], years: list[str]) -> None:
    """A 合计 is of the year above it where each year has one, and of none where it stands below them all."""
    roles = [Role.TOTAL if name == "合计" else Role.DATA for name in rows]
    table = made("funds", {"source": rows, "budget": ["10"] * len(rows)}, roles)
    assert list(years_of_records(table)) == years
