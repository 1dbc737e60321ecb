"""Which scores are ranked and who takes part: years, remarks, merged cells, names that may be one place."""

from pathlib import Path

import pytest
import xlsxwriter
from wenxiao.display import ranking_words
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.project import load_profile, load_project

Sheets = dict[str, list[list[object]]]


def evaluated(folder: Path, sheets: Sheets, *merges: str, year: int | None = None) -> Evaluation:
    """The evaluation of a workbook with these sheets and merged cells."""
    with xlsxwriter.Workbook(folder / "表.xlsx") as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for cells in merges:
                sheet.merge_range(cells, "")
            for row, values in enumerate(rows):
                for column, value in enumerate(values):
                    if value is not None:
                        sheet.write(row, column, value)
    profile = load_profile().model_copy(update={"ranking_year": year})
    return evaluate(load_project(folder), profile)


def standing(evaluation: Evaluation) -> dict[str, str]:
    """The rank of each place as people read it."""
    assert evaluation.ranking is not None
    return {place.district: place.rank_text for place in evaluation.ranking.places}


@pytest.mark.parametrize(
    ("rank", "remark", "note"),
    [
        (None, "不参与排名", ""),
        (None, "新设，未纳入本次排名", ""),
        ("—", "", ""),
        ("不参加排名", "", ""),
        (None, "", "注：乙县为新设县，不参与排名；甲县名次见上。"),
    ],
)
def test_who_is_said_not_to_be_ranked_is_not(tmp_path: Path, rank: object, remark: str, note: str) -> None:
    """A remark, a dash or words for a rank, or a note below the table take a place out; those behind move up, in words too."""
    rows: list[list[object]] = [
        ["县区", "得分", "名次", "备注"],
        ["甲县", 90.5, 1, "不影响排名"],
        ["乙县", 85.5, rank, remark],
        ["丙县", 80.5, 2, None],
    ]
    evaluation = evaluated(tmp_path, {"得分": [*rows, [note]] if note else rows})
    assert standing(evaluation) == {"甲县": "1", "乙县": "不参与排名", "丙县": "2"}
    assert evaluation.ranking is not None
    assert evaluation.ranking.mean.text == "85.50"
    assert evaluation.robustness is not None
    assert "乙县" not in evaluation.robustness.matrix
    words = ranking_words(evaluation.ranking)
    assert words is not None
    assert words.text().startswith("2 个县区参与排名，甲县最高")
    assert not [each for each in evaluation.findings if each.severity < 3]


def test_a_merged_score_is_each_ones(tmp_path: Path) -> None:
    """One cell of a score or of an indicator over two places scores both; an amount stays that of both together."""
    rows: list[list[object]] = [
        ["县区", "决策（40分）", "产出（60分）", "支出数（万元）"],
        ["甲县", 35, 55, 100],
        ["乙县", None, 50, None],
        ["丙县", 30, 52, 70],
    ]
    evaluation = evaluated(tmp_path, {"得分": rows}, "B2:B3", "D2:D3")
    assert standing(evaluation) == {"甲县": "1", "乙县": "2", "丙县": "3"}
    assert evaluation.ranking is not None
    score = evaluation.ranking.places[1].score
    assert score.text == "85分"
    spent = next(each for each in evaluation.district_figures if each.key == "spent")
    assert spent.shared


def test_two_years_of_scores_are_two_rankings(tmp_path: Path) -> None:
    """The latest year is ranked, or the one the profile names, and the words say which."""
    rows: list[list[object]] = [["县区", "2021年得分", "2022年得分"], ["甲县", 90, 80], ["乙县", 85, 95]]
    latest = evaluated(tmp_path, {"得分": rows})
    assert standing(latest) == {"甲县": "2", "乙县": "1"}
    named = evaluated(tmp_path, {"得分": rows}, year=2021)
    assert standing(named) == {"甲县": "1", "乙县": "2"}
    assert named.ranking is not None
    words = ranking_words(named.ranking)
    assert words is not None
    assert words.text().startswith("按 2021 年得分，")
    unknown = evaluated(tmp_path, {"得分": rows}, year=2019)
    assert [each.recomputed for each in unknown.findings if each.code == "ranking-year-unknown"] == ["2022"]


def test_no_rank_or_sum_rests_on_names_in_doubt(tmp_path: Path) -> None:
    """罗西区 and 罗西 on two lines: neither they nor those behind them are ranked, and no sum or mean is given."""
    scores: list[list[object]] = [
        ["县区", "得分"],
        ["丁县", 95],
        ["罗西区", 90],
        ["罗西", 88],
        ["兰东区", 85],
    ]
    households: list[list[object]] = [
        ["县区", "户数（户）"],
        ["丁县", 5],
        ["罗西区", 10],
        ["罗西", 20],
        ["兰东区", 5],
    ]
    evaluation = evaluated(tmp_path, {"得分": scores, "户数": households})
    assert standing(evaluation) == {
        "丁县": "1",
        "罗西区": "暂不排名",
        "罗西": "暂不排名",
        "兰东区": "暂不排名",
    }
    assert evaluation.ranking is not None
    assert evaluation.ranking.mean.number is None
    figure = next(each for each in evaluation.district_figures if each.key == "households")
    assert figure.sum is not None
    assert figure.sum.number is None
    assert figure.values["罗西"].number is None
    assert figure.values["兰东区"].number == 5


def test_a_district_on_two_lines_has_no_figure(tmp_path: Path) -> None:
    """Of a district listed twice neither line is taken for the whole, and no sum is given."""
    rows: list[list[object]] = [["县区", "户数（户）"], ["甲县", 5], ["甲县", 7], ["乙县", 9]]
    evaluation = evaluated(tmp_path, {"户数": rows})
    (figure,) = evaluation.district_figures
    assert figure.values["甲县"].number is None
    assert figure.sum is not None
    assert figure.sum.number is None
    assert "district-repeats" in {each.code for each in evaluation.findings}
