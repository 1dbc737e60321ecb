"""A self-evaluation form that agrees is silent; with one thing wrong it is asked about that, as gravely as is certain."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import wenxiao as wx
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.evaluation.scoring.rows import figure_in
from wenxiao.model import Finding, Severity
from wenxiao.project import load_profile, load_project

FORM: list[list[object]] = [
    ["项目支出绩效自评表"],
    ["（2023年度）"],
    ["项目名称", None, None, "管网更新"],
    ["主管部门", None, None, "乙市水务局", None, "实施单位", None, "乙市水务中心"],
    ["项目资金（万元）", None, None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    [None, "年度资金总额", None, 300, 250, 225, 10, "90%", 9],
    [None, "其中：当年财政拨款", None, 200, 180, 170],
    [None, "上年结转资金", None, 60, 40, 35],
    [None, "其他资金", None, 40, 30, 20],
    ["年度总体目标", "预期目标", None, None, None, "实际完成情况"],
    [None, "更新管网50公里，保障供水", None, None, None, "更新管网45公里，供水有保障"],
    [
        "绩效指标",
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ],
    [None, "产出指标", "数量指标", "更新管网长度", "≥50公里", "45公里", 20, 18, "拆迁延期"],
    [None, None, "质量指标", "水质达标率", "≥95%", "97%", 10, 10],
    [None, None, "时效指标", "完工时间", "2023年11月底前", "2023年10月20日", 10, 10],
    [None, None, "成本指标", "每公里造价", "≤5万元", "5万元", 10, 10],
    [None, "效益指标", "社会效益指标", "受益户数", "≥8000户", "8200户", 30, 30],
    [None, "满意度指标", "服务对象满意度指标", "居民满意度", "≥90%", "91%", 10, 10],
    ["总分", None, None, None, None, None, 100, 97],
]
MERGES = "A1:I1 A2:I2 A3:C3 D3:I3 A4:C4 D4:E4 F4:G4 H4:I4 A5:A9 A10:A11 B10:E10 F10:I10 B11:E11 F11:I11 A12:A18 B13:B16 A19:F19"


def evaluated(folder: Path, change: Mapping[str, object]) -> Evaluation:
    """The evaluation of the form with some cells changed."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in FORM:
        sheet.append(row)
    for merged in MERGES.split():
        sheet.merge_cells(merged)
    for cell, value in change.items():
        sheet[cell] = value
    book.save(folder / "自评表.xlsx")
    return evaluate(load_project(folder), load_profile("self-evaluation"))


def coded(evaluation: Evaluation, code: str) -> list[Finding]:
    """The findings of one code."""
    return [each for each in evaluation.findings if each.code == code]


def test_a_form_that_agrees_is_silent(tmp_path: Path) -> None:
    """Nothing is asked of a form whose figures, dates, words and reasons fit."""
    findings = evaluated(tmp_path, {}).findings
    assert [each.message for each in findings if each.severity is not Severity.HINT] == []


@pytest.mark.parametrize(
    ("change", "code", "severity", "cell"),
    [
        ({"F13": None, "H13": 20, "H19": 99}, "actual-missing", Severity.WARNING, "F13"),
        ({"E13": None}, "target-missing", Severity.WARNING, "E13"),
        ({"F13": "已完成", "H13": 20, "H19": 99}, "actual-in-words", Severity.WARNING, "F13"),
        ({"F13": "45户"}, "actual-unit-differs", Severity.WARNING, "F13"),
        ({"F14": 0.97}, "percent-sign-missing", Severity.WARNING, "F14"),
        ({"F16": "6.5万元"}, "full-marks-target-missed", Severity.WARNING, "F16"),
        ({"F16": "6.5万元", "I16": "材料涨价"}, "full-marks-target-missed", Severity.HINT, "F16"),
        ({"F15": "2024年1月"}, "full-marks-target-missed", Severity.WARNING, "F15"),
        ({"F14": "104%"}, "share-above-whole", Severity.ERROR, "F14"),
        ({"D14": "管网利用率", "F14": "104%"}, "share-above-whole", Severity.WARNING, "F14"),
        ({"D17": "水质达标率", "E17": "≥95%", "F17": "97%"}, "indicator-repeats", Severity.WARNING, "F17"),
        ({"D13": "资金支付率", "E13": "100%", "F13": "90%"}, "indicator-misplaced", Severity.HINT, "F13"),
        (
            {"F6": 270, "H6": "108%", "I6": 10, "F7": 215, "H19": 98},
            "spent-above-budget",
            Severity.HINT,
            "F6",
        ),
        (
            {"F6": 150, "H6": "60%", "I6": 10, "F7": 95, "H19": 98},
            "execution-score-basis",
            Severity.HINT,
            "I6",
        ),
        (
            {"F6": 150, "H6": "60%", "I6": 7, "F7": 95, "H19": 95},
            "execution-score-differs",
            Severity.WARNING,
            "I6",
        ),
        (
            {"F6": None, "H6": None, "F7": None, "F8": None, "F9": None},
            "execution-score-without-rate",
            Severity.WARNING,
            "I6",
        ),
        ({"F11": "更新管网60公里"}, "goals-differ", Severity.WARNING, "F11"),
        ({"F11": "更新管网50公里，保障供水"}, "goals-copied", Severity.HINT, "F11"),
        (
            {
                "F13": "10公里",
                "H13": 4,
                "F6": 250,
                "H6": "100%",
                "I6": 10,
                "F7": 185,
                "F8": 40,
                "F9": 25,
                "F11": "供水有保障",
                "H19": 84,
            },
            "spent-without-output",
            Severity.WARNING,
            "F6",
        ),
    ],
)
def test_one_thing_wrong_is_asked_about(
    tmp_path: Path, change: dict[str, object], code: str, severity: Severity, cell: str
) -> None:
    """Each fault is one finding, at its cell, of the severity that its certainty allows."""
    found = coded(evaluated(tmp_path, change), code)
    assert [each.severity for each in found] == [severity], [each.message for each in found]
    assert cell in {each.address for each in found[0].cells}


def test_a_rate_that_may_be_above_the_whole_is_not_asked_about(tmp_path: Path) -> None:
    """完成率 above 100% is possible."""
    assert not coded(evaluated(tmp_path, {"D14": "计划完成率", "F14": "104%"}), "share-above-whole")


@pytest.mark.parametrize(("actual", "severity"), [("10200户", Severity.HINT), ("10400户", Severity.WARNING)])
def test_a_reason_is_mandatory_from_130_per_cent(tmp_path: Path, actual: str, severity: Severity) -> None:
    """127.5% of the target wants a reason; 130% itself must have one."""
    found = coded(evaluated(tmp_path, {"F17": actual}), "over-completion")
    assert [each.severity for each in found] == [severity]


def test_the_same_fault_of_several_indicators_is_one_finding(tmp_path: Path) -> None:
    """Two indicators without 完成值 are one finding that names both."""
    found = coded(evaluated(tmp_path, {"F13": None, "F17": None}), "actual-missing")
    assert [each.subject for each in found] == ["更新管网长度、受益户数"]


def _form(rows: list[list[object]]) -> pd.DataFrame:
    """A table of indicators: 二级指标, 三级指标, 指标值, 完成值, 分值, 得分."""
    heads = ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"]
    return pd.DataFrame([["产出指标", *row] for row in rows], columns=heads)


def test_a_figure_behind_the_verb_that_states_it_is_one() -> None:
    """实际完成20场 and 共182处 reach ≥20 and 160; what is not done or only about to be is no figure."""
    for text, number in (("实际完成20场", 20), ("共182处", 182), ("累计建成 35.5 公里", 35.5)):
        read = figure_in(text, "完成值").quantity
        assert read is not None
        assert float(read.value) == number
    for text in ("未完成20场", "约完成20场", "预计完成20场", "2023年完成20场", "尚未达到20场"):
        assert figure_in(text, "完成值").quantity is None


def test_full_marks_for_what_is_only_partly_done_are_told() -> None:
    """完成值 says so itself; where the 指标值 asks for no more, nothing is said."""
    frame = _form(
        [
            ["质量指标", "管护机制", "健全", "尚未建立", 50, 50],
            ["质量指标", "部分改造", "部分", "部分", 50, 50],
        ]
    )
    found = [each for each in wx.audit(frame) if each.code == "full-marks-half-done"]
    assert [each.subject for each in found] == ["管护机制"]


def test_a_cost_with_a_floor_is_told_and_a_saving_is_not() -> None:
    """≥ beside 成本指标; 节约 has a floor rightly."""
    frame = _form(
        [
            ["成本指标", "总成本", "不低于800万元", "800万元", 50, 50],
            ["成本指标", "节约成本", "≥80万元", "90万元", 50, 50],
        ]
    )
    found = [each for each in wx.audit(frame) if each.code == "cost-target-floor"]
    assert [each.subject for each in found] == ["总成本"]
