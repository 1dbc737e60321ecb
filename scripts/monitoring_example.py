"""The synthetic example of monitoring that ships, `data/_监控示例（合成数据）`: `python -m scripts.monitoring_example`.

A list of the spending of five projects by month, one of them without a budget and one with a month missing, and the monitoring
forms of two; every figure is invented, the layouts are reconstructed (docs/forms.md).
"""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

FOLDER = Path(__file__).resolve().parents[1] / "data" / "_监控示例（合成数据）"
MONTHS = 8
SPENT: tuple[tuple[str, float | None, tuple[float | None, ...]], ...] = (
    ("农村公路养护", 860, (20, 35, 60, 80, 95, 110, 72, 88)),
    ("桥梁维修", 420, (0, 0, 15, 40, 35, 30, 20, 25)),
    ("公交站台改造", 150, (12, 15, 14, 13, 12, 16, 14, 15)),
    ("交通信号灯更新", None, (5, 8, 6, 4, 9, 7, 6, 5)),
    ("航道疏浚", 300, (10, 20, 25, None, 30, 28, 26, 24)),
)
"""Project, budget, what was spent in each month."""
FORMS = (
    (
        "农村公路养护", 860, 472, 850,
        (
            ("产出指标", "数量指标", "养护里程", "≥320公里", "196公里", "320公里", ""),
            ("产出指标", "数量指标", "安装护栏", "≥45公里", "41公里", "45公里", ""),
            ("产出指标", "质量指标", "验收合格率", "≥98%", "98.5%", "98.5%", ""),
            ("产出指标", "成本指标", "每公里养护成本", "≤2.6万元", "2.4万元", "2.5万元", ""),
            ("满意度指标", "服务对象满意度指标", "沿线群众满意度", "≥90%", "", "≥90%", ""),
        ),
    ),
    (
        "桥梁维修", 420, 140, 300,
        (
            ("产出指标", "数量指标", "维修桥梁", "≥12座", "5座", "9座", "汛期停工，三座桥顺延到下年"),
            ("产出指标", "质量指标", "验收合格率", "=100%", "100%", "100%", ""),
            ("效益指标", "社会效益指标", "解除限载的桥梁", "≥8座", "2座", "6座", ""),
        ),
    ),
)  # fmt: skip
"""Project, budget, spent by the end of July, expected for the year, indicators."""


def listed(book: xlsxwriter.Workbook) -> None:
    """Writes the list by month."""
    sheet = book.add_worksheet("序时进度")
    sheet.write_row(0, 0, [f"2025年1—{MONTHS}月项目支出序时进度表（合成数据，不是真实项目）"])
    sheet.write_row(1, 0, ["单位：万元"])
    months = [f"{month}月" for month in range(1, MONTHS + 1)]
    sheet.write_row(2, 0, ["序号", "项目名称", "全年预算数", *months, "累计支出", "执行率", "备注"])
    for row, (name, budget, spent) in enumerate(SPENT, 3):
        whole = sum(each or 0 for each in spent)
        rate = f"{whole / budget:.2%}" if budget else None
        sheet.write_row(row, 0, [row - 2, name, budget, *spent, whole, rate])


def form(
    book: xlsxwriter.Workbook,
    name: str,
    budget: int,
    spent: int,
    expected: int,
    lines: tuple[tuple[str, ...], ...],
) -> None:
    """Writes a monitoring form by 财预〔2019〕136号."""
    sheet = book.add_worksheet(name)
    money = [budget, spent, f"{spent / budget:.2%}", expected]
    rows: list[list[object]] = [
        ["项目支出绩效目标执行监控表"],
        ["（2025年度）（合成数据，不是真实项目）"],
        ["项目名称", None, None, name],
        ["主管部门及代码", None, None, "市交通运输局", None, "实施单位", "市公路养护中心"],
        ["项目资金（万元）", None, None, "年初预算数", "1~7月执行数", "1~7月执行率", "全年预计执行数"],
        [None, "年度资金总额", None, *money],
        [None, "其中：本年一般公共预算拨款", None, *money],
        [
            "绩效指标",
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "1~7月执行情况",
            "全年预计完成情况",
            "偏差原因分析",
        ],
    ]
    for row, cells in enumerate([*rows, *([None, *line] for line in lines)]):
        sheet.write_row(row, 0, cells)


def main() -> None:
    """Writes the folder anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(FOLDER / "序时进度表.xlsx") as book:
        listed(book)
    with xlsxwriter.Workbook(FOLDER / "绩效监控表.xlsx", {"strings_to_formulas": False}) as book:
        for each in FORMS:
            form(book, *each)


if __name__ == "__main__":
    main()
