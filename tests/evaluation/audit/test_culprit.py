"""Which figure is named, and when the audit says that it cannot tell; synthetic tables."""

from __future__ import annotations

from wenxiao.model import Role

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
