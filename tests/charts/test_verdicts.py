"""Grades, outputs, works and projects side by side."""

import pytest
from wenxiao.charts import (
    Chart,
    execution_rates,
    grade_bands,
    plan_against_actual,
    project_scores,
    works_by_kind,
)
from wenxiao.evaluation import Works
from wenxiao.model import CellRef, Count, Measure
from wenxiao.model.units import HOUSEHOLDS, PIECES

from tests.charts.made import PROFILE, make_line, make_output, make_verdict


def _made(value: Chart | None) -> Chart:
    assert value is not None
    return value


@pytest.mark.parametrize(
    ("score", "printed", "title"),
    [
        ("90.02", "", "90.02 分，等级优，仅高出 90 分线 0.02 分"),
        ("74.32", "中", "74.32 分，等级中，低于 80 分线 5.68 分"),
        ("80", "", "80.00 分，等级良，恰在 80 分线上"),
        ("93", "优秀", "93.00 分，等级优，高出 90 分线 3.00 分（原报告为“优秀”）"),
    ],
)
def test_distance_to_the_cut_off(score: str, printed: str, title: str) -> None:
    """The title tells the grade, how far the nearest cut-off is, and the word the source prints where it differs."""
    assert _made(grade_bands(make_verdict(score, printed), PROFILE)).title == title


def test_bands_are_the_profiles() -> None:
    """Every band of the profile stands in the data, half-open, and the score's own."""
    made = _made(grade_bands(make_verdict("74.32"), PROFILE))
    assert made.data.texts == (
        ("优", "[90, 100]"),
        ("良", "[80, 90)"),
        ("中", "[60, 80)"),
        ("差", "[0, 60)"),
        ("本次：中", "74.32分"),
    )


def test_no_score_no_bands() -> None:
    """Without a score there is no place on the bands."""
    assert grade_bands(make_verdict(None), PROFILE) is None


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([("285", "307"), ("296", "341")], "2 项产出均达到计划，完成率 107.72% 至 115.20%（产出1）"),
        ([("10", "9"), ("10", "12")], "产出0未达计划，完成 90.00%"),
        ([("10", "9"), ("10", "8")], "产出0、产出1未达计划，最低为产出1（80.00%）"),
        ([("7", "7"), ("23", "23")], "2 项产出均完成 100.00%"),
        ([("7", "7"), (None, "3")], "产出0完成 100.00%，1 项未提供"),
    ],
)
def test_plan_against_actual(rows: list[tuple[str | None, str]], title: str) -> None:
    """The title says whether plans were met, by what is furthest off, and how many are unknown."""
    outputs = [make_output(f"产出{i}", plan, done, HOUSEHOLDS) for i, (plan, done) in enumerate(rows)]
    assert _made(plan_against_actual(outputs)).title == title


def test_started_is_not_done() -> None:
    """What was only started is said as such and makes no completion."""
    outputs = [make_output("面积", "60", None, HOUSEHOLDS, "58"), make_output("户数", "10", "10", HOUSEHOLDS)]
    made = _made(plan_against_actual(outputs))
    assert ">开工 58 户<" in made.svg
    assert made.data.texts[0] == ("面积", "60户", "未提供", "58户", "未提供")
    assert plan_against_actual(outputs[:1]) is None
    assert plan_against_actual([]) is None


def _count(kind: str, number: int) -> Measure:
    cells = tuple(CellRef("合成.xlsx", "清单", row + 2, 3) for row in range(number))
    return Measure(f"works/{kind}", "改造内容", Count(kind, cells), PIECES, 0, kind)


def test_works_most_first() -> None:
    """Kinds of work stand by their number, and the title names the most frequent."""
    rows = _count("清单条目", 9)
    works = Works((), rows, rows, (), (_count("管网", 7), _count("围墙", 2)), ())
    made = _made(works_by_kind(works))
    assert made.title == "管网最多，9 条清单条目中有 7 条"
    assert [row[0] for row in made.data.texts] == ["管网", "围墙"]
    assert works_by_kind(None) is None
    assert works_by_kind(Works((), rows, rows, (), (), ())) is None


def test_projects_side_by_side() -> None:
    """Projects are compared where two are known, and the others are counted; each rate tells what it divides."""
    spent = {"甲项目": "50", "乙项目": None, "丙项目": "80.5"}
    rates = {
        n: make_line("全项目", {"budget": "100", "spent": s}).rates["execution_rate"]
        for n, s in spent.items()
    }
    made = _made(execution_rates(rates))
    assert made.title == "丙项目执行率最高（80.50%），甲项目最低（50.00%）；1 个项目未提供"
    assert made.data.texts[1] == ("乙项目", "支出÷预算", "未提供")
    assert execution_rates({"乙项目": rates["乙项目"], "甲项目": rates["甲项目"]}) is None
    scores = {"甲项目": make_verdict("90.02"), "乙项目": make_verdict("74.32"), "丙项目": make_verdict(None)}
    assert (
        _made(project_scores(scores)).title
        == "甲项目得分最高（90.02 分），乙项目最低（74.32 分）；1 个项目未提供"
    )
    assert project_scores({"丙项目": make_verdict(None)}) is None
