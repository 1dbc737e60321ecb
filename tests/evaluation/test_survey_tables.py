"""Survey tables as counties lay them out: answers by district, by option, by question; what the profile counts; the audit."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from wenxiao.display import answers_table, satisfaction_table, satisfaction_words
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.evaluation.survey import overall
from wenxiao.model import Missing, ProfileError, Severity, Standing
from wenxiao.project import Profile, load_profile, load_project
from wenxiao.project.profile import SurveyRule

from tests.evaluation.made import codes
from tests.sheets.written import Rows, xlsx

BY_DISTRICT: Rows = [
    ["某县群众满意度问卷调查统计表"],
    ["县区", "发放问卷", "回收问卷", "有效问卷", "非常满意", "满意", "基本满意", "一般", "不满意", "满意度"],
    ["甲县", 200, 190, 186, 80, 60, 20, 16, 10, "86.02%"],
    ["乙县", 150, 150, 148, 50, 40, 30, 18, 10, "81.08%"],
    ["合计", 350, 340, 334, 130, 100, 50, 34, 20, "83.83%"],
]
BY_OPTION: Rows = [
    ["满意度调查结果汇总"],
    ["满意程度", "人数", "占比"],
    ["非常满意", 120, "60.0%"],
    ["满意", 50, "25.0%"],
    ["一般", 20, "10.0%"],
    ["不满意", 10, "5.0%"],
    ["合计", 200, "100%"],
]


def national(**survey: object) -> Profile:
    """The national rules with a rule for surveys."""
    return load_profile().model_copy(update={"survey": SurveyRule.model_validate(survey)})


def surveyed(
    folder: Path, rows: Rows, profile: Profile | None = None, merges: Sequence[str] = ()
) -> Evaluation:
    """The evaluation of a synthetic project of one survey."""
    xlsx(folder / "问卷.xlsx", rows, merges=merges)
    return evaluate(load_project(folder), profile or load_profile())


def changed(rows: Rows, row: int, column: int, value: object) -> list[list[object]]:
    """The rows with one cell changed."""
    copy = [list(each) for each in rows]
    copy[row][column] = value
    return copy


def test_counts_become_rates_by_district(tmp_path: Path) -> None:
    """非常满意, 满意 and 基本满意 count: 160 of 186 is 86.02%, each with its Wilson interval; no finding."""
    evaluation = surveyed(tmp_path, BY_DISTRICT)
    first, second, whole = evaluation.surveys
    assert (first.group, first.rate.text, first.rate.standing) == ("甲县", "86.02%", Standing.COMPUTED)
    assert first.rate.basis == "（非常满意＋满意＋基本满意）÷样本数"
    assert {given.cell.address for given in first.rate.inputs if given.cell} == {"D3", "E3", "F3", "G3"}
    assert first.interval is not None
    assert (second.rate.text, whole.rate.text, whole.whole) == ("81.08%", "83.83%", True)
    assert overall(evaluation.surveys) is whole
    assert [each.text for each in whole.returns] == ["97.14%", "98.24%"]
    assert not {code for code in codes(evaluation) if code.startswith("survey")}


def test_pooled_and_mean_are_two_numbers(tmp_path: Path) -> None:
    """280 of 334 pooled is 83.83%, the mean of the two rates 83.55%; each is named."""
    (summary,) = surveyed(tmp_path, BY_DISTRICT[:-1]).survey_summaries
    assert summary.pooled is not None
    assert (summary.pooled.text, summary.pooled.basis) == ("83.83%", "汇总口径")
    assert (summary.mean.text, summary.mean.basis) == ("83.55%", "简单平均，2 个")


def test_the_profile_says_what_counts(tmp_path: Path) -> None:
    """Where only 非常满意 and 满意 count, 140 of 186 is 75.27%, and the printed rate no longer agrees."""
    evaluation = surveyed(tmp_path, BY_DISTRICT, national(satisfied=("非常满意", "满意")))
    assert evaluation.surveys[0].rate.text == "75.27%"
    finding = next(f for f in evaluation.findings if f.code == "survey-impossible")
    assert finding.severity is Severity.ERROR
    assert "应为" in finding.message


def test_a_mean_of_the_answers_on_request(tmp_path: Path) -> None:
    """Weights 100, 75, 50, 25, 0 over 186 answers: (80 + 45 + 10 + 4) ÷ 186 = 74.73%; without weights no mean."""
    weights = {"非常满意": "100%", "满意": "75%", "基本满意": "50%", "一般": "25%", "不满意": "0%"}
    asked = surveyed(tmp_path, BY_DISTRICT, national(likert=weights)).surveys[0].likert
    assert asked is not None
    assert (asked.text, asked.label) == ("74.73%", "量表均值")
    assert evaluate(load_project(tmp_path), load_profile()).surveys[0].likert is None
    partly = evaluate(load_project(tmp_path), national(likert={"非常满意": 1})).surveys[0].likert
    assert partly is not None
    assert partly.value is Missing.NOT_APPLICABLE


def test_options_in_rows(tmp_path: Path) -> None:
    """满意程度 | 人数 | 占比 is one survey of 200: its rows are answers, its percentages are held against its counts."""
    evaluation = surveyed(tmp_path, BY_OPTION)
    (survey,) = evaluation.surveys
    assert (survey.rate.text, survey.size.number) == ("85.00%", 200)
    assert survey.interval is not None
    assert not codes(evaluation)
    wrong = surveyed(tmp_path, changed(BY_OPTION, 2, 2, "66.0%"))
    (finding,) = [f for f in wrong.findings if f.code == "survey-answers-differ"]
    assert finding.recomputed.startswith("60.0")


def test_options_in_rows_by_district(tmp_path: Path) -> None:
    """选项 | 甲县 | 乙县 | 合计 is a survey of each district and of all."""
    rows = [["选项", "甲县", "乙县", "合计"], ["非常满意", 60, 40, 100], ["满意", 30, 30, 60], ["不满意", 10, 30, 40]]  # fmt: skip
    evaluation = surveyed(tmp_path, rows)
    assert [(s.group, s.rate.text) for s in evaluation.surveys] == [
        ("甲县", "90.00%"),
        ("乙县", "70.00%"),
        ("全项目", "80.00%"),
    ]
    assert evaluation.surveys[0].size.number == 100


def test_a_binary_survey_without_valid_forms(tmp_path: Path) -> None:
    """满意 | 不满意 with 收回份数 only: the forms returned are the number asked, and the rate says so."""
    rows = [
        ["满意度调查表"],
        ["小区名称", "发放份数", "收回份数", "满意", "不满意"],
        ["甲小区", 50, 48, 45, 3],
    ]
    (survey,) = surveyed(tmp_path, rows).surveys
    assert (survey.group, survey.rate.text, survey.rate.basis) == ("甲小区", "93.75%", "满意÷回收问卷")


def test_questions_are_not_pooled(tmp_path: Path) -> None:
    """Three questions to the same people have a rate each and no pooled one."""
    rows = [
        ["居民满意度调查表"],
        ["序号", "调查内容", "非常满意", "比较满意", "一般", "不太满意", "不满意"],
        [1, "施工质量", 40, 35, 15, 6, 4],
        [2, "文明施工", 30, 35, 20, 10, 5],
    ]
    evaluation = surveyed(tmp_path, rows)
    assert [survey.rate.text for survey in evaluation.surveys] == ["75.00%", "65.00%"]
    assert evaluation.survey_summaries == ()


def test_percentages_of_answers(tmp_path: Path) -> None:
    """Percentages without counts give a rate and no interval; those that no counts give are a warning."""
    rows = [
        ["满意度问卷调查表"],
        ["调查对象", "有效份数", "A.非常满意", "B.满意", "C.一般", "D.不满意"],
        ["居民", "120份", "45.2%", "30.1%", "20.0%", "4.7%"],
        ["干部", 30, "50%", "40%", "10%", "0%"],
    ]
    evaluation = surveyed(tmp_path, rows)
    first, second = evaluation.surveys
    assert (first.rate.text, first.rate.basis, first.interval) == ("75.30%", "非常满意、满意占比之和", None)
    assert second.rate.text == "90.00%"
    (finding,) = [f for f in evaluation.findings if f.code == "survey-shares-impossible"]
    assert finding.subject == "居民各选项占比"


def test_groups_under_a_merged_district(tmp_path: Path) -> None:
    """A district in a merged cell over two groups names both lines."""
    rows = [
        ["县区", "调查对象", "有效问卷", "满意人数"],
        ["甲县", "居民", 100, 90],
        [None, "干部", 20, 19],
        ["乙县", "居民", 80, 60],
    ]
    evaluation = surveyed(tmp_path, rows, merges=("A2:A3",))
    assert [survey.group for survey in evaluation.surveys] == ["甲县·居民", "甲县·干部", "乙县·居民"]


@pytest.mark.parametrize(
    ("row", "column", "value", "code"),
    [
        (2, 2, 201, "survey-counts-order"),
        (2, 3, 191, "survey-counts-order"),
        (2, 4, 81, "survey-answers-differ"),
        (3, 9, "91.08%", "survey-impossible"),
    ],
)
def test_a_changed_figure_is_found(tmp_path: Path, row: int, column: int, value: object, code: str) -> None:
    """More returned than issued, more valid than returned, an answer too many, a wrong rate: each has its finding."""
    assert code in codes(surveyed(tmp_path, changed(BY_DISTRICT, row, column, value)))


def test_missing_answers_are_not_nothing(tmp_path: Path) -> None:
    """An answer that is not given leaves the rate as printed, not one made of the others."""
    evaluation = surveyed(tmp_path, changed(BY_DISTRICT, 2, 5, None))
    first = evaluation.surveys[0]
    assert (first.rate.standing, first.rate.text) == (Standing.REPORTED, "86.02%")


def test_tables_and_words(tmp_path: Path) -> None:
    """The words tell forms and rate, the tables the lines and answers, the total as a summary row."""
    evaluation = surveyed(tmp_path, BY_DISTRICT)
    said, rates, answers = (
        each(evaluation) for each in (satisfaction_words, satisfaction_table, answers_table)
    )
    assert said is not None
    assert rates is not None
    assert answers is not None
    assert said.text().startswith("发放问卷 350 份，回收 340 份，有效 334 份，回收率 97.14%（回收÷发放）")
    assert [row.kind for row in rates.rows] == ["data", "data", "summary"]
    assert "计为满意的选项为非常满意、满意、基本满意" in answers.text()


def test_an_unknown_option_is_told_with_the_nearest(tmp_path: Path) -> None:
    """A profile that counts 十分满 is refused, with the option that is meant."""
    (tmp_path / "本市.yaml").write_text(
        "extends: national\ntitle: 本市\nsource: 本市\nsurvey: {satisfied: [非常满, 满意]}\n",
        encoding="utf-8",
    )
    with pytest.raises(ProfileError, match="是否为“非常满意”"):
        load_profile("本市", tmp_path)
