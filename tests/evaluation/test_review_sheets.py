"""问题清单, 证据清单 and 意见采纳表 as values, on synthetic sheets."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import openpyxl
from wenxiao.evaluation import Adoption, Evaluation, Presence, evaluate, open_opinions
from wenxiao.project import InputFile, load_profile, load_project

from tests.evaluation.made import evaluated, made
from tests.evaluation.sheets_of_review import evidence

SHEETS: dict[str, list[list[object]]] = {
    "问题清单": [
        ["虚构市问题清单", "", "", "", "", "单位：万元"],
        [
            "编号",
            "县区",
            "问题",
            "三级指标",
            "扣分",
            "金额",
            "证据编号",
            "页码",
            "责任单位",
            "反馈",
            "是否采纳",
            "理由",
        ],
        [
            1,
            "甲县",
            "2 个小区支出滞后",
            "预算执行率",
            1.5,
            120.5,
            "E-01、E-02",
            "12",
            "甲县住建局",
            "已整改",
            "不采纳",
            "整改在基准日后",
        ],
    ],
    "证据清单": [
        ["证据清单"],
        ["证据编号", "名称", "县区", "文件", "页码", "SHA-256"],
        ["E-01", "支付凭证", "甲县", "支付凭证.pdf", "1-3", ""],
        ["E-02", "拨款文件", "甲县", "", "", "未提供"],
    ],
    "意见采纳表": [
        ["意见采纳表"],
        ["编号", "提出单位", "日期", "意见内容", "对应内容", "是否采纳", "理由/修改情况"],
        [1, "甲县财政局", "2024-05-01", "执行率口径应写明", "三（二）", "采纳", "已写明"],
        [2, "乙县财政局", "2024-05-03", "问题 2 已整改", "五（二）", "不采纳", ""],
        [3, "丙县财政局", "2024-05-04", "数据有误", "二", "", ""],
    ],
}


def read(folder: Path) -> Evaluation:
    """The evaluation of a folder with the sheets, and with one file of evidence."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in SHEETS.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    book.save(folder / "复核.xlsx")
    (folder / "evidence").mkdir()
    (folder / "evidence" / "支付凭证.pdf").write_bytes(b"%PDF")
    return evaluate(load_project(folder), load_profile())


def test_the_sheets_are_read_as_they_are(tmp_path: Path) -> None:
    """Each problem, piece of evidence and opinion has its fields, figures with their cells."""
    evaluation = read(tmp_path)
    (problem,) = evaluation.problems
    assert (problem.number, problem.district, problem.indicator, problem.page) == (
        "1",
        "甲县",
        "预算执行率",
        "12",
    )
    assert problem.evidence == ("E-01", "E-02")
    assert (problem.amount.text, problem.deduction.text) == ("120.5万元", "1.5分")
    assert problem.deduction.cell is not None
    assert problem.deduction.cell.address == "E3"
    assert (problem.responsible, problem.feedback, problem.adopted, problem.grounds) == (
        "甲县住建局",
        "已整改",
        Adoption.REFUSED,
        "整改在基准日后",
    )
    assert [each.presence for each in evaluation.evidence] == [Presence.FOUND, Presence.NOT_PROVIDED]
    assert [each.name for each in open_opinions(evaluation.opinions)] == [
        "意见 2（乙县财政局）",
        "意见 3（丙县财政局）",
    ]
    assert [each.on for each in evaluation.opinions][:1] == ["2024-05-01"]


def test_evidence_is_part_of_what_a_project_is_read_from(tmp_path: Path) -> None:
    """A file put into the evidence folder later is seen, without any other change."""
    assert [file.name for file in read(tmp_path).project.evidence] == ["支付凭证.pdf"]
    (tmp_path / "evidence" / "甲县").mkdir()
    (tmp_path / "evidence" / "甲县" / "拨款文件.pdf").write_bytes(b"%PDF")
    assert [file.name for file in load_project(tmp_path).evidence] == ["支付凭证.pdf", "甲县/拨款文件.pdf"]


def test_a_file_is_told_by_its_hash() -> None:
    """A file that is not there is 文件缺; one with another hash than the list states is 校验码不符."""
    listed = evidence(file=["支付凭证.pdf", "证据/验收单.pdf"], sha256=["a" * 64, ""])
    there = [InputFile("支付凭证.pdf", "b" * 64), InputFile("验收单.pdf", "c" * 64)]
    assert [each.presence for each in evaluated(listed).evidence] == [Presence.ABSENT, Presence.ABSENT]
    assert [each.presence for each in evaluated(listed, evidence=there).evidence] == [
        Presence.CHANGED,
        Presence.FOUND,
    ]


def test_a_list_without_files_is_not_held_against_any() -> None:
    """A 证据清单 of names only says nothing of files."""
    table = made("evidence", {"evidence_number": ["E-01"], "evidence_name": ["支付凭证"]})
    assert [each.presence for each in evaluated(table).evidence] == [Presence.UNCHECKED]


def test_points_of_a_problem_are_exact() -> None:
    """0.1 and 0.2 make 0.3."""
    table = made(
        "problems", {"problem": ["一", "二"], "level3": ["满意度", "满意度"], "deduction": ["0.1", "0.2"]}
    )
    scores = made("scorecard", {"level1": ["满意度"], "weight": ["100"], "score": ["99.7"]})
    (tied,) = evaluated(scores, table).deductions.each
    assert tied.listed is not None
    assert tied.listed.number == Fraction(3, 10)
