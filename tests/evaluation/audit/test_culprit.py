"""Which figure is named, and when the audit says that it cannot tell; synthetic tables."""

from __future__ import annotations

from pathlib import Path

from wenxiao.model import Role, Table
from wenxiao.model.units import HOUSEHOLDS, RATIO, WAN_YUAN

from tests.evaluation.audit.test_workbooks import read
from tests.evaluation.made import codes, evaluated, made

GRID = {
    "district": ["甲县", "乙县", "合计"],
    "产出（60分）": ["50", "40", "90"],
    "效益（40分）": ["30", "35", "65"],
    "score": ["80", "75", "155"],
}
ROLES = [Role.DATA, Role.DATA, Role.TOTAL]


def test_a_score_that_breaks_its_row_and_its_column_is_named() -> None:
    """Where a row and a column fail together, the figure they share is the culprit, with what to put."""
    table = made("districts", {**GRID, "效益（40分）": ["30", "38", "65"]}, ROLES)
    findings = evaluated(table).findings
    assert {f.code for f in findings if f.suspects} == {"indicators-sum-differs", "total-differs"}
    assert {cell.address for f in findings for cell in f.suspects} == {"C3"}
    assert all("改为 35" in f.message for f in findings if f.suspects)


def test_consistent_sums_down_and_across_raise_nothing() -> None:
    """Totals that agree in both directions are silent."""
    assert not {c for c in codes(evaluated(made("districts", GRID, ROLES))) if c.endswith("-differs")} - {
        "mean-differs"
    }


def test_a_lone_total_cannot_tell() -> None:
    """A total that nothing else upholds may be as wrong as any of its parts."""
    table = made("funds", {"source": ["中央", "省级", "合计"], "budget": ["60", "30", "95"]}, ROLES)
    found = next(f for f in evaluated(table).findings if f.code == "total-differs")
    assert found.suspects == ()
    assert "不能判断" in found.message


def test_two_against_two_cannot_tell() -> None:
    """A figure printed twice is not called wrong against one that only one other upholds."""
    claims = made(
        "claims",
        {"item": ["户数", "户数", "户数"], "printed": ["70", "70", "50"], "subject": ["", "", ""]},
    )
    outputs = made("outputs", {"item": ["改造户数"], "planned": ["50"]})
    found = [f for f in evaluated(claims, outputs).findings if f.code == "claim-differs"]
    assert [f.suspects for f in found] == [()]


def test_a_score_above_the_weight_in_the_header() -> None:
    """No district scores more than the 分值 of the column."""
    table = made(
        "districts", {**GRID, "效益（40分）": ["41", "24", "65"], "score": ["91", "64", "155"]}, ROLES
    )
    found = next(f for f in evaluated(table).findings if f.code == "score-above-weight")
    assert [cell.address for cell in found.cells] == ["C2"]


def test_subtotals_and_the_total_of_subtotals() -> None:
    """A subtotal may stand behind its rows or before them; a total is held against subtotals that cover every row."""
    roles = [Role.DATA, Role.DATA, Role.SUBTOTAL, Role.DATA, Role.SUBTOTAL, Role.TOTAL]
    names = ["甲县", "乙县", "东部小计", "丙县", "西部小计", "合计"]

    def found(*values: str) -> set[str]:
        table = made("districts", {"district": names, "households": list(values)}, roles)
        return {code for code in codes(evaluated(table)) if code.endswith("total-differs")}

    assert found("10", "20", "30", "5", "5", "35") == set()
    assert found("10", "20", "31", "5", "5", "35") == {"subtotal-differs"}
    assert found("10", "20", "30", "5", "5", "36") == {"subtotal-differs", "total-differs"}
    before = ["东部小计", "甲县", "乙县", "西部小计", "丙县"]
    table = made(
        "districts",
        {"district": before, "households": ["30", "10", "20", "5", "5"]},
        [Role.SUBTOTAL, Role.DATA, Role.DATA, Role.SUBTOTAL, Role.DATA],
    )
    assert "subtotal-differs" not in codes(evaluated(table))


def test_a_count_that_would_have_to_be_broken_is_not_the_culprit() -> None:
    """Neither 4,731 households nor those done can make 95%: no whole number does, so it is the rate that is wrong."""
    table = made(
        "outputs",
        {"item": ["改造户数"], "planned": ["4731"], "actual": ["4210"], "completion_rate": ["0.9500"]},
    )
    for column in table.columns[1:3]:
        object.__setattr__(column, "unit", HOUSEHOLDS)
    object.__setattr__(table.columns[3], "unit", RATIO)
    found = next(f for f in evaluated(table).findings if f.code == "rate-differs")
    assert [cell.address for cell in found.suspects] == ["D2"]


def test_a_score_that_would_exceed_its_full_marks_is_not_the_culprit() -> None:
    """A total 3 too high: only the indicator that has 3 points to give can be the one."""
    fields = {
        "level1": ["决策", "产出", "合计"],
        "weight": ["20", "80", "100"],
        "score": ["19.50", "70.00", "92.50"],
    }
    found = [
        f
        for f in evaluated(made("scorecard", fields, [Role.DATA, Role.DATA, Role.TOTAL])).findings
        if f.code == "total-differs"
    ]
    assert len(found) == 1
    assert "决策score" not in found[0].message
    assert "产出score" in found[0].message


def test_full_marks_that_add_up_speak_for_each_of_them() -> None:
    """Where all 分值 make 100, a rate that disagrees is not laid at the door of a 分值."""
    fields = {
        "level1": ["决策", "产出"],
        "weight": ["20", "80"],
        "score": ["18.00", "70.00"],
        "score_rate": ["0.8000", "0.8750"],
    }
    found = next(f for f in evaluated(made("scorecard", fields)).findings if f.code == "score-rate-differs")
    assert "分值" not in found.message.partition("应为")[2]


def test_two_errors_name_nobody() -> None:
    """Where no one figure explains everything, a figure that only fits some of it is not called the culprit."""
    card = made(
        "scorecard",
        {
            "level1": ["决策", "产出", "效益"],
            "weight": ["128", "36", "20"],
            "score": ["20", "26", "10.32"],
            "score_rate": ["1", "0.7222", "0.5160"],
        },
    )
    claims = made(
        "claims",
        {"subject": ["决策", ""], "item": ["得分率", "得分率"], "printed": ["1.0000", "0.7432"]},
    )
    head = made("head", {"printed_score": ["74.32"]})
    findings = [f for f in evaluated(card, claims, head).findings if f.code == "score-rate-differs"]
    assert [f.suspects for f in findings if f.subject == "决策得分率"] == [()]


def test_a_total_along_a_row_is_held_where_most_rows_agree() -> None:
    """合计 beside sources of money: which columns it adds up is told by the rows that agree; the odd one is found."""
    names = ["甲县", "乙县", "丙县", "丁县"]
    fields = {"district": names, "中央": ["10", "20", "30", "40"], "省级": ["1", "2", "3", "4"]}
    right = made("districts", {**fields, "合计": ["11", "22", "33", "44"]})
    wrong = made("districts", {**fields, "合计": ["11", "22", "39", "44"]})
    other = made("districts", {**fields, "合计": ["15", "29", "39", "52"]})
    assert "row-sum-differs" not in codes(evaluated(_money(right)))
    found = [f for f in evaluated(_money(wrong)).findings if f.code == "row-sum-differs"]
    assert [f.printed for f in found] == ["39万元"]
    assert "row-sum-differs" not in codes(evaluated(_money(other)))


def _money(table: Table) -> Table:
    """The table with its figures in 万元."""
    for column in table.columns[1:]:
        object.__setattr__(column, "unit", WAN_YUAN)
    return table


def test_nothing_is_certain_beside_a_block_that_is_not_read(tmp_path: Path) -> None:
    """What is lacking from a total may stand among the figures of the sheet that no table holds."""
    rows = [
        ["县区", "产出（60分）", "效益（40分）", "得分"],
        ["甲县", 50, 30, 80],
        ["乙县", 40, 38, 75],
        ["丙县", 45, 31, 76],
        ["合计", 135, 96, 231],
    ]
    sure = [each for each in read(tmp_path, {"得分": rows}).findings if each.code.endswith("-differs")]
    assert {cell.address for each in sure for cell in each.suspects} == {"C3"}
    beside = [*rows, [], [], ["其他", "说明", "数值"], ["另计", "未分", 3.5]]
    found = [each for each in read(tmp_path, {"得分": beside}).findings if each.code.endswith("-differs")]
    assert {each.code for each in found} == {each.code for each in sure}
    assert not any(each.suspects for each in found)
    assert all("C9 有未读入的数" in each.message for each in found)
