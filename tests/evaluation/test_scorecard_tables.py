"""Tables of districts by indicators, synthetic, written by script and read back."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.evaluation.robustness import RankCertainty
from wenxiao.model import Missing
from wenxiao.project import load_profile, load_project

HEADS = [
    "县区",
    "项目立项（5分）",
    "绩效目标（ 6 分）",
    "资金管理 9 分",
    "产出数量（50分）",
    "社会效益（30分）",
    "总分",
]
ROWS = [
    ["甲县", 5, 5.5, 8, 45, 28, 91.5],
    ["乙县", 4, 6, 9, 40.5, 29, 88.5],
    ["丙县", 5, 6, 7, 48, 20, 86],
]


def of(folder: Path, rows: Sequence[Sequence[object]], merges: Sequence[str] = ()) -> Evaluation:
    """The evaluation of a workbook with these rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for cells in merges:
        sheet.merge_cells(cells)
    book.save(folder / "县区得分.xlsx")
    return evaluate(load_project(folder), load_profile())


def test_weights_in_the_headers(tmp_path: Path) -> None:
    """分值 in brackets, or plainly behind the name, make the columns indicators."""
    evaluation = of(tmp_path, [["各县区分项得分表"], HEADS, *ROWS])
    found = evaluation.indicators
    assert found is not None
    assert [(leaf.name, leaf.weight) for leaf in found.leaves] == [
        ("项目立项", 5),
        ("绩效目标", 6),
        ("资金管理", 9),
        ("产出数量", 50),
        ("社会效益", 30),
    ]
    assert [figure.key for figure in evaluation.district_figures] == ["score"]
    firm = evaluation.robustness
    assert firm is not None
    assert isinstance(firm.certainty, RankCertainty)
    assert firm.gap("甲县", "丙县").residual == 0
    assert firm.matrix.total("乙县") == Fraction("88.5")


def test_weights_in_a_row_of_their_own(tmp_path: Path) -> None:
    """A row 分值 gives the full marks and is no district, nor is a row of means."""
    heads = ["县区", "项目立项", "绩效目标", "资金管理", "产出数量", "社会效益", "得分"]
    means = ["平均", 4.67, 5.83, 8, 44.5, 25.67, 88.67]
    evaluation = of(tmp_path, [["各县区分项得分表"], heads, ["分值", 5, 6, 9, 50, 30, 100], *ROWS, means])
    assert evaluation.project.districts == ("甲县", "乙县", "丙县")
    assert evaluation.indicators is not None
    assert evaluation.indicators.full == 100


def test_two_levels_of_headers(tmp_path: Path) -> None:
    """The levels of the header are those of the indicators, their own 分值 left out of the names."""
    rows = [
        ["各县区分项得分表"],
        ["县区", "决策（20分）", None, "过程（30分）", None, "产出（50分）", "得分"],
        [None, "项目立项（5分）", "绩效目标（15分）", "资金管理（20分）", "组织实施（10分）", None, None],
        ["甲县", 5, 14, 18, 10, 45, 92],
        ["乙县", 4, 15, 19, 9, 40.5, 87.5],
    ]
    evaluation = of(tmp_path, rows, ["B2:C2", "D2:E2", "A2:A3", "F2:F3", "G2:G3"])
    assert evaluation.robustness is not None
    matrix = evaluation.robustness.matrix
    assert [leaf.path for leaf in matrix.leaves][:2] == [("决策", "项目立项"), ("决策", "绩效目标")]
    assert [leaf.weight for leaf in matrix.at(1).leaves] == [20, 30, 50]


def test_scores_without_a_total_are_added_up(tmp_path: Path) -> None:
    """Without a column of totals the districts are ranked by the exact sums of their scores."""
    evaluation = of(tmp_path, [["各县区分项得分表"], HEADS[:-1], *(row[:-1] for row in ROWS)])
    assert evaluation.ranking is not None
    assert [(p.district, p.score.text, p.rank_text) for p in evaluation.ranking.places] == [
        ("甲县", "91.5分", "1"),
        ("乙县", "88.5分", "2"),
        ("丙县", "86.0分", "3"),
    ]


def test_a_part_of_a_system_is_not_the_whole(tmp_path: Path) -> None:
    """Indicators whose 分值 do not make the full marks say nothing of how firm the totals stand."""
    rows = [[row[0], *row[2:]] for row in [HEADS, *ROWS]]
    evaluation = of(tmp_path, [["各县区分项得分表"], *rows])
    assert evaluation.indicators is None
    assert evaluation.robustness is not None
    assert evaluation.robustness.certainty is Missing.NOT_PROVIDED


def test_a_district_with_a_missing_score_is_left_out(tmp_path: Path) -> None:
    """暂不计分 for the district of which one indicator is open, with the others compared all the same."""
    rows = [ROWS[0], ROWS[1], ["丙县", 5, None, 7, 48, 20, None]]
    evaluation = of(tmp_path, [["各县区分项得分表"], HEADS, *rows])
    assert evaluation.robustness is not None
    assert evaluation.robustness.matrix.unscored == {"丙县": Missing.UNSCORED}


@pytest.mark.parametrize("twice", [ROWS[0], ["甲县", 1, 1, 1, 1, 1, 5]])
def test_a_district_listed_twice_breaks_nothing(tmp_path: Path, twice: list[object]) -> None:
    """A name that stands twice cannot be compared; the rest of the evaluation goes on."""
    assert of(tmp_path, [["各县区分项得分表"], HEADS, *ROWS, twice]).robustness is None


PLAIN = ["县区", "立项规范性", "资金到位率", "完成数量", "群众满意度", "总分"]
SCORED = [["甲县", 9.5, 20, 58, 9, 96.5], ["乙县", 9, 18, 55, 8, 90]]


@pytest.mark.parametrize(
    "marks",
    [
        ["分值", 10, 20, 60, 10, 100],
        ["分值（分）", 10, 20, 60, 10, 100],
        ["", 10, 20, 60, 10, 100],
        ["县区", "10分", "20分", "60分", "10分", "100分"],
        ["", "（10分）", "（20分）", "（60分）", "（10分）", "（100分）"],
        ["权重", "10%", "20%", "60%", "10%", "100%"],
    ],
    ids=["named", "with a unit", "unnamed", "under a filled cell", "in brackets", "shares"],
)
def test_names_above_and_full_marks_below(tmp_path: Path, marks: list[object]) -> None:
    """A first header row of indicators over one of 分值, however it is named, gives scores, and no district of its own."""
    text = "\n".join(",".join(map(str, row)) for row in [PLAIN, marks, *SCORED])
    (tmp_path / "得分.csv").write_text(text, encoding="utf-8")
    evaluation = evaluate(load_project(tmp_path), load_profile())
    assert evaluation.indicators is not None
    assert [leaf.weight for leaf in evaluation.indicators.leaves] == [10, 20, 60, 10]
    assert evaluation.indicators.leaves[1].name.startswith("资金到位率")
    assert evaluation.ranking is not None
    assert [(p.district, p.rank_text) for p in evaluation.ranking.places] == [("甲县", "1"), ("乙县", "2")]
    assert evaluation.findings == ()


def test_an_unnamed_row_that_is_exceeded_is_no_row_of_full_marks(tmp_path: Path) -> None:
    """Where a score below is higher, a first row without a name stays what it is: nothing is guessed."""
    rows = [PLAIN, ["", 9, 20, 60, 10, 99], *SCORED]
    (tmp_path / "得分.csv").write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    assert evaluate(load_project(tmp_path), load_profile()).indicators is None


@pytest.mark.parametrize(
    "upper", [["县区", "决策", "", "过程", "产出", "总分"], ["县区", "决策", "决策", "过程", "产出", "总分"]]
)
@pytest.mark.parametrize("corner", [("", ""), ("县区", "总分")])
def test_a_level_above_without_merged_cells(
    tmp_path: Path, upper: list[str], corner: tuple[str, str]
) -> None:
    """In a CSV the cells of a 一级指标 stand empty or repeated; one over a single indicator is a level all the same."""
    lower = [corner[0], "立项（10分）", "目标（10分）", "资金到位率（20分）", "数量（60分）", corner[1]]
    rows = [upper, lower, ["甲县", 9, 8, 20, 55, 92], ["乙县", 10, 9, 18, 50, 87]]
    (tmp_path / "得分.csv").write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    evaluation = evaluate(load_project(tmp_path), load_profile())
    assert evaluation.indicators is not None
    assert [leaf.path for leaf in evaluation.indicators.leaves] == [
        ("决策", "立项"),
        ("决策", "目标"),
        ("过程", "资金到位率"),
        ("产出", "数量"),
    ]
    assert evaluation.project.districts == ("甲县", "乙县")
    assert evaluation.findings == ()
