"""The synthetic season that ships as an example, `data/_自评示例（合成数据）`: `python -m scripts.season_example`.

Seven forms of three units and a list of eight projects, every figure invented; some errors are planted so that there is
something to find.
"""

from __future__ import annotations

import random
from pathlib import Path

import xlsxwriter

from tests.evaluation.filled_forms import PLANTS, Form, lay_out, make, write

FOLDER = Path(__file__).resolve().parents[1] / "data" / "_自评示例（合成数据）"
FORMS = (
    ("市交通运输局", "农村公路养护", "道路养护", ".xlsx", ""),
    ("市交通运输局", "桥梁维修", "道路养护", ".xls", "3 得分大于分值"),
    ("市交通运输局", "城市公交补贴", "公益性岗位补贴", ".docx", ""),
    ("市水利局", "农村饮水安全巩固提升", "农村饮水安全", ".xlsx", "6 未达标满分"),
    ("市水利局", "小型水库维护", "农村饮水安全", ".xlsx", ""),
    ("市教育局", "校舍维修改造", "校舍维修", ".docx", "19 超预算"),
    ("市教育局", "义务教育薄弱环节改善", "校舍维修", ".xls", ""),
)
"""Unit, project, what its indicators are of, container, error planted."""
LACKING = ("市水利局", "山洪灾害防治", 186)


def form(seed: int, unit: str, project: str, pool: str) -> Form:
    """Returns a form of the official layout with these indicators."""
    for number in range(seed * 1000, seed * 1000 + 1000):
        made = make(random.Random(number), plain_layout=True)
        if made.project == pool and made.layout["style"] == "official":
            made.unit, made.project = unit, project
            return made
    raise ValueError(pool)


def main() -> None:
    """Writes the folder anew."""
    lines = [(LACKING[0], LACKING[1], LACKING[2])]
    for seed, (unit, project, pool, suffix, plant) in enumerate(FORMS, 1):
        made = form(seed, unit, project, pool)
        if plant:
            PLANTS[plant](made, random.Random(seed))
        path = FOLDER / unit / f"{project}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, [lay_out(made)])
        lines.append((unit, project, made.whole[1]))
    with xlsxwriter.Workbook(FOLDER / "项目清单.xlsx") as book:
        sheet = book.add_worksheet("项目清单")
        sheet.write_row(0, 0, ["项目清单（合成数据，不是真实项目）"])
        sheet.write_row(1, 0, ["序号", "主管部门", "项目名称", "预算数（万元）"])
        for row, (unit, project, budget) in enumerate(sorted(lines, key=str), 2):
            sheet.write_row(row, 0, [row - 1, unit, project, float(budget)])


if __name__ == "__main__":
    main()
