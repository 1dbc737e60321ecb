"""Honest forms: every figure agrees, not every target is met, and no two offices write alike."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal

from tests.evaluation.filled_forms import Form, Line, Value, plain, rounded
from tests.seasons.pools import (
    BELOW_IN_WORDS,
    GOALS,
    LASTING,
    OFFICES,
    SHORTFALLS,
    SOCIAL,
    SPENDING_LOW,
    SURVEYS,
    Project,
)

STYLES = ("official", "hubei-project", "transfer", "bond")
"""L1, L2, L6 and L12 of the layouts."""
SOURCES = {
    "official": ("当年财政拨款", "上年结转资金", "其他资金"),
    "hubei-project": ("当年财政拨款", "上年结转资金"),
    "transfer": ("中央财政资金", "地方资金", "其他资金"),
    "bond": ("当年财政拨款", "上年结转资金", "其他资金"),
}
TITLES = {
    "official": "项目支出绩效自评表",
    "hubei-project": "{year}年度项目自评表",
    "transfer": "转移支付区域绩效目标自评表",
    "bond": "专项债券项目绩效自评表",
}


def honest(rng: random.Random, unit: str, project: Project, style: str, year: int) -> Form:
    """Returns a form of an office on one of its projects that agrees in everything."""
    places = rng.choice((1, 2, 2))
    sources = _sources(rng, SOURCES[style])
    whole: list[Value] = [sum((Decimal(str(s[c])) for s in sources), Decimal(0)) for c in (1, 2, 3)]
    budget, spent = Decimal(str(whole[1])), Decimal(str(whole[2]))
    weight = Decimal(20 if style == "hubei-project" else 10)
    ratio = spent / budget
    lines = _lines(rng, project, year, places, Decimal(80 if style == "hubei-project" else 90), budget, spent)
    form = Form(
        TITLES[style].format(year=year), project.name, year, unit, sources, whole,
        f"{rounded(ratio * 100, rng.choice((1, 2, 2)))}%", weight, rounded(ratio * weight, places), lines, 0,
        _goal(rng, project, lines), _layout(rng, style),
        {"implementer": unit.removeprefix("市") + rng.choice(("服务中心", "事务中心", "建设管理站", "保障中心"))},
    )  # fmt: skip
    said = rng.choice(SURVEYS)
    asked = rng.randint(8, 90) * 10
    form.extra["survey"] = said.format(a=asked, b=asked - rng.randint(1, 30), who=project.served)
    if style == "bond":
        whole_cost = rounded(budget * Decimal(rng.uniform(3, 9)), 0)
        form.particulars = [
            ["总投资（万元）", "", "", whole_cost, "", "项目资本金（万元）", "", rounded(whole_cost / 4, 0)],
            [
                "发行金额（万元）",
                "",
                "",
                rounded(whole_cost / 2, 0),
                "",
                "到位金额（万元）",
                "",
                rounded(whole_cost / 2, 0),
            ],
            ["本息覆盖倍数", "", "", str(rounded(Decimal(rng.uniform(1.1, 2.4)), 2))],
        ]
    if ratio < Decimal("0.9") and style == "official":
        form.extra["survey"] += f"执行率偏低：{rng.choice(SPENDING_LOW)}。"  # type: ignore[operator]
    form.sum_up()
    if style in ("official", "bond") and rng.random() < 0.3:
        form.extra["grade"] = grade(Decimal(str(form.total)))
    return form


def grade(score: Decimal) -> str:
    """Returns the grade of the national bands."""
    return "优" if score >= 90 else "良" if score >= 80 else "中" if score >= 60 else "差"


def _sources(rng: random.Random, names: tuple[str, ...]) -> list[list[Value]]:
    """Returns each source with its initial budget, budget and spending."""
    places, scale = rng.choice((0, 1, 2, 2)), rng.choice((1, 1, 3, 10))
    made: list[list[Value]] = []
    for k, name in enumerate(names):
        budget = rounded(Decimal(rng.uniform(*((60, 900), (10, 90), (5, 60))[k])) * scale, places)
        if k and rng.random() < 0.35:
            budget = Decimal(0)
        initial = rounded(budget * Decimal(rng.choice(("1", "1", "1.1", "0.9"))), places)
        share = Decimal(1) if rng.random() < 0.3 else Decimal(rng.uniform(0.83, 1))
        made.append([name, initial, budget, min(budget, rounded(budget * share, places))])
    return made


def _layout(rng: random.Random, style: str) -> dict[str, object]:
    return {
        "style": style, "order": rng.choice(("official", "official", "official", "goals first")),
        "merged": rng.random() < 0.7, "blank": rng.random() < 0.15, "template": False, "labels": rng.randrange(3),
        "as": rng.choice(("text", "number", "number")), "survey": True, "shift": rng.choice((0, 0, 1)),
    }  # fmt: skip


def _shares(rng: random.Random, whole: int, parts: int) -> list[Decimal]:
    """Returns whole points for so many parts that sum to the whole; the first gets the odd ones."""
    each = whole // parts
    first = whole - each * (parts - 1)
    shift = rng.choice((0, 1, 2)) if parts > 1 and each > 3 else 0
    return [Decimal(first + shift), *[Decimal(each)] * (parts - 2), *[Decimal(each - shift)] * (parts > 1)]


def _lines(
    rng: random.Random,
    project: Project,
    year: int,
    places: int,
    whole: Decimal,
    budget: Decimal,
    spent: Decimal,
) -> list[Line]:
    """Returns the indicators with their points: outputs, effects, satisfaction."""
    counts = rng.sample(project.counts, rng.randint(2, len(project.counts)))
    outputs = [_count(rng, "产出指标", "数量指标", *count) for count in counts]
    outputs += [_share(rng, name) for name in rng.sample(project.shares, rng.choice((1, 1, 2)))]
    outputs += [_date(rng, year), _cost(rng, project, budget, spent)]
    effects = [_count(rng, "效益指标", *rng.choice(project.effects))]
    if rng.random() < 0.75:
        effects.append(_in_words(rng, project))
    effects.sort(key=lambda line: (SOCIAL, "经济效益指标", "生态效益指标", LASTING).index(line.level2))
    served = _satisfaction(rng, project)
    ten = 10
    for group, points in ((outputs, 50 if whole == 90 else 40), (effects, 30), ([served], ten)):
        for line, weight in zip(group, _shares(rng, points, len(group)), strict=True):
            line.score = rounded(weight * line.score, places)
            line.weight = weight
    return [*outputs, *effects, served]


def _count(rng: random.Random, level1: str, level2: str, name: str, unit: str, low: int, high: int) -> Line:
    """Returns a counted indicator whose score is the share that it earns."""
    step = 1 if high < 100 else 5 if high < 1000 else 10
    aim = Decimal(max(low, rng.randint(low, high) // step * step))
    met = rng.random() > 0.25 or aim < 8
    done = aim * (rng.choice((100, 100, 100, 101, 103, 108, 114)) if met else rng.randint(72, 97)) / 100
    done = done.to_integral_value(ROUND_HALF_UP)
    earned, why = (Decimal(1), "") if done >= aim else (done / aim, rng.choice(SHORTFALLS))
    written = rng.randrange(5)
    target = (f"≥{aim}{unit}", f"≥{aim}{unit}", f"不少于{aim}{unit}", f"{aim}{unit}", f"≥{aim}")[written]
    actual = f"{rng.choice(('', '', '', '实际完成', '共'))}{done}{unit}"
    if written == 4:
        name, actual, unit = f"{name}（{unit}）", str(done), ""
    if not why:
        why = rng.choice(("", "", "", "无", "已完成"))
    return Line(level1, level2, name, target, actual, Decimal(0), earned, why, aim=aim, unit=unit)


def _share(rng: random.Random, name: str) -> Line:
    aim = Decimal(rng.choice((90, 92, 95, 96, 98, 100)))
    got = (
        aim + rng.choice((Decimal(0), Decimal("0.6"), Decimal("1.3"), Decimal(2)))
        if aim < 97
        else Decimal(100)
    )
    earned, why = Decimal(1), ""
    if rng.random() < 0.12:
        got = aim - Decimal(rng.choice(("1.5", "2", "3.2")))
        earned, why = (
            got / aim,
            rng.choice(("部分工程未组织验收，已列入下年计划", "抽检发现个别批次不合格，已返工")),
        )
    target = rng.choice((f"≥{aim}%", f"≥{aim}%", f"{aim}%以上", f"不低于{aim}%")) if aim < 100 else "100%"
    return Line(
        "产出指标", "质量指标", name, target, f"{plain(got)}%", Decimal(0), earned, why, "share", aim, "%"
    )


def _date(rng: random.Random, year: int) -> Line:
    if rng.random() < 0.35:
        name = rng.choice(("任务按期完成率", "资金拨付及时率", "开工及时率"))
        return Line("产出指标", "时效指标", name, "100%", "100%", Decimal(0), Decimal(1), "", "share", Decimal(100), "%")  # fmt: skip
    month, day = rng.choice((9, 10, 11)), rng.randint(1, 28)
    target = rng.choice((f"{year}年12月底前", f"{year}年12月31日前", "12月底前", f"{year}年12月"))
    done = rng.choice(
        (f"{year}年{month}月{day}日", f"{year}年{month}月完成", f"{year}年{month}月{day}日完工")
    )
    name = rng.choice(("完成时间", "项目完工时间", "年度任务完成时限"))
    return Line("产出指标", "时效指标", name, target, done, Decimal(0), Decimal(1), "", "date")


def _cost(rng: random.Random, project: Project, budget: Decimal, spent: Decimal) -> Line:
    """Returns a ceiling of the whole or of one piece; `aim` is the ceiling."""
    if rng.random() < 0.5:
        target = rng.choice((f"≤{plain(budget)}万元", f"不超过{plain(budget)}万元"))
        name = rng.choice(("项目总成本", "项目总投资控制", "支出成本"))
        return Line("产出指标", "成本指标", name, target, f"{plain(spent)}万元", Decimal(0), Decimal(1), "", "cost", budget, "万元")  # fmt: skip
    name, unit, low, high = project.cost
    aim = Decimal(rng.randint(low, high))
    done = rounded(aim * Decimal(rng.uniform(0.88, 1)), 0 if aim > 40 else 2)
    target = rng.choice((f"≤{aim}{unit}", f"不高于{aim}{unit}", f"≤{aim}{unit}"))
    return Line("产出指标", "成本指标", name, target, f"{plain(done)}{unit}", Decimal(0), Decimal(1), "", "unit cost", aim, unit)  # fmt: skip


def _in_words(rng: random.Random, project: Project) -> Line:
    level2, name, target, actual = rng.choice(project.words)
    earned, why = Decimal(1), ""
    if rng.random() < 0.3:
        why = rng.choice(BELOW_IN_WORDS)
        if rng.random() < 0.5:
            actual, earned = f"部分达成预期指标并具有一定效果：{actual}", Decimal("0.75")
        else:
            actual, earned = f"{actual}，但覆盖面仍需扩大", Decimal("0.9")
    return Line("效益指标", level2, name, target, actual, Decimal(0), earned, why, "words")


def _satisfaction(rng: random.Random, project: Project) -> Line:
    aim = Decimal(rng.choice((85, 90, 92, 95)))
    got = min(Decimal(100), aim + rounded(Decimal(rng.uniform(0, 5)), 1))
    earned, why = Decimal(1), ""
    if rng.random() < 0.12:
        got = aim - 2
        earned, why = got / aim, "部分受访者希望增加服务频次，下年调整安排"
    return Line(
        "满意度指标", "服务对象满意度指标", f"{project.served}满意度", rng.choice((f"≥{aim}%", f"{aim}%以上", f"≥{aim}%")),
        f"{plain(got)}%", Decimal(0), earned, why, "satisfaction", aim, "%",
    )  # fmt: skip


def _goal(rng: random.Random, project: Project, lines: list[Line]) -> tuple[str, str]:
    """Returns what was meant and what was reached, in figures that the table has."""
    first, second = lines[0], lines[1]
    words = {
        "a": f"{_bare(first)}{plain(first.aim)}{_unit(first)}", "b": f"{_bare(second)}{plain(second.aim)}{_unit(second)}",
        "a2": f"{_bare(first)}{_figure(first)}{_unit(first)}", "b2": f"{_bare(second)}{_figure(second)}{_unit(second)}",
        "p": project.name, "who": project.served,
    }  # fmt: skip
    meant, reached = rng.choice(GOALS)
    return meant.format(**words), reached.format(**words)


def _bare(line: Line) -> str:
    return line.name.split("（")[0]


def _unit(line: Line) -> str:
    return line.unit or line.name.removesuffix("）").split("（", 1)[-1]


def _figure(line: Line) -> str:
    return "".join(c for c in line.actual.removesuffix(line.unit) if c.isdigit() or c == ".")


def chosen(rng: random.Random) -> Form:
    """Returns an honest form of an office, a project, a layout and a year drawn at random."""
    unit = rng.choice(list(OFFICES))
    style = rng.choice(("official", "official", *STYLES[1:]))
    return honest(rng, unit, rng.choice(OFFICES[unit]), style, rng.choice((2021, 2022, 2023, 2024)))
