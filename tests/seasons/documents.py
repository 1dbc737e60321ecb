"""What stands beside the forms of a season: the approved goals of some projects, and the accounts; with what differs between them."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from tests.evaluation.filled_forms import Form, Line, plain
from tests.seasons.season import Entry, Planted, Season

LIKE = {
    "验收": "检验",
    "合格率": "达标率",
    "新建": "建成",
    "安装": "装设",
    "维修": "修缮",
    "改造": "更新改造",
    "服务": "上门帮扶",
    "培训": "集中培训",
}


def approve(season: Season, folder: Path, seed: int, share: float = 0.4) -> tuple[Planted, ...]:
    """Writes the approved goals (申报表) of a share of the projects; returns what a form dropped, lowered or renamed."""
    rng = random.Random(f"approved {seed}")
    folder.mkdir(parents=True, exist_ok=True)
    errors = []
    right = [entry for entry in season.entries if not entry.planted]
    for entry in rng.sample(right, round(len(right) * share)):
        lines, said = list(entry.form.lines), ""
        if rng.random() < 0.6:
            lines, said = rng.choice((_dropped, _lowered, _renamed))(lines, rng)
        _write_goals(folder / f"{entry.form.project}绩效目标申报表.xlsx", entry.form, lines)
        if said:
            errors.append(Planted(42, entry.file, entry.form.project, (), f"{entry.form.project}：{said}"))
    return tuple(errors)


def _dropped(lines: list[Line], rng: random.Random) -> tuple[list[Line], str]:
    """Returns the approved indicators, one more than the form has."""
    name, unit = rng.choice((("组织专题宣传", "场"), ("建立项目档案", "份"), ("开展现场检查", "次")))
    aim = Decimal(rng.randint(4, 30))
    zero = Decimal(0)
    more = Line("产出指标", "数量指标", name, f"≥{aim}{unit}", "", zero, zero, aim=aim, unit=unit)
    return [more, *lines], f"自评表没有批复的指标「{name}」。"


def _lowered(lines: list[Line], rng: random.Random) -> tuple[list[Line], str]:
    """Returns the approved indicators, one of them with a higher target than the form has."""
    some = [k for k, line in enumerate(lines) if line.kind == "count" and line.aim >= 5]
    if not some:
        return lines, ""
    k = rng.choice(some)
    line = lines[k]
    higher = (line.aim * rng.choice((12, 15, 20)) / 10).to_integral_value()
    changed = Line(**{**line.__dict__, "target": f"≥{plain(higher)}{line.unit}"})
    return [
        *lines[:k],
        changed,
        *lines[k + 1 :],
    ], f"指标「{line.name}」批复的指标值为{higher}，自评表为{plain(line.aim)}。"


def _renamed(lines: list[Line], rng: random.Random) -> tuple[list[Line], str]:
    """Returns the approved indicators, one of them by a like name."""
    some = [(k, old) for k, line in enumerate(lines) for old in LIKE if old in line.name]
    if not some:
        return lines, ""
    k, old = rng.choice(some)
    approved = lines[k].name.replace(old, LIKE[old])
    changed = Line(**{**lines[k].__dict__, "name": approved})
    return [
        *lines[:k],
        changed,
        *lines[k + 1 :],
    ], f"批复的指标「{approved}」在自评表中叫「{lines[k].name}」。"


def _write_goals(path: Path, form: Form, lines: list[Line]) -> None:
    rows: list[list[object]] = [
        ["项目支出绩效目标申报表"], [f"（{form.year}年度）"], ["项目名称", "", form.project],
        ["主管部门及代码", "", form.unit, "", "实施单位", form.extra["implementer"]],
        ["项目资金（万元）", "", "年度资金总额：", "", float(str(form.whole[0]))],
        ["总体目标", "", form.goal[0]], ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
    ]  # fmt: skip
    rows += [["", line.level1, line.level2, line.name, line.target] for line in lines]
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("申报表")
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)


def close_accounts(season: Season, path: Path, seed: int) -> tuple[Planted, ...]:
    """Writes what the accounts (决算) say was spent on each project; returns the forms that say otherwise."""
    rng = random.Random(f"accounts {seed}")
    errors = []
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("项目支出决算")
        sheet.write_row(0, 0, ["序号", "主管部门", "项目名称", "全年执行数（万元）"])
        for n, entry in enumerate(season.entries, 1):
            spent = _spent(entry)
            if rng.random() < 0.1:
                spent += rng.choice((Decimal("3.2"), Decimal(15), Decimal(-6)))
                errors.append(
                    Planted(
                        44,
                        entry.file,
                        entry.form.project,
                        (),
                        f"{entry.form.project}的执行数与决算不同，决算为{spent}万元。",
                    )
                )
            sheet.write_row(n, 0, [n, entry.unit, entry.form.project, float(spent)])
    return tuple(errors)


def _spent(entry: Entry) -> Decimal:
    """Returns what was spent by the form; where its amounts are in another unit or missing, by the form without that error."""
    known = entry.base if any(kind in (25, 33) for kind, _ in entry.planted) else entry.form
    return Decimal(str(known.whole[2]))
