"""Back tests: the figures of the five published reports, exact at their printed precision.

Expected values are those the reports print, or, where a report is wrong, what its own figures give.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.model import Finding, Missing, Severity
from wenxiao.project import load_profile, load_project

Evaluated = Callable[[str], Evaluation]


def find(evaluation: Evaluation, code: str, subject: str = "") -> Finding:
    """The one finding of a code (and subject); fails where there is none or more than one."""
    found = [f for f in evaluation.findings if f.code == code and (not subject or f.subject == subject)]
    assert len(found) == 1, [(f.code, f.subject, f.message) for f in evaluation.findings]
    return found[0]


MEASURES = [
    ("mudan-2023", "budget/全项目", "3,664.68"),
    ("mudan-2023", "budget/上级资金", "2,364.68"),
    ("mudan-2023", "spent/全项目", "1,965.30"),
    ("mudan-2023", "execution_rate/全项目", "53.63%"),
    ("mudan-2023", "execution_rate/上级资金", "35.15%"),
    ("mudan-2023", "execution_rate/专项债券", "87.23%"),
    ("mudan-2023", "arrival_rate/全项目", "未提供"),
    ("mudan-2023", "score_rate/决策", "100.00%"),
    ("mudan-2023", "score_rate/过程", "51.60%"),
    ("mudan-2023", "score_rate/产出", "72.22%"),
    ("mudan-2023", "score_rate/效益", "75.00%"),
    ("mudan-2023", "score_rate/total", "74.32%"),
    ("mudan-2023", "total_score", "74.32"),
    ("mudan-2023", "lost/产出", "10.00"),
    ("linyi-2021", "budget/全项目", "23,763.00"),
    ("linyi-2021", "score_rate/决策", "86.77%"),
    ("linyi-2021", "score_rate/过程", "90.11%"),
    ("linyi-2021", "score_rate/产出", "92.58%"),
    ("linyi-2021", "score_rate/效益", "87.00%"),
    ("linyi-2021", "score_rate/total", "90.02%"),
    ("linyi-2021", "total_score", "90.02"),
    ("linyi-2021", "reported/execution_rate", "81.24%"),
    ("linyi-2021", "derived/spent", "19,305.06"),
    ("linyi-2021", "derived/execution_rate/省级补助、市级补助", "41.38%"),
    ("linyi-2021", "completion_rate/项目", "107.72%"),
    ("linyi-2021", "completion_rate/小区", "115.20%"),
    ("linyi-2021", "completion_rate/户数", "110.31%"),
    ("linyi-2021", "completion_rate/改造面积", "112.87%"),
    ("linyi-2021", "mean_score", "89.53"),
    ("linyi-2021", "mean_score/现场与非现场评价", "90.70"),
    ("linyi-2021", "mean_score/非现场评价", "87.90"),
    ("linyi-2021", "derived/investment/河东法院家属院", "378.33"),
    ("linyi-2021", "derived/investment/九曲街道家属院", "154.79"),
    ("dengkou-2023", "received/全项目", "2,100.01"),
    ("dengkou-2023", "paid/全项目", "2,100.01"),
    ("dengkou-2023", "payment_rate/全项目", "100.00%"),
    ("dengkou-2023", "paid_to_investment", "103.28%"),
    ("dengkou-2023", "spent/全项目", "未提供"),
    ("dengkou-2023", "execution_rate/全项目", "未提供"),
    ("dengkou-2023", "total_score", "未提供"),
    ("dengkou-2023", "listed_neighbourhoods", "7"),
    ("dengkou-2023", "satisfaction/rate/项目区内居民", "100.00%"),
    ("dengkou-2023", "satisfaction/respondents/项目区内居民", "未提供"),
    ("lingang-2023", "planned/全项目", "15,000.00"),
    ("lingang-2023", "spent/全项目", "8,000.00"),
    ("lingang-2023", "investment_rate/专项债券资金", "66.67%"),
    ("lingang-2023", "investment_rate/全项目", "53.33%"),
    ("lingang-2023", "arrival_rate/专项债券资金", "未提供"),
    ("lingang-2023", "neighbourhoods/全部", "28"),
    ("lingang-2023", "buildings/全部", "780"),
    ("lingang-2023", "households/全部", "26,310"),
    ("lingang-2023", "area/全部", "330.67"),
    ("lingang-2023", "invested/全部", "8,000.00"),
    ("lingang-2023", "unit_cost/璜土镇", "55.49"),
    ("lingang-2023", "unit_cost/夏港街道", "23.38"),
    ("lingang-2023", "unit_cost/申港街道", "24.68"),
    ("lingang-2023", "unit_cost/利港街道", "12.80"),
    ("lingang-2023", "total_score", "93.00"),
    ("ejinhoro-2022", "score_rate/决策", "82.00%"),
    ("ejinhoro-2022", "score_rate/过程", "92.50%"),
    ("ejinhoro-2022", "score_rate/产出", "85.33%"),
    ("ejinhoro-2022", "score_rate/效益", "85.91%"),
    ("ejinhoro-2022", "score_rate/total", "86.47%"),
    ("ejinhoro-2022", "total_score", "86.47"),
    ("ejinhoro-2022", "listed_rows", "28"),
    ("ejinhoro-2022", "listed_neighbourhoods", "24"),
    ("ejinhoro-2022", "planned/全项目", "6,600.00"),
    ("ejinhoro-2022", "works/消火栓", "14"),
    ("ejinhoro-2022", "works/屋面防水", "4"),
    ("ejinhoro-2022", "works/围墙", "4"),
]


@pytest.mark.parametrize(("project", "key", "text"), MEASURES)
def test_measures_come_out_as_published(evaluated: Evaluated, project: str, key: str, text: str) -> None:
    """Each figure of a report is reproduced at its printed precision, or is 未提供 where the report gives none."""
    assert evaluated(project).measures[key].text == text


@pytest.mark.parametrize(
    ("project", "label", "printed"),
    [
        ("mudan-2023", "中", "中"),
        ("linyi-2021", "优", "优"),
        ("lingang-2023", "优", "优秀"),
        ("ejinhoro-2022", "良", "良"),
    ],
)
def test_grades_come_out_as_published(evaluated: Evaluated, project: str, label: str, printed: str) -> None:
    """The grade by the national rules and the printed word are both kept."""
    verdict = evaluated(project).verdict
    assert verdict.grade is not None
    assert (verdict.grade.label, verdict.printed_grade) == (label, printed)


def test_dengkou_has_no_score_and_no_grade(evaluated: Evaluated) -> None:
    """A self-evaluation without scores has neither score nor grade, and its kind is kept."""
    evaluation = evaluated("dengkou-2023")
    assert evaluation.verdict.score.value is Missing.NOT_PROVIDED
    assert evaluation.verdict.grade is None
    assert evaluation.project.fact("report_kind").text == "单位自评"


RANKS = {
    "罗庄区": "1",
    "兰山区": "2",
    "沂南县": "3",
    "蒙阴县": "4",
    "河东区": "5",
    "临沭县": "6",
    "郯城县": "7（并列）",
    "费县": "7（并列）",
    "兰陵县": "9",
    "沂水县": "10",
    "莒南县": "11",
    "平邑县": "12",
}


def test_linyi_is_ranked_on_exact_scores(evaluated: Evaluated) -> None:
    """The twelve districts rank as their scores say, with the tie marked, source order kept inside it."""
    ranking = evaluated("linyi-2021").ranking
    assert ranking is not None
    assert {place.district: place.rank_text for place in ranking.ranked} == RANKS
    assert [place.district for place in ranking.ranked] == list(RANKS)
    assert [place.district for place in ranking.places][:3] == ["兰山区", "罗庄区", "河东区"]
    assert ranking.places[0].note == "现场与非现场评价"
    assert ranking.grade_counts == (("优", 5), ("良", 7), ("中", 0), ("差", 0))


def test_linyi_second_level_hangs_below_the_first(evaluated: Evaluated) -> None:
    """Second-level scores add up to their parents; 产出 has none and that is said."""
    evaluation = evaluated("linyi-2021")
    card = evaluation.scorecard
    assert card is not None
    assert [len(each.children) for each in card.indicators] == [3, 2, 0, 3]
    assert not [f for f in evaluation.findings if f.code == "level-sum-differs"]
    assert find(evaluation, "level-not-provided").subject == "产出二级指标"


def test_linyi_grade_margin_is_two_hundredths(evaluated: Evaluated) -> None:
    """90.02 is 0.02 above the line, and that is flagged."""
    evaluation = evaluated("linyi-2021")
    assert evaluation.verdict.grade is not None
    assert str(evaluation.verdict.grade.margin) == "1/50"
    assert "0.02" in find(evaluation, "grade-margin").message


def test_linyi_derived_rate_has_condition_and_interval(evaluated: Evaluated) -> None:
    """What the pooled rate implies is marked 仅在汇总口径下成立 and carries the interval of the printed figures."""
    measure = evaluated("linyi-2021").measures["derived/execution_rate/省级补助、市级补助"]
    assert measure.condition == "仅在汇总口径下成立"
    assert measure.standing.value == "推算"
    assert measure.interval is not None
    assert measure.interval.holds(measure.number or 0)
    assert measure.interval.width is not None
    assert 0 < measure.interval.width < 1


def test_mudan_rate_is_wrong_not_the_score(evaluated: Evaluated) -> None:
    """63.89% is found, recomputed as 72.22%, and the total 74.32 shows that the score stands."""
    finding = find(evaluated("mudan-2023"), "score-rate-differs")
    assert (finding.printed, finding.recomputed, finding.severity) == ("63.89%", "72.22%", Severity.ERROR)
    assert "有误的应是产出得分率 63.89%" in finding.message
    assert finding.cells[0].address == "D6"


FOUND = [
    ("mudan-2023", "claim-unverifiable", "资金到位率", "100%", "无法核实"),
    ("mudan-2023", "full-marks-with-problem", "决策得分", "", ""),
    ("linyi-2021", "pooled-or-mean", "预算执行率", "81.24%", ""),
    ("linyi-2021", "mean-differs", "县区平均分", "90.02分", "89.53分"),
    ("dengkou-2023", "funds-above-investment", "拨付资金", "2,100.01万元", "约2,033.23万元"),
    ("dengkou-2023", "claim-differs", "小区数", "5个", "7个"),
    ("dengkou-2023", "survey-without-size", "满意度", "100%", ""),
    ("lingang-2023", "claim-basis", "专项债券资金使用率", "100%", "66.67%"),
    ("lingang-2023", "dates-disagree", "完工时间", "2025年年底", ""),
    ("lingang-2023", "goals-while-under-way", "目标完成情况", "全面完成", "施工阶段"),
    ("lingang-2023", "title-places", "项目名称", "2处", "4处"),
    ("lingang-2023", "grade-word", "等级", "优秀", "优"),
    ("ejinhoro-2022", "name-repeats", "小区清单", "28条", "24个小区"),
    ("ejinhoro-2022", "approved-differs", "批复资金", "8,000.00万元", "6,600.00万元"),
    ("ejinhoro-2022", "effect-without-survey", "效益得分", "30.07分", "未提供"),
]


@pytest.mark.parametrize(("project", "code", "subject", "printed", "recomputed"), FOUND)
def test_differences_are_found(
    evaluated: Evaluated, project: str, code: str, subject: str, printed: str, recomputed: str
) -> None:
    """Each known difference of a report is found, with what is printed and what the figures give."""
    finding = find(evaluated(project), code, subject)
    assert not printed or finding.printed == printed
    assert not recomputed or finding.recomputed == recomputed
    assert finding.cells


def test_lingang_serial_repeats_in_both_tables(evaluated: Evaluated) -> None:
    """序号 1, 2, 3, 2 is found in the table of funds and in that of beneficiaries."""
    repeats = [f for f in evaluated("lingang-2023").findings if f.code == "serial-repeats"]
    assert {finding.cells[1].file for finding in repeats} == {"项目资金明细.xlsx", "受益明细.xlsx"}


def test_lingang_estimate_is_one_for_four_towns(evaluated: Evaluated) -> None:
    """The one 概算 merged over four towns is neither filled down nor summed to 60,000."""
    figures = {figure.key: figure for figure in evaluated("lingang-2023").district_figures}
    assert figures["estimate"].sum is None
    assert figures["estimate"].values["夏港街道"].value is Missing.COVERED


def test_lingang_publishes_no_scorecard(evaluated: Evaluated) -> None:
    """No scorecard was published, and none is made up."""
    assert evaluated("lingang-2023").scorecard is None


def test_ejinhoro_approved_change_is_shown(evaluated: Evaluated) -> None:
    """8000 against 6600 is +21.21%."""
    assert "+21.21%" in find(evaluated("ejinhoro-2022"), "approved-differs").message


def test_ejinhoro_rounded_total_is_not_summed(evaluated: Evaluated) -> None:
    """The row 总分（取整） stays apart from the total."""
    card = evaluated("ejinhoro-2022").scorecard
    assert card is not None
    assert card.rounded_total is not None
    assert card.rounded_total.text == "86分"
    assert card.total.text == "86.47"


UNTOUCHED = {
    "total-differs", "share-differs", "rate-differs", "level-sum-differs", "weights-total", "score-above-weight",
    "grade-differs", "grade-unknown", "head-score-differs", "rounded-total-differs",
}  # fmt: skip


@pytest.mark.parametrize(
    "project", ["mudan-2023", "linyi-2021", "dengkou-2023", "lingang-2023", "ejinhoro-2022"]
)
def test_no_wolf_is_cried(evaluated: Evaluated, project: str) -> None:
    """Sums, shares and totals that agree within their printed precision raise nothing."""
    assert not [f for f in evaluated(project).findings if f.code in UNTOUCHED]


@pytest.mark.parametrize(
    "project", ["mudan-2023", "linyi-2021", "dengkou-2023", "lingang-2023", "ejinhoro-2022"]
)
def test_errors_are_only_the_known_ones(evaluated: Evaluated, project: str) -> None:
    """The only findings of severity 错误 are the two wrong figures the reports really print, one of them corrected in its table."""
    errors = {
        (f.code, f.printed, f.state) for f in evaluated(project).findings if f.severity is Severity.ERROR
    }
    known = {
        "mudan-2023": {("score-rate-differs", "63.89%", "已更正"), ("claim-differs", "63.89%", "")},
        "dengkou-2023": {("claim-differs", "5个", "")},
    }
    assert errors == known.get(project, set())


def test_a_figure_of_several_towns_is_that_of_none(checkout: Path) -> None:
    """One estimate in a cell merged over four towns is named as theirs together, in 计算底稿 too."""
    evaluation = evaluate(load_project(checkout / "data/lingang-2023"), load_profile("national"))
    figure = next(each for each in evaluation.district_figures if each.shared)
    first = evaluation.project.districts[0]
    measure = figure.values[first]
    assert measure.subject == "、".join(evaluation.project.districts)
    assert measure.basis == "合并填列的一个数"
    assert measure.inputs[0].label.startswith(measure.subject)
