"""Headers that no alias names: proposed by what the column holds or by the stem of the name, and said."""

from pathlib import Path

import pytest
import wenxiao as wx
from wenxiao.model import Severity

from tests.sheets import written
from tests.sheets.written import only, read

SCORES = [["甲县", 99], ["乙县", 97], ["丙县", 98]]


@pytest.mark.parametrize("header", ["单位", "区域", "县市名", "责任主体"])
def test_names_of_places_are_the_places_whatever_they_are_called(tmp_path: Path, header: str) -> None:
    """A column of different names of counties is the district, as a hint with the line of YAML that says so."""
    reading = read(written.xlsx(tmp_path / "a.xlsx", [[header, "得分"], *SCORES]))
    assert [column.key for column in reading.tables[0].columns] == ["district", "score"]
    (finding,) = [each for each in reading.findings if each.code == "sheet-field-proposed"]
    assert finding.severity is Severity.HINT
    assert "fields: {A: district}" in finding.remedy
    assert [each.override for each in reading.decisions if each.choice == "县区"] == [
        "sheets: {表: {tables: [{table: 1, fields: {A: district}}]}}"
    ]


def test_a_person_settles_a_proposal(tmp_path: Path) -> None:
    """What a person says of the column ends the proposal: the field stands without a word, or is none."""
    path = written.xlsx(tmp_path / "a.xlsx", [["资金来源", "拨付额（万元）"], ["中央", 1], ["省级", 2]])
    said = [{"sheets": {"表": {"tables": [{"table": 1, "fields": {"B": key}}]}}} for key in ("paid", "")]
    keys = [[column.key for column in only(path, each).columns] for each in said]
    assert keys == [["source", "paid"], ["source", None]]
    assert not any("sheet-field-proposed" in [f.code for f in read(path, each).findings] for each in said)


@pytest.mark.parametrize(
    ("total", "severity"), [([["合计", 7250, 1312.5]], Severity.HINT), ([], Severity.WARNING)]
)
def test_a_stem_is_a_warning_until_the_total_confirms(
    tmp_path: Path, total: list[list[object]], severity: Severity
) -> None:
    """安排金额 has the stem of 安排资金 and is read as the budget: a hint where the printed total adds up, else a warning."""
    rows = [
        ["资金来源", "安排金额（万元）", "支出数（万元）"],
        ["中央资金", 6400, 1312.5],
        ["省级资金", 850, 0],
        *total,
    ]
    reading = read(written.xlsx(tmp_path / "a.xlsx", rows))
    assert [column.key for column in reading.tables[0].columns] == ["source", "budget", "spent"]
    assert [each.severity for each in reading.findings if each.code == "sheet-field-proposed"] == [severity]


@pytest.mark.parametrize("header", ["未拨付资金", "应拨付金额", "剩余支出", "拟安排资金", "支出结余", "投资"])
def test_words_that_change_the_amount_are_no_likeness(tmp_path: Path, header: str) -> None:
    """未, 应, 拟, 剩余 name another amount: the column keeps its own name."""
    rows = [["资金来源", "预算数（万元）", f"{header}（万元）"], ["中央", 10, 1], ["省级", 20, 2]]
    assert [column.key for column in only(written.xlsx(tmp_path / "a.xlsx", rows)).columns] == [
        "source",
        "budget",
        None,
    ]


def test_a_proposed_table_does_not_count_the_money_again(tmp_path: Path) -> None:
    """Money by purpose is read where it is the only table of funds; beside one by source it is set aside with a warning."""
    uses = [
        ["资金用途", "预算数（万元）", "支出数（万元）"],
        ["改造", 120, 1],
        ["配套", 80, 2],
        ["合计", 200, 3],
    ]
    sources = [["资金来源", "预算数（万元）"], ["中央资金", 120], ["省级资金", 80], ["合计", 200]]
    for name, sheets in {"one": {"用途": uses}, "two": {"来源": sources, "用途": uses}}.items():
        (tmp_path / name).mkdir()
        written.xlsx(tmp_path / name / "资金.xlsx", sheets)
        project = wx.load_project(tmp_path / name)
        funds = wx.evaluate(project, wx.load_profile("national")).funds
        assert funds is not None
        assert funds.total.amounts["budget"].number == 200
        assert ("table-not-recognised" in [each.code for each in project.findings]) == (name == "two")
        assert sum(each.count for each in project.unused) == (6 if name == "two" else 0)


def test_a_translation_of_the_names_is_a_twin(tmp_path: Path) -> None:
    """Region repeats 地区, before or after it; the places are the Chinese names."""
    for order in ((0, 1, 2), (1, 0, 2)):
        rows = [["地区", "Region", "支出数（万元）"], ["甲县", "Jia", 10], ["乙县", "Yi", 20]]
        table = only(written.xlsx(tmp_path / f"{order[0]}.xlsx", [[row[n] for n in order] for row in rows]))
        assert [table.text(record, "district") for record in range(2)] == ["甲县", "乙县"]


def test_a_ticked_cell_is_a_word(tmp_path: Path) -> None:
    """true and false in a column of words are 是 and 否."""
    rows = [
        ["县区", "是否完成", "支出数（万元）"],
        ["甲县", "是", 10],
        ["乙县", False, 20],
        ["丙县", True, 30],
    ]
    table = only(written.xlsx(tmp_path / "a.xlsx", rows))
    assert [table.columns[1].text(record) for record in range(3)] == ["是", "否", "是"]


def test_two_years_of_scores_say_which_is_read(tmp_path: Path) -> None:
    """A score is of one year: the first stands, and a hint names both."""
    rows = [["县区", "2021年得分", "2022年得分"], ["甲县", 90, 80], ["乙县", 85, 95]]
    reading = read(written.xlsx(tmp_path / "a.xlsx", rows))
    (finding,) = [each for each in reading.findings if each.code == "sheet-field-twice"]
    assert "“2022年得分”与“2021年得分”是同一字段" in finding.message


@pytest.mark.parametrize(
    ("rate", "budget"),
    [
        (["执行率", "80%", "83.33%"], "160.00"),
        (["执行率", "70%", "90%"], "暂不计算"),
        (["结余", 20, 10], "160.00"),
    ],
)
def test_what_nothing_confirms_is_withheld(tmp_path: Path, rate: list[object], budget: str) -> None:
    """安排金额 is the budget where a printed rate or balance is that of it; else it and what rests on it are 暂不计算."""
    rows = [
        ["资金来源", "安排金额（万元）", "支出数（万元）", rate[0]],
        ["中央资金", 100, 80, rate[1]],
        ["省级资金", 60, 50, rate[2]],
    ]
    (tmp_path / "p").mkdir()
    written.xlsx(tmp_path / "p" / "资金.xlsx", rows)
    evaluation = wx.evaluate(wx.load_project(tmp_path / "p"), wx.load_profile("national"))
    assert evaluation.funds is not None
    assert evaluation.funds.total.amounts["budget"].text == budget
    assert (evaluation.execution.text == "暂不计算") is (budget == "暂不计算")
