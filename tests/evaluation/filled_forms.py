"""Filled self-evaluation forms as units hand them in, every number known, and the errors that reviewers find in them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import docx
import xlsxwriter
import xlwt

Cell = tuple[int, int]
Value = str | int | float | Decimal | None

POOL = {
    "道路养护": (("养护里程", "公里"), ("修补坑槽", "处"), ("更换井盖", "套")),
    "农村饮水安全": (("新建供水管网", "公里"), ("改造水厂", "座"), ("安装水表", "块")),
    "公益性岗位补贴": (("补贴人数", "人"), ("举办培训", "期"), ("发放补贴", "人次")),
    "校舍维修": (("维修校舍面积", "平方米"), ("更新课桌椅", "套"), ("受检学校", "所")),
    "智慧城管平台": (("接入摄像头", "个"), ("开发功能模块", "个"), ("数据入库", "条")),
    "森林防火": (("开设防火隔离带", "公里"), ("配备扑火装备", "套"), ("组织巡护", "人次")),
    "文化惠民演出": (("演出场次", "场"), ("送书下乡", "册"), ("辅导群众文艺团队", "支")),
}
QUALITY = ("验收合格率", "设备完好率", "工程质量达标率", "培训合格率", "资料归档率")
EFFECTS = (
    ("社会效益指标", "受益人口", "万人"),
    ("经济效益指标", "带动就业", "人"),
    ("生态效益指标", "节约用水", "万吨"),
)
REASONS = (
    "雨季停工，下年补做",
    "招标推迟，已列入下年计划",
    "部分点位拆迁未完，正在协调",
    "供货延期，已督促供应商",
)


def rounded(value: Decimal, places: int) -> Decimal:
    """Returns the value rounded half up."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def plain(value: Decimal) -> str:
    """Returns the digits without an exponent and without trailing noughts."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass
class Line:
    """One indicator of a form: what is asked, what was done, and its points."""

    level1: str
    level2: str
    name: str
    target: str
    actual: str
    weight: Decimal
    score: Decimal
    reason: str = ""
    kind: str = "count"
    aim: Decimal = Decimal(0)
    unit: str = ""


@dataclass
class Form:
    """A filled form: money by source, goals, indicators, and where each named figure came to stand."""

    title: str
    project: str
    year: int
    unit: str
    sources: list[list[Value]]
    whole: list[Value]
    rate: Value
    rate_weight: Value
    rate_score: Value
    lines: list[Line]
    total: Value
    goal: tuple[str, str]
    layout: dict[str, object]
    extra: dict[str, Value] = field(default_factory=dict)
    particulars: list[list[Value]] = field(default_factory=list)
    rows: list[list[Value]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    at: dict[str, Cell] = field(default_factory=dict)

    def sum_up(self) -> None:
        """Prints the total again after scores were changed."""
        given = [
            Decimal(str(v))
            for v in (self.rate_score, *(line.score for line in self.lines))
            if v not in (None, "")
        ]
        self.total = sum(given, Decimal(0))


def make(rng: random.Random, plain_layout: bool = False) -> Form:
    """Returns a form that agrees in everything, in a layout drawn at random."""
    style = rng.choice(("official", "official", "hubei", "hunan"))
    project = rng.choice(list(POOL))
    year = rng.choice((2021, 2022, 2023, 2024))
    places = rng.choice((0, 0, 1, 2))
    names = rng.sample(("当年财政拨款", "上年结转资金", "其他资金"), k=3)[: rng.choice((2, 3, 3))]
    names.sort(key=("当年财政拨款", "上年结转资金", "其他资金").index)
    sources: list[list[Value]] = []
    for k, name in enumerate(names):
        low, high = ((200, 900), (20, 90), (10, 60))[k]
        budget = rounded(Decimal(rng.uniform(low, high)), places)
        initial = rounded(budget * Decimal(rng.choice((1, 1, 1.1, 1.2))), places)
        spent = rounded(budget * Decimal(rng.uniform(0.88, 1)), places) if rng.random() < 0.7 else budget
        sources.append([name, initial, budget, min(spent, budget)])
    if rng.random() < 0.2:
        sources[-1][1:] = [Decimal(0)] * 3
    whole: list[Value] = [sum((Decimal(str(s[c])) for s in sources), Decimal(0)) for c in (1, 2, 3)]
    budget, spent = Decimal(str(whole[1])), Decimal(str(whole[2]))
    rate_weight = Decimal(20 if style == "hubei" else 10)
    ratio = spent / budget
    rate_places = rng.choice((0, 1, 2, 2))
    score_places = rng.choice((1, 2, 2))
    rate_score = rounded(ratio * rate_weight, score_places)
    lines: list[Line] = []
    things = list(POOL[project])
    rng.shuffle(things)
    quantities = things[: rng.choice((1, 2, 3))]
    outputs = [Decimal(w) for w in ((20,), (10, 10), (10, 5, 5))[len(quantities) - 1]]
    for (name, unit), weight in zip(quantities, outputs, strict=True):
        aim = Decimal(rng.choice((12, 24, 50, 80, 100, 120, 200, 350, 600, 1500)))
        lines.append(_counted(rng, "产出指标", "数量指标", name, unit, aim, weight, score_places))
    share = Decimal(rng.choice((95, 96, 98)))
    done = min(Decimal(100), share + rng.choice((0, 1, 2)))
    lines.append(
        Line(
            "产出指标",
            "质量指标",
            rng.choice(QUALITY),
            f"≥{share}%",
            f"{done}%",
            Decimal(10),
            Decimal(10),
            kind="share",
            aim=share,
            unit="%",
        )
    )
    if rng.random() < 0.5:
        lines.append(
            Line(
                "产出指标",
                "时效指标",
                "完成及时率",
                "100%",
                "100%",
                Decimal(10),
                Decimal(10),
                kind="share",
                aim=Decimal(100),
                unit="%",
            )
        )
    else:
        month = rng.choice((10, 11))
        lines.append(
            Line(
                "产出指标",
                "时效指标",
                "完成时间",
                f"{year}年12月底前",
                f"{year}年{month}月{rng.randint(1, 28)}日",
                Decimal(10),
                Decimal(10),
                kind="date",
            )
        )
    ceiling = rounded(budget, places)
    lines.append(
        Line(
            "产出指标",
            "成本指标",
            "项目总成本",
            f"≤{plain(ceiling)}万元",
            f"{plain(spent)}万元",
            Decimal(10),
            Decimal(10),
            kind="cost",
            aim=ceiling,
            unit="万元",
        )
    )
    effect_weight = (
        Decimal(80 if style == "hubei" else 90) - sum((line.weight for line in lines), Decimal(0)) - 10
    )
    level2, name, unit = rng.choice(EFFECTS)
    if rng.random() < 0.5:
        lines.append(
            _counted(
                rng,
                "效益指标",
                level2,
                name,
                unit,
                Decimal(rng.choice((20, 30, 50))),
                effect_weight,
                score_places,
            )
        )
    else:
        half = effect_weight / 2
        lines.append(
            _counted(
                rng, "效益指标", level2, name, unit, Decimal(rng.choice((20, 30, 50))), half, score_places
            )
        )
        lines.append(
            Line(
                "效益指标",
                "可持续影响指标",
                "管护机制健全程度",
                "健全",
                "已建立管护制度并落实到人",
                half,
                half,
                kind="words",
            )
        )
    want = Decimal(rng.choice((85, 90, 95)))
    got = min(Decimal(100), want + rng.choice((1, 2, 3)))
    lines.append(
        Line(
            "满意度指标",
            "服务对象满意度指标",
            "群众满意度",
            f"≥{want}%",
            f"{got}%",
            Decimal(10),
            Decimal(10),
            kind="satisfaction",
            aim=want,
            unit="%",
        )
    )
    main = lines[0]
    goal = (
        f"{main.name}{plain(main.aim)}{main.unit}，保障{project}工作开展",
        f"全年{main.name}{main.actual}，{project}工作按计划开展",
    )
    layout: dict[str, object] = {
        "style": style,
        "order": "official",
        "merged": True,
        "blank": False,
        "template": False,
        "labels": 0,
        "as": "text",
        "survey": rng.random() < 0.7,
    }
    if not plain_layout:
        layout |= {
            "order": rng.choice(("official", "official", "goals first", "funds last")),
            "merged": rng.random() < 0.6,
            "blank": rng.random() < 0.3,
            "template": rng.random() < 0.3,
            "labels": rng.randrange(3),
            "as": rng.choice(("text", "number")),
            "shift": rng.choice((0, 0, 1)),
        }
    form = Form(
        "",
        project,
        year,
        f"{rng.choice('甲乙丙丁')}市{rng.choice(('交通局', '水利局', '教育局'))}",
        sources,
        whole,
        f"{rounded(ratio * 100, rate_places)}%",
        rate_weight,
        rate_score,
        lines,
        0,
        goal,
        layout,
    )
    form.title = {
        "official": "项目支出绩效自评表",
        "hubei": f"{year}年度{project}项目自评表",
        "hunan": "部门整体支出绩效自评表",
    }[style]
    form.sum_up()
    return form


def _counted(
    rng: random.Random,
    level1: str,
    level2: str,
    name: str,
    unit: str,
    aim: Decimal,
    weight: Decimal,
    places: int,
) -> Line:
    if rng.random() < 0.35:
        done = max(Decimal(1), (aim * rng.randint(80, 97) / 100).to_integral_value())
        score = rounded(weight * done / aim, places)
        return Line(
            level1,
            level2,
            name,
            f"≥{aim}{unit}",
            f"{done}{unit}",
            weight,
            score,
            rng.choice(REASONS),
            aim=aim,
            unit=unit,
        )
    done = (aim * rng.choice((100, 100, 102, 105, 110)) / 100).to_integral_value(ROUND_HALF_UP)
    return Line(level1, level2, name, f"≥{aim}{unit}", f"{done}{unit}", weight, weight, aim=aim, unit=unit)


LABELS = (
    {
        "initial": "年初预算数",
        "budget": "全年预算数",
        "spent": "全年执行数",
        "target": "年度指标值",
        "actual": "实际完成值",
        "reason": "偏差原因分析及改进措施",
    },
    {
        "initial": "年初预算数",
        "budget": "全年预算数（A）",
        "spent": "全年执行数（B）",
        "target": "指标值",
        "actual": "全年实际完成值",
        "reason": "偏差原因分析",
    },
    {
        "initial": "年初预算",
        "budget": "调整后预算数",
        "spent": "全年实际支出数",
        "target": "年初目标值",
        "actual": "完成值",
        "reason": "未完成原因及改进措施",
    },
)


def lay_out(form: Form) -> Form:
    """Fills rows, merges and the places of the figures from what the form says."""
    form.rows, form.merges, form.at = [], [], {}
    words = LABELS[int(str(form.layout["labels"]))]
    style = form.layout["style"]

    def put(*cells: Value, **named: int) -> int:
        form.rows.append(list(cells))
        for name, column in named.items():
            form.at[name.replace("__", "/")] = (len(form.rows) - 1, column)
        return len(form.rows) - 1

    def number(value: Value) -> Value:
        return value

    def funds() -> None:
        first = len(form.rows)
        if style == "hubei":
            put(
                "预算执行情况（万元）（20分）",
                "",
                "",
                "预算数（A）",
                "执行数（B）",
                "执行率（B/A）",
                "得分（20分*执行率）",
            )
            put(
                "",
                "年度财政资金总额",
                "",
                number(form.whole[1]),
                number(form.whole[2]),
                form.rate,
                form.rate_score,
                whole__budget=3,
                whole__spent=4,
                rate=5,
                rate_score=6,
            )
            for k, s in enumerate(form.sources):
                put(
                    "",
                    ("其中：" if k == 0 else "") + str(s[0]),
                    "",
                    s[2],
                    s[3],
                    **{f"source{k}__budget": 3, f"source{k}__spent": 4},
                )
        else:
            label = "年度预算申请（万元）" if style == "hunan" else "项目资金（万元）"
            put(label, "", "", words["initial"], words["budget"], words["spent"], "分值", "执行率", "得分")
            put(
                "",
                "年度资金总额",
                "",
                *form.whole,
                form.rate_weight,
                form.rate,
                form.rate_score,
                whole__initial=3,
                whole__budget=4,
                whole__spent=5,
                rate=7,
                rate_weight=6,
                rate_score=8,
            )
            for k, s in enumerate(form.sources):
                put(
                    "",
                    ("其中：" if k == 0 else "") + str(s[0]),
                    "",
                    *s[1:],
                    **{f"source{k}__initial": 3, f"source{k}__budget": 4, f"source{k}__spent": 5},
                )
        form.merges.append((first, 0, len(form.rows) - 1, 0))

    def goals() -> None:
        first = put("年度总体目标", "预期目标", "", "", "", "实际完成情况")
        row = put("", form.goal[0], "", "", "", form.goal[1], goal=1, outcome=5)
        form.merges.extend(
            (
                (first, 0, row, 0),
                (first, 1, first, 4),
                (first, 5, first, 8),
                (row, 1, row, 4),
                (row, 5, row, 8),
            )
        )

    def indicators() -> None:
        first = len(form.rows)
        if style == "hubei":
            put(
                "年度绩效目标（80分）",
                "一级指标",
                "二级指标",
                "三级指标",
                "年初目标值（A）",
                "实际完成值（B）",
                "分值",
                "得分",
                words["reason"],
            )
        else:
            put(
                "绩效指标",
                "一级指标",
                "二级指标",
                "三级指标",
                words["target"],
                words["actual"],
                "分值",
                "得分",
                words["reason"],
            )
        seen: tuple[str, str] = ("", "")
        starts: list[tuple[int, int, int]] = []
        for k, line in enumerate(form.lines):
            level1 = line.level1 if line.level1 != seen[0] else ""
            level2 = line.level2 if level1 or line.level2 != seen[1] else ""
            row = put(
                "",
                level1,
                level2,
                line.name,
                line.target,
                line.actual,
                line.weight,
                line.score,
                line.reason,
                **{
                    f"{k}__name": 3,
                    f"{k}__target": 4,
                    f"{k}__actual": 5,
                    f"{k}__weight": 6,
                    f"{k}__score": 7,
                    f"{k}__reason": 8,
                    f"{k}__level2": 2,
                    f"{k}__level1": 1,
                },
            )
            if level1:
                starts.append((row, 1, row))
            elif starts:
                starts[-1] = (starts[-1][0], 1, row)
            seen = (line.level1, line.level2)
            last = k + 1 == len(form.lines) or form.lines[k + 1].level2 != line.level2
            if form.layout["template"] and last and line.level2 == "数量指标":
                put("", "", "", "指标2：", template=3)
                put("", "", "", "……")
            if form.layout["blank"] and line.kind == "cost":
                put()
        form.merges.append((first, 0, len(form.rows) - 1, 0))
        form.merges.extend((a, c, b, c) for a, c, b in starts if b > a)
        put("总分", "", "", "", "", "", form.extra.get("weights", 100), form.total, total=7)

    for _ in range(int(str(form.layout.get("shift", 0)))):
        put("附件1")
    put(form.title)
    put(f"（{form.year}年度）", year=0)
    put(
        "项目名称" if style != "hunan" else "预算部门",
        "",
        "",
        form.project if style != "hunan" else form.unit,
    )
    implementer = form.extra.get("implementer", form.unit + "服务中心")
    put("主管部门", "", "", form.unit, "", "实施单位", "", implementer)
    for particular in form.particulars:
        put(*particular)
    blocks: dict[str, tuple[Callable[[], None], ...]] = {
        "official": (funds, goals, indicators),
        "goals first": (goals, funds, indicators),
        "funds last": (goals, indicators, funds),
    }
    for block in blocks[str(form.layout["order"])]:
        block()
    if form.layout["survey"]:
        survey = f"满意度通过发放问卷调查取得，有效问卷{form.extra.get('size', 200)}份"
        put("说明", form.extra.get("survey", survey), survey=1)
    if "grade" in form.extra:
        put("自评等级", "", "", form.extra["grade"], grade=3)
    if not form.layout["merged"]:
        form.merges = []
    return form


def cell_value(value: Value, as_number: bool) -> Value:
    """Returns what the cell holds: a figure as a number, or as the text of its digits."""
    if isinstance(value, Decimal):
        return float(value) if as_number else plain(value)
    return value


def write(path: Path, forms: list[Form], names: list[str] | None = None) -> None:
    """Writes the forms into one .xlsx, .xls or .docx, a sheet or a table each; the sheets have the names."""
    names = names or [f"自评{k + 1}" for k in range(len(forms))]
    if path.suffix == ".docx":
        document = docx.Document()
        for form in forms:
            width = max(len(row) for row in form.rows)
            table = document.add_table(len(form.rows), width)
            for line, row in zip(table.rows, form.rows, strict=True):
                for cell, value in zip(line.cells, row, strict=False):
                    if value not in (None, ""):
                        cell.text = str(cell_value(value, False))
            document.add_paragraph("")
        document.save(str(path))
        return
    if path.suffix == ".xls":
        old = xlwt.Workbook()
        for k, form in enumerate(forms):
            sheet = old.add_sheet(names[k])
            tops = {(a, b): (c, d) for a, b, c, d in form.merges if (a, b) != (c, d)}
            for r, row in enumerate(form.rows):
                for c, value in enumerate(row):
                    what = cell_value(value, form.layout["as"] == "number")
                    if (r, c) in tops:
                        sheet.write_merge(r, tops[r, c][0], c, tops[r, c][1], what)
                    elif value not in (None, ""):
                        sheet.write(r, c, what)
        old.save(str(path))
        return
    book = xlsxwriter.Workbook(str(path))
    for k, form in enumerate(forms):
        new = book.add_worksheet(names[k])
        for a, b, c, d in form.merges:
            if (a, b) != (c, d):
                new.merge_range(a, b, c, d, "")
        for r, row in enumerate(form.rows):
            for c, value in enumerate(row):
                if value not in (None, ""):
                    new.write(r, c, cell_value(value, form.layout["as"] == "number"))
    book.close()


def address(cell: Cell) -> str:
    """Returns the cell as spreadsheets write it."""
    return f"{'ABCDEFGHIJKL'[cell[1]]}{cell[0] + 1}"


# ------------------------------------------------------------------------------------------ errors
Plant = Callable[[Form, random.Random], tuple[str, ...]]
"""Changes a form before it is laid out; returns the named figures one of which a finding must touch; empty if it does not apply."""


def _pick(form: Form, rng: random.Random, *kinds: str, full: bool | None = None) -> int | None:
    some = [
        k
        for k, line in enumerate(form.lines)
        if line.kind in kinds and (full is None or (line.score == line.weight) == full)
    ]
    return rng.choice(some) if some else None


def _of(k: int, *parts: str) -> tuple[str, ...]:
    return tuple(f"{k}/{part}" for part in (parts or ("target", "actual", "score", "name")))


def _spend(form: Form, share: Decimal) -> None:
    """Sets what was spent to a share of the budget, with rate, points, cost and total to match."""
    for source in form.sources:
        source[3] = rounded(Decimal(str(source[2])) * share, 2)
    form.whole[2] = sum((Decimal(str(s[3])) for s in form.sources), Decimal(0))
    ratio = Decimal(str(form.whole[2])) / Decimal(str(form.whole[1]))
    form.rate = f"{rounded(ratio * 100, 2)}%"
    form.rate_score = rounded(min(ratio, Decimal(1)) * Decimal(str(form.rate_weight)), 2)
    for line in form.lines:
        if line.kind == "cost":
            line.actual = f"{plain(Decimal(str(form.whole[2])))}万元"


def rate_score_wrong(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 1 执行率得分."""
    due = Decimal(str(form.rate_score))
    whole = Decimal(str(form.rate_weight))
    form.rate_score = rng.choice((due - Decimal("0.7"), due - 2, due - 3 if whole - due < 1 else whole))
    form.sum_up()
    return ("rate_score",)


def rate_wrong(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 2 执行率."""
    value = Decimal(str(form.rate)[:-1])
    form.rate = f"{plain(value - rng.choice((3, 5, 11)))}%"
    return ("rate",)


def score_above(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 3 得分大于分值."""
    k = rng.randrange(len(form.lines))
    form.lines[k].score = form.lines[k].weight + rng.choice((Decimal("0.5"), 1, 2))
    form.sum_up()
    return _of(k, "score", "weight")


def weights_off(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 4 分值合计."""
    k = rng.randrange(len(form.lines))
    line = form.lines[k]
    if line.score != line.weight:
        return ()
    line.weight += 5
    line.score = line.weight
    form.sum_up()
    return (*_of(k, "weight"), *(f"{j}/weight" for j in range(len(form.lines))), "rate_weight", "weights")


def total_wrong(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 5 总分."""
    form.total = Decimal(str(form.total)) + rng.choice((1, -1, Decimal("0.5"), -2, -10))
    return ("total",)


def unmet_full(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 6 未达标满分."""
    k = _pick(form, rng, "count", "share", "satisfaction", full=True)
    if k is None:
        return ()
    line = form.lines[k]
    done = (line.aim * rng.randint(70, 93) / 100).to_integral_value() if line.aim > 20 else line.aim - 2
    line.actual, line.reason = f"{done}{line.unit}", ""
    form.goal = (f"保障{form.project}工作开展", f"{form.project}工作按计划开展")
    return _of(k)


def no_reason(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 7 扣分无原因."""
    k = _pick(form, rng, "count", full=False)
    if k is None:
        return ()
    form.lines[k].reason = rng.choice(("", "无", "——", "/"))
    return _of(k, "score", "weight", "name", "reason")


def ceiling_passed(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 8 超上限满分."""
    k = _pick(form, rng, "cost")
    assert k is not None
    line = form.lines[k]
    line.name, line.unit = "单位成本", "元"
    aim = rng.choice((200, 350, 1200))
    line.target, line.actual = f"{rng.choice('≤<')}{aim}元", f"{int(aim * rng.choice((1.1, 1.2, 1.5)))}元"
    return _of(k)


def far_above(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 9 超 130%."""
    k = _pick(form, rng, "count", full=True)
    if k is None:
        return ()
    line = form.lines[k]
    line.actual = (
        f"{(line.aim * rng.choice((135, 150, 220)) / 100).to_integral_value(ROUND_HALF_UP)}{line.unit}"
    )
    form.goal = (f"保障{form.project}工作开展", f"{form.project}工作按计划开展")
    return _of(k)


def met_yet_deducted(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 10 达标扣分."""
    k = _pick(form, rng, "count", "share", full=True)
    if k is None:
        return ()
    form.lines[k].score -= rng.choice((1, 2))
    form.lines[k].reason = rng.choice(("", "酌情扣分"))
    form.sum_up()
    return _of(k, "score", "actual", "name")


def words_for_number(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 11 文字代数."""
    k = _pick(form, rng, "count", "share", "satisfaction", full=True)
    if k is None:
        return ()
    form.lines[k].actual = rng.choice(("已完成", "完成", "达标", "较好", "已按要求完成", "是"))
    return _of(k)


def actual_empty(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 12 完成值空."""
    k = _pick(form, rng, "count", "share", "words", "date", "satisfaction", "cost", full=True)
    if k is None:
        return ()
    form.lines[k].actual = ""
    return _of(k)


def target_empty(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 13 指标值空."""
    k = _pick(form, rng, "count", "share", "words", "date", "satisfaction")
    assert k is not None
    form.lines[k].target = ""
    return _of(k)


def other_unit(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 14 单位不同."""
    k = _pick(form, rng, "count", full=True)
    if k is None:
        return ()
    line = form.lines[k]
    number = line.actual.removesuffix(line.unit)
    line.actual = number + rng.choice(
        [u for u in ("万元", "户", "平方米", "个", "%", "座", "人") if u != line.unit]
    )
    return _of(k)


def same_twice(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 15 指标重复."""
    outs = [
        k
        for k, line in enumerate(form.lines)
        if line.level1 == "产出指标" and line.kind in ("count", "share")
    ]
    effects = [
        k for k, line in enumerate(form.lines) if line.level1 == "效益指标" and line.score == line.weight
    ]
    outs = [k for k in outs if form.lines[k].score == form.lines[k].weight]
    if not outs or not effects:
        return ()
    a, b = rng.choice(outs), rng.choice(effects)
    for part in ("name", "target", "actual"):
        setattr(form.lines[b], part, getattr(form.lines[a], part))
    return (*_of(a), *_of(b))


def misplaced(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 16 指标错位."""
    k = _pick(form, rng, "count", full=True)
    if k is None or form.lines[k].level2 != "数量指标":
        return ()
    name, target, actual = rng.choice(
        (
            ("资金支付率", "≥95%", "96%"),
            ("验收合格率", "≥95%", "100%"),
            ("群众满意度", "≥90%", "95%"),
            ("完成及时率", "100%", "100%"),
            ("项目成本控制", "≤100%", "98%"),
        )
    )
    line = form.lines[k]
    line.name, line.target, line.actual = name, target, actual
    return _of(k)


def cost_with_floor(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 17 成本用≥."""
    k = _pick(form, rng, "cost")
    assert k is not None
    form.lines[k].target = form.lines[k].target.replace("≤", "≥")
    return _of(k)


def no_survey(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 18 无调查."""
    if not form.layout["survey"]:
        return ()
    form.layout["survey"] = False
    k = _pick(form, rng, "satisfaction")
    assert k is not None
    return _of(k)


def above_budget(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 19 超预算."""
    _spend(form, Decimal(rng.choice(("1.03", "1.0833", "1.2"))))
    form.lines = [
        line if line.kind != "cost" else Line(**{**line.__dict__, "target": "≤99999万元"})
        for line in form.lines
    ]
    form.sum_up()
    return ("whole/spent", "rate", "whole/budget", "rate_score")


def sources_off(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 20 来源不等."""
    k, c = rng.randrange(len(form.sources)), rng.choice((2, 3))
    form.sources[k][c] = Decimal(str(form.sources[k][c])) + rng.choice((7, 12, 30))
    if c == 3:
        form.sources[k][c] = max(Decimal(0), Decimal(str(form.sources[k][c])) - 50)
    part = "budget" if c == 2 else "spent"
    return (f"source{k}/{part}", f"whole/{part}")


def nothing_spent(form: Form, _rng: random.Random) -> tuple[str, ...]:
    """Plants 21 未支出全完成."""
    _spend(form, Decimal(0))
    for line in form.lines:
        if line.kind == "count":
            line.actual, line.score, line.reason = line.target.removeprefix("≥"), line.weight, ""
    form.goal = (f"保障{form.project}工作开展", f"{form.project}工作按计划开展")
    form.sum_up()
    return ("whole/spent", "rate", "0/actual")


def little_done(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 22 全支出少完成."""
    _spend(form, Decimal(1))
    for line in form.lines:
        if line.kind == "count" and line.level1 == "产出指标":
            done = max(Decimal(1), (line.aim * rng.choice((25, 30, 40)) / 100).to_integral_value())
            line.actual, line.score, line.reason = (
                f"{done}{line.unit}",
                rounded(line.weight * done / line.aim, 2),
                rng.choice(REASONS),
            )
    form.goal = (f"保障{form.project}工作开展", f"{form.project}工作按计划开展")
    form.sum_up()
    return ("whole/spent", "rate", "0/actual")


def outcome_copied(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 23 照抄目标."""
    form.goal = (form.goal[0], rng.choice((form.goal[0], form.goal[0] + "。", "已完成：" + form.goal[0])))
    return ("outcome", "goal")


def all_full(form: Form, _rng: random.Random) -> tuple[str, ...]:
    """Plants 24 全部等于目标."""
    _spend(form, Decimal(1))
    for line in form.lines:
        if line.kind in ("words", "date"):
            line.actual = line.target
        else:
            line.actual = line.target.lstrip("≥≤")
        line.score, line.reason = line.weight, ""
    form.goal = (form.goal[0], f"{form.project}工作按计划开展")
    form.sum_up()
    return tuple(f"{k}/actual" for k in range(len(form.lines)))


def money_unit(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 25 元作万元."""
    times = rng.choice((10_000, 1000))
    for source in (form.whole, *form.sources):
        for c in range(len(source)):
            if isinstance(source[c], Decimal):
                source[c] = source[c] * times  # type: ignore[operator]
    return ("whole/budget", "whole/spent")


def level_missing(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 26 缺一级指标."""
    gone = rng.choice(("效益指标", "产出指标", "满意度指标"))
    lost = sum((line.weight for line in form.lines if line.level1 == gone), Decimal(0))
    form.lines = [line for line in form.lines if line.level1 != gone]
    line = next(line for line in form.lines if line.score == line.weight)
    line.weight += lost
    line.score = line.weight
    form.sum_up()
    return ("*",)


def late(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 28 逾期满分."""
    k = next((k for k, line in enumerate(form.lines) if line.level2 == "时效指标"), 0)
    line = form.lines[k]
    y = form.year
    line.name = rng.choice(("完成时间", "竣工验收时间", "任务完成时限"))
    line.target, line.actual = rng.choice(
        (
            (f"{y}年12月31日前", f"{y + 1}年3月20日"),
            (f"{y}年10月底前", f"{y}年11月15日"),
            (f"≤{y}年11月", f"{y}年12月"),
            (f"{y}-10-31", f"{y}-12-01"),
            (f"{y}.9.30前", f"{y}.10.12"),
        )
    )
    return _of(k)


def share_above(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 29 超 100%."""
    k = _pick(form, rng, "share", "satisfaction")
    assert k is not None
    form.lines[k].actual = rng.choice(("105%", "101%", "120%"))
    return _of(k)


def sign_missing(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 30 缺百分号."""
    k = _pick(form, rng, "share", "satisfaction", full=True)
    assert k is not None
    line = form.lines[k]
    line.actual = rng.choice((plain(Decimal(line.actual[:-1]) / 100), line.actual[:-1]))
    return _of(k)


def word_for_word(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 31 以词对词."""
    k = _pick(form, rng, "words")
    if k is None:
        return ()
    word = rng.choice(("长期", "持续提升", "有所改善", "显著"))
    form.lines[k].target = form.lines[k].actual = word
    return _of(k)


def score_empty(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 32 得分空."""
    k = rng.randrange(len(form.lines))
    form.lines[k].score = ""  # type: ignore[assignment]
    if rng.random() < 0.5:
        form.sum_up()
    return (*_of(k, "score", "weight", "name", "actual"), "total")


def spent_empty(form: Form, _rng: random.Random) -> tuple[str, ...]:
    """Plants 33 执行数空."""
    for source in (form.whole, *form.sources):
        source[-1] = None
    return ("whole/spent", "rate", "rate_score")


def year_impossible(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 34 年度."""
    form.year = rng.choice((2202, 2035, 1023, 1923))
    return ("year",)


def partly_full(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 35 部分达成满分."""
    k = _pick(form, rng, "words", "date")
    if k is None:
        return ()
    form.lines[k].actual = rng.choice(
        ("部分达成预期指标并具有一定效果", "部分完成", "未达成预期指标", "基本未完成")
    )
    form.lines[k].reason = ""
    return _of(k)


def head_differs(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 36 文字与表不符."""
    line = form.lines[0]
    if rng.random() < 0.5:
        form.goal = (
            f"{line.name}{plain(line.aim + 10)}{line.unit}，保障{form.project}工作开展",
            form.goal[1],
        )
    else:
        spent = Decimal(str(form.whole[2]))
        form.goal = (
            form.goal[0],
            f"全年{rng.choice(('执行', '支出', '使用资金'))}{plain(spent + 37)}万元，{form.project}工作按计划开展",
        )
    return ("goal", "outcome")


def grade_wrong(form: Form, rng: random.Random) -> tuple[str, ...]:
    """Plants 等级与得分."""
    score = Decimal(str(form.total))
    right = "优" if score >= 90 else "良" if score >= 80 else "中"
    form.extra["grade"] = rng.choice([g for g in ("优", "良", "中", "差") if g != right])
    return ("grade",)


PLANTS: dict[str, Plant] = {
    "1 执行率得分": rate_score_wrong,
    "2 执行率": rate_wrong,
    "3 得分大于分值": score_above,
    "4 分值合计": weights_off,
    "5 总分": total_wrong,
    "6 未达标满分": unmet_full,
    "7 扣分无原因": no_reason,
    "8 超上限满分": ceiling_passed,
    "9 超 130%": far_above,
    "10 达标扣分": met_yet_deducted,
    "11 文字代数": words_for_number,
    "12 完成值空": actual_empty,
    "13 指标值空": target_empty,
    "14 单位不同": other_unit,
    "15 指标重复": same_twice,
    "16 指标错位": misplaced,
    "17 成本用≥": cost_with_floor,
    "18 无调查": no_survey,
    "19 超预算": above_budget,
    "20 来源不等": sources_off,
    "21 未支出全完成": nothing_spent,
    "22 全支出少完成": little_done,
    "23 照抄目标": outcome_copied,
    "24 全部等于目标": all_full,
    "25 元作万元": money_unit,
    "26 缺一级指标": level_missing,
    "28 逾期满分": late,
    "29 超 100%": share_above,
    "30 缺百分号": sign_missing,
    "31 以词对词": word_for_word,
    "32 得分空": score_empty,
    "33 执行数空": spent_empty,
    "34 年度": year_impossible,
    "35 部分达成满分": partly_full,
    "36 文字与表不符": head_differs,
    "等级与得分": grade_wrong,
}
"""The kinds of errors by number and name."""
