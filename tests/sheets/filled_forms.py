"""Forms of every layout of the field, filled in at random, every figure with what it means; written from the layouts alone.

A sheet is rows of cells: a label, a text, a `Told`, ACROSS or DOWN for what a merged cell covers, None for an empty cell.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path

import docx
import xlsxwriter

ACROSS, DOWN = "⇒", "⇓"


@dataclass(frozen=True)
class Told:
    """What stands in a cell and what it means: kind of table, field, the figure with its unit, what names its row."""

    written: object
    kind: str
    key: str
    means: str
    of: str = ""


Cell = object
Rows = list[list[Cell]]


@dataclass
class Part:
    """A block of a form; `fixed` where it cannot stand elsewhere, `header` how many of its rows a new page repeats."""

    rows: Rows
    fixed: bool = False
    header: int = 0


@dataclass
class Filled:
    """One filled form: the key of its layout, its project, its parts, and what the whole of it says."""

    form: str
    project: str
    parts: list[Part]
    width: int
    budget: Decimal | None = None
    spent: Decimal | None = None
    score: Decimal | None = None
    profile: str = "self-evaluation"


@dataclass
class Sheet:
    """A form as rows without marks, its merged ranges (0-based, ends included), and what its cells mean by place."""

    rows: Rows = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    told: dict[tuple[int, int], Told] = field(default_factory=dict)


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """Returns the value rounded half up."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


class Writer:
    """What units write, by chance: amounts, names, indicators."""

    def __init__(self, rng: random.Random, project: str) -> None:
        self.rng, self.project, self.words = rng, project, 0

    def name(self, stem: str) -> str:
        """Returns a name that no other row has."""
        self.words += 1
        return f"{stem}{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥'[self.words % 22]}{self.words}号"

    def amount(self, low: int = 20, high: int = 900) -> Decimal:
        """Returns an amount with at most two decimals."""
        return rounded(Decimal(self.rng.uniform(low, high)), self.rng.choice((0, 1, 2)))

    def money(self, value: Decimal, kind: str, key: str, of: str = "") -> Told:
        """Returns an amount of 万元 as a number, or as a text with commas."""
        written: object = f"{value:,.2f}" if self.rng.random() < 0.3 else float(value)
        return Told(written, kind, key, f"{value.normalize():f}万元", of)

    def rate(self, above: Decimal, below: Decimal, kind: str, key: str, of: str = "") -> Told:
        """Returns a rate as it is printed, with two decimals."""
        value = rounded(above / below * 100)
        return Told(f"{value}%", kind, key, f"{value.normalize():f}%", of)

    def points(self, value: Decimal | int, kind: str, key: str, of: str = "") -> Told:
        """Returns points."""
        return Told(float(value), kind, key, f"{Decimal(value).normalize():f}分", of)

    def sources(self, names: tuple[str, ...], columns: int = 3) -> list[list[Decimal]]:
        """Returns the whole and its parts: initial budget, budget, spent."""
        parts = []
        for _ in names[1:]:
            budget = self.amount()
            spent = rounded(budget * self.rng.randint(80, 100) / 100)
            parts.append([rounded(budget * Decimal("1.1")), budget, spent][-columns:])
        return [[sum(each, Decimal(0)) for each in zip(*parts, strict=True)], *parts]

    def lines(self, weights: tuple[int, ...]) -> list[Line]:
        """Returns indicators under all levels, the first with a shortfall; every score by its own target."""
        levels = [
            ("产出指标", "数量指标"), ("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"), ("产出指标", "成本指标"),
            ("效益指标", "社会效益指标"), ("满意度指标", "服务对象满意度指标"),
        ]  # fmt: skip
        made = []
        for number, ((level1, level2), weight) in enumerate(zip(levels, weights, strict=True)):
            full = Decimal(weight)
            count = self.rng.randint(4, 30) * 10
            if number == 0:
                done = count * 9 // 10
                made.append(
                    Line(
                        level1,
                        level2,
                        self.name("养护路段"),
                        f"≥{count}公里",
                        f"{done}公里",
                        full,
                        rounded(full * done / count),
                        "雨季停工，下年补做",
                        f"≥{count}公里",
                        f"{done}公里",
                    )
                )
            elif number == 1:
                made.append(Line(level1, level2, self.name("处置点位"), count, count + 1, full, full, "", str(count), str(count + 1)))  # fmt: skip
            elif level2 == "成本指标":
                made.append(Line(level1, level2, self.name("单位成本"), "≤5万元", "4.8万元", full, full, "", "≤5万元", "4.8万元"))  # fmt: skip
            elif level1 == "效益指标":
                made.append(Line(level1, level2, self.name("受益人口"), "≥10万人", "10.2万人", full, full, "", "≥10万人", "10.2万人"))  # fmt: skip
            else:
                made.append(
                    Line(
                        level1,
                        level2,
                        self.name("达标率" if level1 == "产出指标" else "群众满意度"),
                        "≥90%",
                        "93.5%",
                        full,
                        full,
                        "",
                        "≥90%",
                        "93.5%",
                    )
                )
        return made

    def block(
        self, label: str, kind: str, columns: tuple[tuple[str, str], ...], lines: list[Line], width: int
    ) -> Part:
        """Returns the block of indicators: a header, a row each, levels merged down; `columns` are header and key."""
        rows: Rows = [padded([label, *(header for header, _ in columns)], width)]
        before = ("", "")
        for line in lines:
            row: list[Cell] = [DOWN]
            for header, key in columns:
                match key:
                    case "level1":
                        row.append(DOWN if before[0] == line.level1 else line.level1)
                    case "level2":
                        row.append(DOWN if before == (line.level1, line.level2) else line.level2)
                    case "level3":
                        row.append(
                            f"{line.name}（{line.weight}分）"
                            if "weight" not in dict(columns).values()
                            and kind == "scorecard"
                            and "得分" in header
                            else line.name
                        )
                    case "target" | "self_target":
                        row.append(Told(line.target, kind, "target", line.target_means, line.name))
                    case "actual" | "actual_to_date" | "actual_expected" | "self_actual":
                        row.append(Told(line.actual, kind, key, line.actual_means, line.name))
                    case "weight":
                        row.append(self.points(line.weight, kind, key, line.name))
                    case "score" | "self_score":
                        row.append(self.points(line.score, kind, key, line.name))
                    case "reason":
                        row.append(line.reason or self.rng.choice((None, "无")))
                    case _:
                        row.append(None)
            rows.append(padded(row, width))
            before = (line.level1, line.level2)
        return Part(rows, header=1)


@dataclass
class Line:
    """One indicator; `target_means` and `actual_means` are what its cells say, as text."""

    level1: str
    level2: str
    name: str
    target: object
    actual: object
    weight: Decimal
    score: Decimal
    reason: str
    target_means: str
    actual_means: str


def padded(row: list[Cell], width: int) -> list[Cell]:
    """Returns the row as wide as the form."""
    return [*row, *[None] * (width - len(row))]


def wide(text: Cell, width: int) -> list[Cell]:
    """Returns a cell merged over so many columns."""
    return [text, *[ACROSS] * (width - 1)]


def bare(label: str) -> str:
    """Returns a label without 其中 and without its colon."""
    return label.removeprefix("其中：").rstrip("：")


SOURCES = ("年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金")
WEIGHTS = (15, 10, 10, 10, 5, 30, 10)
L1_COLUMNS = (
    ("一级指标", "level1"), ("二级指标", "level2"), ("三级指标", "level3"), ("年度指标值", "target"), ("实际完成值", "actual"), ("分值", "weight"),
    ("得分", "score"), ("偏差原因分析及改进措施", "reason"),
)  # fmt: skip


def funds(w: Writer, label: str, headers: tuple[str, ...], names: tuple[str, ...], amounts: list[list[Decimal]], points: int) -> Part:  # fmt: skip
    """Returns the block of money of nine columns: 年初, 全年, 执行, 分值, 执行率, 得分; points stand in the row of the whole."""
    rows: Rows = [[label, "", ACROSS, *headers]]
    for number, (name, (initial, budget, spent)) in enumerate(zip(names, amounts, strict=True)):
        dash = w.rng.choice((None, "—"))
        rate = w.rate(spent, budget, "funds", "execution_rate", name)
        score = rounded(spent / budget * points)
        rows.append([
            DOWN, name, ACROSS, w.money(initial, "funds", "initial_budget", name), w.money(budget, "funds", "budget", name),
            w.money(spent, "funds", "spent", name), w.points(points, "funds", "weight", name) if number == 0 else dash, rate,
            w.points(score, "funds", "score", name) if number == 0 else dash,
        ])  # fmt: skip
    return Part(rows)


def goals(label: str, expected: str, achieved: str, left: int, right: int) -> Part:
    """Returns the block of goals: what was meant, what was reached."""
    return Part([
        [label, *wide(expected, left), *wide(achieved, right)],
        [DOWN, *wide(Told("保障路网通行", "goals", "expected", "保障路网通行"), left), *wide(Told("路网通行有保障", "goals", "achieved", "路网通行有保障"), right)],
    ])  # fmt: skip


def scored(
    w: Writer,
    key: str,
    title: str,
    head: Rows,
    label: str,
    names: tuple[str, ...],
    between: tuple[Part, ...] = (),
    after: tuple[Part, ...] = (),
) -> Filled:
    """Returns a form of nine columns with 10 points for execution and 90 for indicators."""
    amounts = w.sources(names)
    lines = w.lines(WEIGHTS)
    money = funds(w, label, ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"), names, amounts, 10)  # fmt: skip
    total = rounded(amounts[0][2] / amounts[0][1] * 10) + sum((line.score for line in lines), Decimal(0))
    end = [
        *wide("总分", 6),
        w.points(100, "scorecard", "weight"),
        w.points(total, "scorecard", "score"),
        None,
    ]
    return Filled(key, w.project, [
        Part([wide(title, 9), wide("（2023年度）", 9), *head], True), *between, money, goals("年度总体目标", "预期目标", "实际完成情况", 4, 4),
        w.block("绩效指标", "scorecard", L1_COLUMNS, lines, 9), *after, Part([end], True),
    ], 9, amounts[0][1], amounts[0][2], total)  # fmt: skip


def l1(w: Writer) -> Filled:
    """项目支出绩效自评表, 10号 附1."""
    head = [
        [*wide("项目名称", 3), *wide(w.project, 6)],
        [*wide("主管部门", 3), *wide("甲市交通局", 2), *wide("实施单位", 2), *wide("甲市公路中心", 2)],
    ]
    return scored(w, "project-self-evaluation", "项目支出绩效自评表", head, "项目资金（万元）", SOURCES)


def l5(w: Writer) -> Filled:
    """部门整体支出绩效自评表 of the Hunan type: below the whole, the money by income and by use side by side."""
    head = [[*wide("预算部门", 3), *wide(w.project, 6)]]
    form = scored(w, "hunan-department", "部门整体支出绩效自评表", head, "年度预算申请（万元）", SOURCES[:2])
    block = form.parts[1]
    budget = form.budget or Decimal(0)
    half = rounded(budget / 4)
    block.rows[2:] = [
        [DOWN, *wide("按收入性质分：", 4), *wide("按支出性质分：", 4)],
        *([DOWN, *wide(a, 2), w.money(x, "head", bare(a)), ACROSS, *wide(b, 2), w.money(y, "head", bare(b)), ACROSS]
          for a, x, b, y in (("其中：一般公共预算", budget - half, "其中：基本支出", half), ("政府性基金拨款", half, "项目支出", budget - half))),
    ]  # fmt: skip
    return form


def l12(w: Writer) -> Filled:
    """专项债券项目绩效自评表: as L1, with the particulars of the bond."""
    amount = [w.amount(9000, 9900), *(w.amount() for _ in range(3))]
    bond = Part([
        [*wide("总投资", 3), *wide(w.money(amount[0], "head", "total_investment"),
            2), *wide("项目资本金", 2), *wide(w.money(amount[1], "head", "项目资本金", "项目资本金"), 2)],
        [*wide("发行金额", 3), *wide(w.money(amount[2], "head", "发行金额", "发行金额"),
            2), *wide("到位金额", 2), *wide(w.money(amount[3], "head", "到位金额", "到位金额"), 2)],
        [*wide("本息覆盖倍数", 3), *wide(Told(1.35, "head", "本息覆盖倍数", "1.35", "本息覆盖倍数"), 6)],
    ])  # fmt: skip
    form = l1(w)
    form.form, form.parts[0].rows[0] = "bond", wide("专项债券项目绩效自评表", 9)
    form.parts.insert(1, bond)
    return form


HUBEI = (
    ("一级指标", "level1"),
    ("二级指标", "level2"),
    ("三级指标", "level3"),
    ("年初目标值（A）", "target"),
    ("实际完成值（B）", "actual"),
    ("得分", "score"),
)


def hubei_money(w: Writer, name: str) -> tuple[Part, Decimal, Decimal, Decimal]:
    """Returns the block of money with 20 points in its label, and its budget, spending and score."""
    budget = w.amount(200, 900)
    spent = rounded(budget * w.rng.randint(85, 100) / 100)
    score = rounded(spent / budget * 20)
    part = Part([
        ["预算执行情况（万元）（20分）", "", "", "预算数（A）", "执行数（B）", "执行率（B/A）", "得分（20分*执行率）"],
        [DOWN, "", name, w.money(budget, "funds", "budget", name), w.money(spent, "funds", "spent", name),
            w.rate(spent, budget, "funds", "execution_rate", name), w.points(score, "funds", "score", name)],
    ])  # fmt: skip
    return part, budget, spent, score


def hubei_lines(w: Writer, label: str, weights: tuple[int, ...]) -> tuple[Part, Decimal]:
    """Returns a block of indicators whose points stand behind their names, and the sum of its scores."""
    lines = w.lines(weights)
    part = w.block(label, "scorecard", HUBEI, lines, 7)
    for row, line in zip(part.rows[1:], lines, strict=True):
        row[3] = Told(f"{line.name}（{line.weight}分）", "scorecard", "weight", f"{line.weight}分", line.name)
    return part, sum((line.score for line in lines), Decimal(0))


def l2(w: Writer) -> Filled:
    """项目自评表 of Hubei: 20 points for execution, 80 for the goals."""
    money, budget, spent, points = hubei_money(w, "年度财政资金总额")
    block, scores = hubei_lines(w, "年度绩效目标1（80分）", (10, 10, 10, 10, 10, 20, 10))
    head = [
        wide("2023年度项目自评表", 7), [*wide("单位名称：甲区农业科", 4), *wide("填报日期：2024年3月", 3)],
        [*wide("项目名称", 2), *wide(w.project, 5)],
        [*wide("主管部门", 2), *wide("甲区农业局", 2), "项目实施单位", *wide("甲区农业科", 2)],
        [*wide("项目类别", 2), *wide(Told("1、部门预算项目 ☑ 2、市直专项 □ 3、市对下转移支付项目 □", "head", "project_category", "部门预算项目"), 5)],
    ]  # fmt: skip
    return Filled("hubei-project", w.project, [
        Part(head, True), money, block, Part([[*wide("总分", 6), w.points(points + scores, "scorecard", "score")]], True),
        Part([[*wide("偏差大或目标未完成原因分析", 2), *wide("雨季停工", 5)], [*wide("改进措施及结果应用方案", 2), *wide("下年补做", 5)]], True),
    ], 7, budget, spent, points + scores, "hubei")  # fmt: skip


def l3(w: Writer) -> Filled:
    """部门整体绩效自评表 of Hubei: two goals of 40 points, each with its indicators."""
    money, budget, spent, points = hubei_money(w, "部门整体支出总额")
    parts, scores = [], Decimal(0)
    for number in (1, 2):
        block, score = hubei_lines(w, "年度绩效指标", (5, 5, 5, 5, 5, 10, 5))
        goal: Rows = [[*wide(f"年度目标{number}：（40分）", 2), *wide("完成重点工作", 5)]]
        parts.append(Part([*goal, *block.rows], True))
        scores += score
    amounts = w.amount(), w.amount()
    head = [
        wide("部门整体绩效自评表", 7), [*wide("单位名称", 2), *wide(w.project, 5)],
        [*wide("基本支出总额", 2), *wide(w.money(amounts[0], "head", "基本支出总额", "基本支出总额"),
            2), "项目支出总额", *wide(w.money(amounts[1], "head", "项目支出总额", "项目支出总额"), 2)],
    ]  # fmt: skip
    end: Rows = [[*wide("总分", 6), w.points(points + scores, "scorecard", "score")]]
    return Filled("hubei-department", w.project, [
        Part(head, True), money, *parts, Part([*end, [*wide("偏差大或目标未完成原因分析",
            2), *wide("雨季停工", 5)], [*wide("改进措施及结果应用方案", 2), *wide("下年补做", 5)]], True),
    ], 7, budget, spent, points + scores, "hubei")  # fmt: skip


def l4(w: Writer) -> Filled:
    """部门整体支出绩效自评表 of Yunnan: goals by year, the main tasks with their money, indicators without points."""
    tasks: Rows = [
        ["二、部门年度重点工作任务", "任务名称", "项目级次", "主要内容",
            *wide("批复金额（万元）", 3), "实际支出金额（万元）", "预算执行率", "预算执行偏低原因及改进措施"],
        [DOWN, DOWN, DOWN, DOWN, "总额", "财政拨款", "其他资金", DOWN, DOWN, DOWN],
    ]  # fmt: skip
    for _ in range(3):
        name, fiscal, other = w.name("重点任务"), w.amount(), w.amount()
        spent = rounded((fiscal + other) * w.rng.randint(80, 100) / 100)
        tasks.append([
            DOWN, name, "本级", "养护", w.money(fiscal + other, "tasks", "approved", name), w.money(fiscal, "tasks", "approved_fiscal", name),
            w.money(other, "tasks", "approved_other", name), w.money(spent, "tasks", "spent", name), w.rate(spent, fiscal + other, "tasks", "execution_rate", name), "无",
        ])  # fmt: skip
    columns = (
        ("一级指标", "level1"),
        ("二级指标", "level2"),
        ("三级指标", "level3"),
        ("指标性质", "nature"),
        ("指标值", "target"),
        ("度量单位", "measure_unit"),
        ("实际完成值", "actual"),
        ("偏差原因", "reason"),
    )
    block = w.block("三、部门整体支出绩效指标", "targets", columns, w.lines(WEIGHTS), 10)
    for row in block.rows[1:]:
        target, actual = w.rng.randint(10, 99), w.rng.randint(10, 99)
        row[4:8] = ["≥", Told(target, "targets", "target", f"{target}个", str(row[3])), "个", Told(actual, "targets", "actual", f"{actual}个", str(row[3]))]  # fmt: skip
    years: Rows = [
        ["一、部门年度目标", "财政年度", *wide("目标", 4), *wide("实际完成情况", 4)],
        [DOWN, "2023年", *wide(Told("完成养护任务", "goals", "expected", "完成养护任务"), 4), *wide(Told("已完成养护任务", "goals", "achieved", "已完成养护任务"), 4)],
    ]  # fmt: skip
    head = [
        wide("部门整体支出绩效自评表", 10), ["部门名称", *wide(w.project, 9)], ["内容", *wide("说明", 9)],
        ["部门总体目标", "部门职责", *wide("管理公路", 8)], [DOWN, "总体绩效目标", *wide("路网畅通", 8)],
    ]  # fmt: skip
    return Filled("yunnan-department", w.project, [Part(head, True), Part(years), Part(tasks), block], 10)


def l6(w: Writer) -> Filled:
    """转移支付区域绩效目标自评表: money, its management, goals and indicators, no points at all."""
    names = ("年度资金总额", "其中：中央财政资金", "地方资金", "其他资金")
    amounts = w.sources(names, 2)
    money: Rows = [
        ["资金投入情况（万元）", *wide("", 3), "全年预算数（A）", "全年执行数（B）", "预算执行率（B/A×100%）"]
    ]
    money += [
        [DOWN, *wide(name, 3), w.money(budget, "funds", "budget", name), w.money(spent, "funds", "spent", name), w.rate(spent, budget, "funds", "execution_rate", name)]
        for name, (budget, spent) in zip(names, amounts, strict=True)
    ]  # fmt: skip
    manners: Rows = [["资金管理情况", *wide("", 3), *wide("情况说明", 2), "存在问题和改进措施"]]
    manners += [
        [DOWN, *wide(name, 3), *wide(Told(f"{name}按规定办理", "management", "situation", f"{name}按规定办理", name), 2), "无"]
        for name in ("分配科学性", "下达及时性", "拨付合规性", "使用规范性", "执行准确性", "预算绩效管理情况", "支出责任履行情况")
    ]  # fmt: skip
    columns = (
        ("一级指标", "level1"),
        ("二级指标", "level2"),
        ("三级指标", "level3"),
        ("指标值", "target"),
        ("全年实际完成值", "actual"),
        ("未完成原因和改进措施", "reason"),
    )
    head = [
        wide("转移支付区域绩效目标自评表", 7), wide("（2023年度）", 7), [*wide("转移支付（项目）名称", 3), *wide(w.project, 4)],
        [*wide("中央主管部门", 3), *wide("甲部", 4)], [*wide("地方主管部门", 3), "甲厅", "资金使用单位", *wide("乙县", 2)],
    ]  # fmt: skip
    return Filled("transfer", w.project, [
        Part(head, True), Part(money), Part(manners), goals("总体目标完成情况", "总体目标", "全年实际完成情况", 3, 3),
        w.block("绩效指标", "targets", columns, w.lines(WEIGHTS), 7), Part([["说明", *wide("无", 6)]], True),
    ], 7, amounts[0][0], amounts[0][1])  # fmt: skip


def l7(w: Writer) -> Filled:
    """项目支出绩效目标执行监控表, 136号: seven months spent, a forecast of the year, reasons by kind."""
    names = ("年度资金总额", "其中：本年一般公共预算拨款", "其他资金")
    money: Rows = [["项目资金（万元）", *wide("", 2), *wide("年初预算数", 3), *wide("1~7月执行数", 3), *wide("1~7月执行率", 3), *wide("全年预计执行数", 5)]]  # fmt: skip
    for name, (budget, spent) in zip(names, w.sources(names, 2), strict=True):
        money.append([
            DOWN, *wide(name, 2), *wide(w.money(budget, "funds", "initial_budget", name), 3), *wide(w.money(spent, "funds", "spent_to_date", name), 3),
            *wide(w.rate(spent, budget, "funds", "rate_to_date", name), 3), *wide(w.money(budget, "funds", "spent_expected", name), 5),
        ])  # fmt: skip
    rows: Rows = [
        ["绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "1~7月执行情况", "全年预计完成情况", *wide("偏差原因分析", 6), *wide("完成目标可能性", 3), "备注"],
        [*[DOWN] * 7, "经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "原因说明", "确定能", "有可能", "完全不可能", DOWN],
    ]  # fmt: skip
    block = w.block(
        "绩效指标",
        "targets",
        (
            ("", "level1"),
            ("", "level2"),
            ("", "level3"),
            ("", "target"),
            ("", "actual_to_date"),
            ("", "actual_expected"),
        ),
        w.lines(WEIGHTS),
        17,
    )
    for row in block.rows[1:]:
        row[12:14] = ["无", "√"]
    head = [
        wide("项目支出绩效目标执行监控表", 17), wide("（2023年度）", 17), [*wide("项目名称", 3), *wide(w.project, 14)],
        [*wide("主管部门及代码", 3), *wide("甲局[101]", 4), *wide("实施单位", 3), *wide("甲中心", 7)],
    ]  # fmt: skip
    target: Rows = [["年度总体目标", *wide("完成养护任务", 16)]]
    return Filled("monitoring", w.project, [Part(head, True), Part(money), Part(target), Part([*rows, *block.rows[1:]], header=2)], 17)  # fmt: skip


def l8a(w: Writer) -> Filled:
    """项目支出绩效目标申报表, 88号: under one first level the second levels of the whole term and of the year."""

    def pairs(a: str, b: str) -> list[Cell]:
        x, y = w.amount(), w.amount()
        keys = [f"{whole}：{bare(a)}" if a == b else bare(name) for whole, name in (("中期资金总额", a), ("年度资金总额", b))]  # fmt: skip
        return [DOWN, a, *wide(w.money(x, "head", keys[0]), 2), b, ACROSS, *wide(w.money(y, "head", keys[1]), 2)]  # fmt: skip

    money = [pairs("中期资金总额：", "年度资金总额："), pairs("其中：财政拨款", "其中：财政拨款"), pairs("其他资金", "其他资金")]  # fmt: skip
    money[0][0] = "项目资金（万元）"
    rows: Rows = [
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"]
    ]
    before = ""
    for line, other in zip(w.lines(WEIGHTS), w.lines(WEIGHTS), strict=True):
        rows.append([
            DOWN, DOWN if line.level1 == before else line.level1, line.level2, line.name, Told(line.target, "targets", "target", line.target_means, line.name),
            other.level2, other.name, Told(other.target, "targets", "target", other.target_means, other.name),
        ])  # fmt: skip
        before = line.level1
    head = [
        wide("项目支出绩效目标申报表", 8), wide("（2023年度）", 8), [*wide("项目名称", 2), *wide(w.project, 6)],
        [*wide("主管部门及代码", 2), *wide("甲局", 2), *wide("实施单位", 2), *wide("甲中心", 2)],
        [*wide("项目属性", 2), *wide(Told("☑新增 □延续", "head", "project_attribute", "新增"), 2), *wide("项目期", 2), *wide("3年", 2)],
    ]  # fmt: skip
    aims: Rows = [
        ["总体目标", *wide("中期目标", 3), *wide("年度目标", 4)],
        [DOWN, *wide(Told("三年完成养护", "goals", "mid_term", "三年完成养护"), 3), *wide(Told("当年完成养护", "goals", "expected", "当年完成养护"), 4)],
    ]  # fmt: skip
    return Filled("goals", w.project, [Part(head, True), Part(money), Part(aims), Part(rows, header=1)], 8)


def l8b(w: Writer) -> Filled:
    """县级财政支出项目绩效目标申报表: the money by kind, a schedule, goals and indicators of the term and of the year."""
    money: Rows = [
        [DOWN, *wide(name, 2), *wide(w.money(w.amount(), "head", bare(name)), 3)]
        for name in ("资金总额", "财政拨款", "自有资金", "其中：事业收入", "经营性收入", "其他")
    ]
    money[0][0] = "项目资金申请（万元）"
    columns = (("一级指标", "level1"), ("二级指标", "level2"), ("指标内容", "level3"), ("指标值", "target"), ("备注", "note"))  # fmt: skip
    head = [
        wide("财政支出项目绩效目标申报表", 6), wide("填报单位（盖章）：甲局", 6), [*wide("项目名称", 2), *wide(w.project, 4)],
        [*wide("项目属性", 2), *wide(Told("新增☑ 延续□", "head", "project_attribute", "新增"), 2), "主管部门编码", "101"],
        [*wide("项目起止时间", 2), *wide("2023年1月至12月", 4)],
    ]  # fmt: skip
    plan: Rows = [
        ["项目实施进度计划", *wide("项目实施内容", 3), "开始时间", "完成时间"],
        [DOWN, *wide("招标", 3), Told("2023年1月", "schedule", "begins", "2023年1月", "招标"), "2023年3月"],
        [DOWN, *wide("施工", 3), Told("2023年4月", "schedule", "begins", "2023年4月", "施工"), "2023年12月"],
    ]
    texts: Rows = [[*wide(label, 2), *wide("养护道路", 4)] for label in ("单位职能概述", "项目概况", "项目立项依据", "项目立项的可行性", "项目立项的必要性")]  # fmt: skip
    aims: Rows = [[*wide(label, 2), *wide("完成养护", 4)] for label in ("长期目标", "年度目标")]
    return Filled("county-goals", w.project, [
        Part(head, True), Part(money), Part(texts), Part(plan), Part(aims), w.block("长期绩效指标", "targets", columns, w.lines(WEIGHTS), 6),
        w.block("年度绩效指标", "targets", columns, w.lines(WEIGHTS), 6),
    ], 6)  # fmt: skip


def listed(w: Writer, key: str, title: str, columns: tuple[tuple[str, str], ...]) -> Filled:
    """Returns a list of projects, a line each, with the sum of money below."""
    rows: Rows = [[header for header, _ in columns]]
    sums = dict.fromkeys(("initial_budget", "budget", "spent"), Decimal(0))
    for number in range(1, 5):
        name = w.name(w.project)
        budget = w.amount()
        held = {"initial_budget": rounded(budget * Decimal("1.1")), "budget": budget, "spent": rounded(budget * w.rng.randint(60, 100) / 100)}  # fmt: skip
        row: list[Cell] = []
        for _, field_key in columns:
            match field_key:
                case "initial_budget" | "budget" | "spent":
                    sums[field_key] += held[field_key]
                    row.append(w.money(held[field_key], "projects", field_key, name))
                case "execution_rate":
                    row.append(w.rate(held["spent"], budget, "projects", field_key, name))
                case "self_score" | "reviewed_score":
                    row.append(w.points(95 if field_key == "self_score" else 95 - number, "projects", field_key, name))  # fmt: skip
                case "deviation":
                    row.append(w.points(-number, "projects", field_key, name))
                case "missed_indicators":
                    row.append(Told(number, "projects", field_key, str(number), name))
                case _:
                    row.append(
                        {
                            "serial": number,
                            "project_name": name,
                            "department": "甲局",
                            "implementer": "甲中心",
                            "project_type": "一次性",
                            "printed_grade": "优",
                            "reason": "佐证不足",
                        }.get(field_key)
                    )
        rows.append(row)
    total: list[Cell] = [w.money(sums[k], "projects", k) if k in sums else None for _, k in columns]
    total[0] = "合计"
    head: Rows = [wide(title, len(columns)), [*wide("填报部门：甲局", len(columns) - 1), "单位：万元"]]
    return Filled(key, "", [Part(head, True), Part([*rows, *([total] if any(sums.values()) else [])], header=1)], len(columns))  # fmt: skip


def l9(w: Writer) -> Filled:
    """绩效自评结果汇总表."""
    return listed(w, "summary", "2023年度绩效自评结果汇总表", (
        ("序号", "serial"), ("主管部门", "department"), ("项目单位", "implementer"), ("项目名称", "project_name"), ("项目类型", "project_type"),
        ("年初预算数", "initial_budget"), ("全年预算数", "budget"), ("全年执行数", "spent"), ("预算执行率", "execution_rate"), ("自评得分", "self_score"),
        ("自评等级", "printed_grade"), ("未完成绩效指标数", "missed_indicators"), ("备注", "note"),
    ))  # fmt: skip


def l10b(w: Writer) -> Filled:
    """自评复核汇总表, the totals of a review."""
    return listed(
        w,
        "review-summary",
        "2023年度自评复核汇总表",
        (
            ("项目名称", "project_name"),
            ("自评得分", "self_score"),
            ("复核得分", "reviewed_score"),
            ("偏差", "deviation"),
            ("主要偏差原因", "reason"),
        ),
    )


def l10(w: Writer) -> Filled:
    """项目支出绩效自评复核表: both values and both scores, the difference and its reason, a row for the execution."""
    columns = (
        "一级指标",
        "二级指标",
        "三级指标",
        "指标性质",
        "指标值",
        "度量单位",
        "权重",
        "自评完成值",
        "自评得分",
        "复核完成值",
        "复核得分",
        "偏差",
        "备注",
    )
    rows: Rows = [list(columns)]
    before, sums = ("", ""), [Decimal(0)] * 3
    for line in w.lines(WEIGHTS):
        taken = w.rng.randint(0, 3)
        target, own, checked = (w.rng.randint(10, 99) for _ in range(3))
        name, full = line.name, line.weight
        for n, value in enumerate((full, full, full - taken)):
            sums[n] += value
        rows.append([
            DOWN if before[0] == line.level1 else line.level1, DOWN if before == (line.level1, line.level2) else line.level2, name, "≥",
            Told(target, "scorecard", "target", f"{target}个", name), "个", w.points(full,
                "scorecard", "weight", name), Told(own, "scorecard", "self_actual", f"{own}个", name),
            w.points(full, "scorecard", "self_score", name), Told(checked, "scorecard",
                "actual", f"{checked}个", name), w.points(full - taken, "scorecard", "reviewed_score", name),
            w.points(-taken, "scorecard", "deviation", name), Told("佐证不足", "scorecard", "reviewed_reason", "佐证不足", name) if taken else None,
        ])  # fmt: skip
        before = (line.level1, line.level2)
    rows.append(
        [
            *wide("合计", 6),
            w.points(sums[0], "scorecard", "weight"),
            None,
            w.points(sums[1], "scorecard", "self_score"),
            None,
            w.points(sums[2], "scorecard", "reviewed_score"),
            w.points(sums[2] - sums[1], "scorecard", "deviation"),
            None,
        ]
    )
    return Filled(
        "review",
        f"001-{w.project}",
        [
            Part([wide("附件1", 13), wide(f"001-{w.project}项目支出绩效自评复核表", 13)], True),
            Part(rows, header=1),
        ],
        13,
    )


def l11(w: Writer) -> Filled:
    """序时进度表: the spending of projects by month, what it comes to and its rate."""
    months = w.rng.choice((4, 6, 12))
    rows: Rows = [
        ["序号", "项目名称", "预算数", *(f"{n}月" for n in range(1, months + 1)), "累计支出", "执行率"]
    ]
    sums = [Decimal(0)] * (months + 2)
    for number in range(1, 4):
        name, each = w.name(w.project), [w.amount(5, 60) for _ in range(months)]
        whole = sum(each, Decimal(0))
        budget = rounded(whole * Decimal("1.3"))
        sums = [a + b for a, b in zip(sums, (budget, *each, whole), strict=True)]
        rows.append([
            number, name, w.money(budget, "progress", "budget", name), *(w.money(value, "progress", f"spent_{n}_{n}", name) for n, value in enumerate(each, 1)),
            w.money(whole, "progress", "spent", name), w.rate(whole, budget, "progress", "execution_rate", name),
        ])  # fmt: skip
    keys = ("budget", *(f"spent_{n}_{n}" for n in range(1, months + 1)), "spent")
    rows.append(
        [
            "合计",
            None,
            *(w.money(value, "progress", key) for key, value in zip(keys, sums, strict=True)),
            w.rate(sums[-1], sums[0], "progress", "execution_rate"),
        ]
    )
    width = len(rows[0])
    head: Rows = [
        wide("2023年度项目支出序时进度表", width),
        [*wide("填报单位：甲局", width - 1), "单位：万元"],
    ]
    return Filled("progress", "", [Part(head, True), Part(rows, header=1)], width)


def l11b(w: Writer) -> Filled:
    """序时进度表 by quarter, a rate beside each amount."""
    words = ("一季度", "二季度", "三季度", "四季度")
    rows: Rows = [["项目", "预算", *(cell for word in words for cell in (word, ACROSS)), "累计", ACROSS], [DOWN, DOWN, *["支出", "执行率"] * 5]]  # fmt: skip
    for _ in range(3):
        name, each = w.name(w.project), [w.amount(5, 60) for _ in words]
        budget, done, row = rounded(sum(each, Decimal(0)) * Decimal("1.25")), Decimal(0), []
        for n, value in enumerate(each, 1):
            done += value
            row += [w.money(value, "progress", f"spent_{3 * n - 2}_{3 * n}", name), w.rate(done, budget, "progress", "", name)]  # fmt: skip
        rows.append(
            [
                name,
                w.money(budget, "progress", "budget", name),
                *row,
                w.money(done, "progress", "spent", name),
                w.rate(done, budget, "progress", "execution_rate", name),
            ]
        )
    return Filled("progress", "", [Part([wide("预算执行序时进度表", 12), wide("单位：万元", 12)], True), Part(rows, header=2)], 12)  # fmt: skip


LAYOUTS: dict[str, Callable[[Writer], Filled]] = {
    "L1": l1, "L2": l2, "L3": l3, "L4": l4, "L5": l5, "L6": l6, "L7": l7, "L8a": l8a, "L8b": l8b, "L9": l9, "L10": l10, "L10b": l10b,
    "L11": l11, "L11b": l11b, "L12": l12,
}  # fmt: skip
WAYS = ("merged", "unmerged", "repeated", "moved", "broken", "spread", "paged")


def filled(layout: str, rng: random.Random, project: str = "道路养护") -> Filled:
    """Returns a form of a layout with chance figures."""
    return LAYOUTS[layout](Writer(rng, project))


def laid_out(form: Filled, way: str, rng: random.Random) -> Sheet:
    """Returns the form as a sheet.

    Merged as printed, without merges, labels repeated in each row, blocks in another order, some merges lost, blank lines and
    template lines left, or with the header of a block again on a new page.
    """
    parts = list(form.parts)
    if way == "moved":
        free = [n for n, part in enumerate(parts) if not part.fixed]
        order = rng.sample(free, len(free))
        parts = [parts[order[free.index(n)]] if n in free else part for n, part in enumerate(parts)]
    sheet = Sheet()
    for part in parts:
        rows = list(part.rows)
        if way == "spread":
            rows += [[None] * form.width]
        if way == "spread" and part.header and "三级指标" in part.rows[0]:
            at = part.rows[0].index("三级指标")
            rows.insert(-2, [DOWN if n < at else "指标2：" if n == at else None for n in range(form.width)])
        if way == "paged" and part.header and len(rows) > part.header + 4:
            rows[part.header + 3 : part.header + 3] = [
                [None] * form.width, *([c if c != DOWN or n else rows[0][i] for i, c in enumerate(row)] for n, row in enumerate(rows[: part.header])),
            ]  # fmt: skip
        _place(sheet, rows, way, rng)
    return sheet


def _place(sheet: Sheet, rows: Rows, way: str, rng: random.Random) -> None:
    """Adds the rows to the sheet, marks of merged cells as the way has it."""
    top = len(sheet.rows)
    plain: Rows = [[None if cell in (ACROSS, DOWN) else cell for cell in row] for row in rows]
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell in (ACROSS, DOWN):
                if way == "repeated" and cell == DOWN and isinstance(plain[r - 1][c], str):
                    plain[r][c] = plain[r - 1][c]
                continue
            right = next((k for k in range(c + 1, len(row)) if row[k] != ACROSS), len(row)) - 1
            below = next((k for k in range(r + 1, len(rows)) if rows[k][c] != DOWN), len(rows)) - 1
            kept = way not in ("unmerged", "repeated") and not (way == "broken" and rng.random() < 0.5)
            if (right > c or below > r) and kept:
                sheet.merges.append((top + r, c, top + below, right))
    for r, row in enumerate(plain):
        for c, cell in enumerate(row):
            if isinstance(cell, Told):
                sheet.told[top + r, c] = cell
        sheet.rows.append([cell.written if isinstance(cell, Told) else cell for cell in row])


def rows_of(layout: str, project: str = "道路养护") -> Rows:
    """Returns the rows of a filled form without merged cells."""
    rng = random.Random(layout + project)
    return laid_out(filled(layout, rng, project), "unmerged", rng).rows


def write_workbook(path: Path, sheets: dict[str, Sheet]) -> Path:
    """Writes the sheets as an .xlsx."""
    with xlsxwriter.Workbook(path) as book:
        for name, sheet in sheets.items():
            page = book.add_worksheet(name)
            for merge in sheet.merges:
                page.merge_range(*merge, "")
            for r, row in enumerate(sheet.rows):
                for c, cell in enumerate(row):
                    if cell not in (None, ""):
                        page.write(r, c, cell)
    return path


def write_document(path: Path, sheet: Sheet, cuts: tuple[int, ...] = ()) -> Path:
    """Writes the form as a Word document: its title a paragraph, the rest a table, or several where it is cut."""
    document = docx.Document()
    document.add_paragraph(str(sheet.rows[0][0]))
    edges = [1, *cuts, len(sheet.rows)]
    for top, bottom in pairwise(edges):
        table = document.add_table(bottom - top, max(map(len, sheet.rows)))
        cells = [row.cells for row in table.rows]
        for r, c, cell in _texts(sheet, top, bottom):
            cells[r][c].text = cell
        for first, left, last, right in sheet.merges:
            if top <= first and last < bottom:
                cells[first - top][left].merge(cells[last - top][right])
        document.add_paragraph("")
    document.save(str(path))
    return path


def _texts(sheet: Sheet, top: int, bottom: int) -> Iterator[tuple[int, int, str]]:
    for r, row in enumerate(sheet.rows[top:bottom]):
        for c, cell in enumerate(row):
            if cell not in (None, ""):
                yield r, c, f"{cell:g}" if isinstance(cell, float) and cell < 1000 else str(cell)
