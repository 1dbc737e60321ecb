"""Every check as a user meets it: a workbook is written, read and evaluated, and says what a clerk can act on."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import yaml
from wenxiao.evaluation import Evaluation, checks, evaluate
from wenxiao.model import Role, Severity
from wenxiao.project import load_profile, load_project

Sheets = dict[str, list[list[object]]]

WORKBOOKS = yaml.safe_load((Path(__file__).parent / "workbooks.yaml").read_text("utf-8"))
FIGURES = {code for check in checks() if check.constrain for code in check.codes}


def read(folder: Path, sheets: Sheets) -> Evaluation:
    """The evaluation of a workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    book.save(folder / "表.xlsx")
    return evaluate(load_project(folder), load_profile())


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_with_one_thing_wrong(name: str, tmp_path: Path) -> None:
    """The check fires with its sentence, the cells it rests on, and what to do."""
    case = WORKBOOKS[name]
    findings = [each for each in read(tmp_path, case["sheets"]).findings if each.code == case["code"]]
    assert case["sentence"] in [each.message for each in findings]
    assert all(each.cells and each.remedy and each.subject for each in findings)


def test_a_clean_workbook_is_silent(tmp_path: Path) -> None:
    """Figures that agree raise no difference, whole numbers and decimals alike."""
    evaluation = read(
        tmp_path,
        {
            "资金": [
                ["资金情况表", "", "", "单位：万元"],
                ["资金来源", "预算数", "支出数", "执行率"],
                ["中央资金", 100, 80, "80%"],
                ["省级资金", 50, 40, "80%"],
                ["合计", 150, 120, "80%"],
            ],
            "得分": [
                ["各县区得分表"],
                ["县区", "决策（20分）", "产出（80分）", "得分", "名次", "等级"],
                ["甲县", 18, 75, 93, 1, "优"],
                ["乙县", 17.5, 70.5, 88, 2, "良"],
                ["丙县", 19, 69, 88, 2, "良"],
            ],
        },
    )
    assert not [each for each in evaluation.findings if each.severity is Severity.ERROR]
    assert not [each for each in evaluation.findings if each.code in FIGURES]
    assert [Role(int(role)) for role in evaluation.project.tables[0].roles][-1] is Role.TOTAL


@pytest.mark.parametrize("ranks", [(1, 2, 2, 4), (1, 2, 2, 3), (1, 2.5, 2.5, 4), (1, 2, 3, 4), (1, 3, 2, 4)])
def test_any_way_of_numbering_ties_is_right(ranks: tuple[float, ...], tmp_path: Path) -> None:
    """Competition, dense, average and consecutive ranks are no difference, nor is either order inside a tie."""
    rows = [
        [f"{name}县", score, rank]
        for name, score, rank in zip("甲乙丙丁", (95, 90, 90, 80), ranks, strict=True)
    ]
    evaluation = read(tmp_path, {"得分": [["各县区得分表"], ["县区", "得分", "名次"], *rows]})
    assert "rank-differs" not in {each.code for each in evaluation.findings}


def test_targets_read_as_figures_count(tmp_path: Path) -> None:
    """指标值 and 完成值 that the reader took for figures (10个, 46) are scored like those it left as text (≥90%)."""
    rows = [
        ["产出指标", "数量指标", "改造小区数", "10个", "8个", 50, 40, "进度慢"],
        ["效益指标", "社会效益指标", "受益户数", 100, 100, 40, 40, ""],
        ["满意度指标", "服务对象满意度", "居民满意度", "≥90%", "92%", 10, 10, ""],
    ]
    head = [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
    ]
    read(tmp_path, {"自评表": [["项目支出绩效自评表"], head, *rows]})
    scores = evaluate(load_project(tmp_path), load_profile("self-evaluation")).scoring
    assert [(each.row.target_text, each.row.actual_text, each.computed.text) for each in scores] == [
        ("10个", "8个", "40.00"),
        ("100", "100", "40.00"),
        ("≥90%", "92%", "10.00"),
    ]
