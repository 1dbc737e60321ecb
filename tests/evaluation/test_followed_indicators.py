"""Indicators from the goals to the result: matched by what is sure, proposed where one name is left, else left open."""

from __future__ import annotations

from pathlib import Path

import pytest
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.evaluation.followed_indicators import change_of
from wenxiao.evaluation.scoring import score_rows
from wenxiao.project import load_profile, load_project

from tests.sheets.written import xlsx

RULES = load_profile("self-evaluation")
Lines = list[tuple[str, str]]
UNDER = ("产出指标", "数量指标")


def goals(lines: Lines, level: str = "数量指标") -> list[list[object]]:
    """The rows of an 申报表 with these indicators and their 指标值."""
    return [
        ["项目支出绩效目标申报表"], ["（2023年度）"], ["项目名称", "道路养护"], ["主管部门及代码", "甲市交通局", "实施单位", "甲市公路中心"],
        ["总体目标", "年度目标"], ["", "保障路网通行"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"], *(["", "产出指标", level, *line] for line in lines),
    ]  # fmt: skip


def monitored(lines: list[tuple[str, str, str, str]]) -> list[list[object]]:
    """The rows of a 监控表: 指标值, what was done by July, and 确定能 or 有可能."""
    levels = [
        "绩效指标",
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "1～7月执行情况",
        "全年预计完成情况",
    ]
    head = [*levels, "偏差原因分析", *[""] * 5, "完成目标可能性", "", "", "备注"]
    reasons = ["经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "原因说明"]
    ticks = [*[""] * 7, *reasons, "确定能", "有可能", "完全不可能", ""]
    rows = [
        [
            "",
            *UNDER,
            name,
            target,
            done,
            target,
            *[""] * 6,
            *("√" if likely == word else "" for word in ("确定能", "有可能")),
        ]
        for name, target, done, likely in lines
    ]
    return [
        ["项目支出绩效目标执行监控表"], ["（2023年度）"], ["项目名称", "道路养护"], ["主管部门及代码", "甲市交通局", "实施单位", "甲市公路中心"],
        ["项目资金（万元）", "", "年初预算数", "1～7月执行数", "1～7月执行率", "全年预计执行数"], ["", "年度资金总额", 500, 200, "40%", 500],
        ["年度总体目标", "保障路网通行"], head, ticks, *rows,
    ]  # fmt: skip


def result(lines: list[tuple[str, str, str, str]], year: int = 2023, spent: int = 480) -> list[list[object]]:
    """The rows of a 自评表: 指标值, 完成值 and the reason of each indicator."""
    weight = 90 / len(lines) if lines else 0
    return [
        ["项目支出绩效自评表"], [f"（{year}年度）"], ["项目名称", "", "", "道路养护"],
        ["主管部门", "", "", "甲市交通局", "", "实施单位", "", "甲市公路中心"],
        ["项目资金（万元）", "", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["", "年度资金总额", "", 500, 500, spent, 10, f"{spent / 5:.2f}%", spent / 50],
        ["年度总体目标", "预期目标", "", "", "", "实际完成情况"], ["", "保障路网通行", "", "", "", "路网通行有保障"],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
        *(["", *UNDER, name, target, done, weight, weight, why] for name, target, done, why in lines),
        ["总分", "", "", "", "", "", 100, 90 + spent / 50],
    ]  # fmt: skip


def of(folder: Path, **forms: list[list[object]]) -> Evaluation:
    """The evaluation of the project that forms in files of a folder make up."""
    for name, rows in forms.items():
        xlsx(folder / f"{name}.xlsx", rows)
    return evaluate(load_project(folder), RULES)


def changes(evaluation: Evaluation) -> dict[str, str]:
    """What became of each indicator."""
    return {each.name: each.change for each in evaluation.followed}


def codes(evaluation: Evaluation) -> list[str]:
    """The codes of what is said of indicators between documents."""
    return sorted(
        f.code for f in evaluation.findings if f.code.startswith(("target-", "indicator-", "forecast"))
    )


def test_three_documents_of_one_project_are_one_project_with_the_money_of_the_result(tmp_path: Path) -> None:
    """Goals, monitoring and self-evaluation are no versions of each other; what was spent is what the result says."""
    lines = [("养护里程", "≥120公里", "60公里", "确定能"), ("桥梁检测", "≥10座", "3座", "有可能")]
    done = [("养护里程", "≥120公里", "110公里", "雨季"), ("桥梁检测", "≥10座", "9座", "雨季")]
    evaluation = of(tmp_path, a=goals([line[:2] for line in lines]), b=monitored(lines), c=result(done))
    assert not evaluation.project.projects
    assert evaluation.execution.text == "96.00%"
    assert evaluation.funds is not None
    assert evaluation.funds.total.amounts["spent"].text == "480.00"
    assert [*evaluation.followed[0].stated] == ["goals", "monitoring", "self_evaluation"]
    assert (evaluation.followed[0].change, evaluation.followed[0].met) == ("一致", False)
    assert codes(evaluation) == ["forecast-missed"]


def test_lowered_dropped_and_added_are_said_with_cells(tmp_path: Path) -> None:
    """A lower target without a reason and a dropped indicator are 警示 at their cells, an added one a 提示."""
    evaluation = of(
        tmp_path,
        a=goals([("养护里程", "≥120公里"), ("桥梁检测", "≥10座")]),
        b=result([("养护里程", "≥100公里", "105公里", ""), ("信息系统上线", "1套", "1套", "")]),
    )
    assert changes(evaluation) == {"养护里程": "指标值调低", "桥梁检测": "删去", "信息系统上线": "新增"}
    assert codes(evaluation) == ["indicator-added", "indicator-dropped", "target-lowered"]
    lowered = next(each for each in evaluation.findings if each.code == "target-lowered")
    assert (lowered.severity.label, "按原指标值没有完成" in lowered.message) == ("警示", True)
    assert {cell.file for cell in lowered.cells} == {"a.xlsx", "b.xlsx"}
    moved, share = evaluation.followed[0].measures
    assert (moved.text_with_unit, share.text) == ("−20公里", "−16.67%")


def test_a_lower_target_with_the_reason_for_it_is_a_hint(tmp_path: Path) -> None:
    """A reason that speaks of an adjustment is quoted and makes it a 提示."""
    evaluation = of(
        tmp_path,
        a=goals([("养护里程", "≥120公里")]),
        b=result([("养护里程", "≥100公里", "105公里", "经批复调整")]),
    )
    lowered = next(each for each in evaluation.findings if each.code == "target-lowered")
    assert (lowered.severity.label, "经批复调整" in lowered.message) == ("提示", True)


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("≥120公里", "≥100公里", "指标值调低"), ("≥120公里", "≥130公里", "指标值调高"), ("≤5万元", "≤6万元", "指标值调低"),
        ("≤5万元", "≤4万元", "指标值调高"), ("≥10公里", "≥10000米", "一致"), ("≥10公里", "≥9000米", "指标值调低"),
        ("≥10公里", "≥10次", "单位改变"), ("≥95%", "≥90%", "指标值调低"), ("≥95%", "95分", "单位改变"),
        ("2023年10月底前", "2023年12月底前", "指标值调低"), ("2023年11月", "2023年10月", "指标值调高"), ("＝100%", "＝90%", "指标值改变"),
        ("≥5个", "≤5个", "指标值改变"), ("有所提高", "明显提高", "指标值改变"), ("≥ 5个", "≥5个", "一致"), ("≥5个", "", "指标值未填"),
    ],
)  # fmt: skip
def test_the_direction_of_a_target_says_what_is_lower(
    tmp_path: Path, before: str, after: str, change: str
) -> None:
    """Of a limit a higher number is lower, of a date a later one; units of one dimension convert, others do not compare."""
    header = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"]
    xlsx(
        tmp_path / "a.xlsx",
        [
            ["评分表"],
            header,
            *(["产出", "数量", f"甲{n}", text, "1", 5, 5] for n, text in enumerate((before, after))),
        ],
    )
    (table,) = load_project(tmp_path).of_kind("scorecard")
    old, new = score_rows(table)
    assert change_of(old, new) == change


def test_one_name_left_on_either_side_is_proposed_and_never_taken_for_sure(tmp_path: Path) -> None:
    """A near name under the same level is a proposal (提示), and its lower target no 警示."""
    evaluation = of(
        tmp_path,
        a=goals([("养护里程", "≥120公里"), ("桥梁检测", "≥10座")]),
        b=result([("养护里呈", "≥100公里", "105公里", ""), ("桥梁检测", "≥10座", "10座", "")]),
    )
    assert changes(evaluation) == {"养护里程": "更名（建议）", "桥梁检测": "一致"}
    assert codes(evaluation) == ["indicator-renamed"]
    assert evaluation.followed[0].met_as_declared is None


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (["路面和桥梁养护"], ["路面桥梁养护甲", "路面桥梁养护乙"], {"路面和桥梁养护": "未能对应"}),
        (
            ["路面养护甲段", "路面养护丙段"],
            ["路面养护"],
            {"路面养护甲段": "未能对应", "路面养护丙段": "未能对应"},
        ),
        (["养护1号路"], ["养护2号路"], {"养护1号路": "删去", "养护2号路": "新增"}),
        (["东片养护"], ["西片养护"], {"东片养护": "删去", "西片养护": "新增"}),
    ],
)
def test_split_merged_and_numbered_names_are_not_guessed(
    tmp_path: Path, before: list[str], after: list[str], said: dict[str, str]
) -> None:
    """Several candidates are named and left open; a number or an opposite in the name makes another indicator."""
    old = [(name, f"≥{number}公里") for number, name in enumerate(before, 50)]
    new = [(name, f"≥{number}公里", f"{number}公里", "") for number, name in enumerate(after, 70)]
    found = changes(of(tmp_path, a=goals(old), b=result(new)))
    assert {name: found[name] for name in said} == said


def test_one_document_is_followed_through_nothing(tmp_path: Path) -> None:
    """A self-evaluation alone has no indicators to compare with."""
    assert not of(tmp_path, a=result([("养护里程", "≥120公里", "120公里", "")])).followed
