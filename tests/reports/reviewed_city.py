"""A synthetic city of two counties that has been reviewed: 评分底稿, 问题清单, 证据清单 and 意见采纳表 as workbooks."""

from __future__ import annotations

from pathlib import Path

import openpyxl

OWN, PEER = "甲县", "乙县"
HOUSE = (
    "证据内容甲",
    "E-甲01",
    "反馈甲已整改",
    "理由甲在基准日后",
    "意见内容甲",
    "编制人甲",
    "复核人甲",
    "计算过程甲",
    "初评说明甲",
    "缺证决定人甲",
)
"""Words of the city's sheets that must not leave the house."""
PUBLIC = ("2 个小区支出滞后", "责任单位甲")
"""Words that may."""

_HEADS = ["一级指标", "二级指标", "三级指标", "分值", "计算过程", "自评分", "初评分", "初评说明", "终评分", "得分", "扣分", "扣分原因",
          "证据编号", "缺证处理", "决定人", "决定日期", "编制人", "编制日期", "复核人", "复核日期"]  # fmt: skip


def _sheet(rows: list[tuple[str, str, str, int, float, str]]) -> list[list[object]]:
    return [
        [*path, weight, "计算过程甲", weight, score, "初评说明甲", score, score, weight - score, reason, evidence,
         "" if evidence else "不扣分", "" if evidence else "缺证决定人甲", "" if evidence else "2025-03-02",
         "编制人甲", "2025-03-01", "复核人甲", "2025-03-10"]
        for *path, weight, score, reason in rows
        for evidence in ["E-甲01" if score < weight else ""]
    ]  # fmt: skip


def write(folder: Path) -> None:
    """Writes the city's project folder."""
    own = [
        ("过程", "资金管理", "预算执行率", 40, 38.5, "支出滞后"),
        ("产出", "产出质量", "质量达标率", 60, 60, ""),
    ]
    peer = [
        ("过程", "资金管理", "预算执行率", 40, 40, ""),
        ("产出", "产出质量", "质量达标率", 60, 57, "验收不合格"),
    ]
    sheets: dict[str, list[list[object]]] = {
        "项目基本情况": [["项目基本情况表（虚构示例）"], ["事项", "填写内容"], ["项目名称", "虚构市改造资金"], ["年度", "2024"]],
        "分县区情况": [
            ["分县区情况表（虚构示例）", "", "单位：万元"],
            ["县区", "预算数", "支出数"],
            [OWN, 1200, 980.5],
            [PEER, 800, 800],
        ],
        f"{OWN}评分底稿": [[f"{OWN}评分底稿"], _HEADS, *_sheet(own)],
        f"{PEER}评分底稿": [[f"{PEER}评分底稿"], _HEADS, *_sheet(peer)],
        "问题清单": [
            ["问题清单", "", "", "", "", "单位：万元"],
            ["编号", "县区", "问题", "三级指标", "扣分", "金额", "证据编号", "页码", "责任单位", "反馈", "是否采纳", "理由"],
            [1, OWN, "2 个小区支出滞后", "预算执行率", 1.5, 219.5, "E-甲01", 3, "责任单位甲", "反馈甲已整改", "不采纳", "理由甲在基准日后"],
            [2, PEER, "1 个小区验收不合格", "质量达标率", 3, 46.2, "E-甲01", 4, "责任单位乙", "反馈乙", "采纳", "理由乙"],
        ],
        "证据清单": [["证据清单"], ["证据编号", "名称", "县区"], ["E-甲01", "证据内容甲", OWN]],
        "意见采纳表": [
            ["意见采纳表"],
            ["编号", "提出单位", "日期", "意见内容", "对应内容", "是否采纳", "理由/修改情况"],
            [1, "甲县财政局", "2025-04-01", "意见内容甲", "三（二）", "采纳", "已改"],
        ],
    }  # fmt: skip
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    folder.mkdir(parents=True)
    book.save(folder / "复核.xlsx")
