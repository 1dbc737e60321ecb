"""合成数据: workspaces of made-up districts for benchmarks and tests of scale. No figure and no name in them is real.

`python benchmarks/synthetic.py FOLDER` fills a folder with a workspace; without an argument the making itself is timed.
The same seed gives the same figures. Every title, name, file and note says 合成数据, so that no report can be mistaken.

Three layouts, all as offices send such things, with title rows, unit rows, headers of two rows, totals first, notes:
- national: one project, its tables by district; reports by `district_report`;
- cities: the same in projects of a dozen districts each, as a province collects them;
- folders: a project folder a district, with a workbook of its own; reports by `project_report`.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any, Literal, get_args

import xlsxwriter

MARK = "合成数据"
YEAR = 2023
NATIONAL = f"synthetic-{YEAR}"
PROFILE = "synthetic"
CHECKOUT = Path(__file__).resolve().parents[1]

Row = Sequence[object]
Layout = Literal["national", "cities", "folders"]
LAYOUTS: tuple[Layout, ...] = get_args(Layout)
DISTRICTS_OF_A_CITY = 12

_FIRST = "安宝昌长城川丰福广海和华怀惠吉嘉建江金景开康乐丽临灵龙隆明南宁平普清仁荣瑞三上石双泰天同万文武西仙新信兴秀延阳义永玉元云"
_SECOND = (
    "安昌城川德东丰阜关海和河湖化江口乐陵龙门明南宁平坪坡桥青曲泉仁山水台塘田陀文溪县乡兴阳业义邑源原岳泽州"
)
_SOURCES = (("中央资金", 45), ("省级资金", 15), ("市级资金", 10), ("县级配套", 10), ("专项债券", 20))
_INDICATORS = {
    "决策": {
        "项目立项": (("立项依据充分性", 3), ("立项程序规范性", 3)),
        "绩效目标": (("绩效目标合理性", 4), ("绩效指标明确性", 4)),
        "资金投入": (("预算编制科学性", 3), ("资金分配合理性", 3)),
    },
    "过程": {
        "资金管理": (("资金到位率", 4), ("预算执行率", 4), ("资金使用合规性", 4)),
        "组织实施": (("管理制度健全性", 4), ("制度执行有效性", 4)),
    },
    "产出": {
        "产出数量": (("实际完成率", 10),),
        "产出质量": (("质量达标率", 10),),
        "产出时效": (("完成及时性", 10),),
        "产出成本": (("成本节约率", 6),),
    },
    "效益": {"项目效益": (("实施效益", 14), ("满意度", 10))},
}
_WORKS = (
    "屋面防水",
    "外墙保温",
    "道路硬化",
    "雨污分流",
    "加装电梯",
    "停车位",
    "充电设施",
    "绿化",
    "供水管网",
    "楼道照明",
)
_PROBLEMS = (
    ("预算执行率不高", "过程", "资金管理", "预算执行率"),
    ("竣工验收手续办理不及时", "产出", "产出时效", "完成及时性"),
    ("绩效指标不够明确", "决策", "绩效目标", "绩效指标明确性"),
    ("后续管护跟不上", "效益", "项目效益", "实施效益"),
)
_REASON = {True: "", False: f"{MARK}：材料不齐"}


def district_names(count: int) -> list[str]:
    """So many different names of districts, each beginning with 合成."""
    pairs = (f"合成{first}{second}" for second, first in product(_SECOND, _FIRST) if first != second)
    return [f"{pair}{'县区市'[number % 3]}" for number, pair in zip(range(count), pairs, strict=False)]


def workspace(
    root: Path,
    districts: int = 3000,
    *,
    seed: int = 10,
    layout: Layout = "national",
    each_district: bool = False,
) -> Path:
    """The folder, which is now a workspace of so many districts with notebooks, profile, data and parameters.

    With `each_district` a project has one parameter file, to be expanded over its districts, not one a district.
    """
    rng = random.Random(seed)
    names = district_names(districts)
    shutil.copytree(CHECKOUT / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".*"))
    _write(
        root / "parameters" / "profiles" / f"{PROFILE}.yaml",
        f"# {MARK}\nextends: national\ntitle: {MARK}，评价规则照国家办法\nsource: {MARK}，无出处\n",
    )
    if layout != "folders":
        size = districts if layout == "national" else DISTRICTS_OF_A_CITY
        for number, at in enumerate(range(0, districts, size), 1):
            members = names[at : at + size]
            project = NATIONAL if layout == "national" else f"synthetic-{number:03}-{YEAR}"
            place = "全国" if layout == "national" else f"合成第{number}市"
            _of_districts(root / "data" / project, place, members, rng)
            _parameters(
                root / "parameters" / "district_report", project, members, each_district=each_district
            )
        return root
    for number, name in enumerate(names, 1):
        project = f"synthetic-{number:04}-{YEAR}"
        _folder(root / "data" / project, name, rng)
        _write(
            root / "parameters" / "project_report" / f"{project}.yaml",
            f"# {MARK}\nproject: data/{project}\nprofile: {PROFILE}\n",
        )
    return root


def _parameters(folder: Path, project: str, names: Sequence[str], *, each_district: bool) -> None:
    common = f"# {MARK}\nproject: data/{project}\nprofile: {PROFILE}\n"
    if each_district:
        _write(folder / f"{project}.yaml", common)
    for name in () if each_district else names:
        _write(folder / f"{project}--{name}.yaml", f"{common}district: {name}\n")


def _of_districts(folder: Path, place: str, names: Sequence[str], rng: random.Random) -> None:
    """One project with its districts, in three workbooks."""
    _beside(folder, place)
    funds = [_money_of(rng) for _ in names]
    total = [sum(column, Decimal(0)) for column in zip(*funds, strict=True)]
    listed = [_neighbourhoods(name, rng.randrange(2, 5), rng) for name in names]
    works = [_works_of(rows) for rows in listed]
    scores = [_scored(rng) for _ in names]
    with xlsxwriter.Workbook(folder / f"{MARK}-资金与完成情况.xlsx") as book:
        _sheet(book, "项目基本情况", _head(f"{MARK} {place}老旧小区改造", place, len(names)))
        _sheet(book, "分来源资金", _by_source(total[0], total[3], total[4]))
        _sheet(
            book,
            "分县区资金",
            [
                [f"{MARK} {YEAR}年老旧小区改造分县区资金情况表"],
                ["", "", "", "", "", "", "单位：万元"],
                ["序号", "县区", "概算", "资金", "", "", ""],
                ["", "", "", "预算数", "下达数", "到位数", "支出数"],
                ["", "合计", *total],
                *([at, name, *row] for at, (name, row) in enumerate(zip(names, funds, strict=True), 1)),
                [f"注：{MARK}，由程序生成。"],
            ],
            merged=((2, 3, 2, 6),),
        )
        _sheet(
            book,
            "分县区完成情况",
            [
                [f"{MARK} {YEAR}年老旧小区改造分县区完成情况表"],
                ["序号", "县区", "小区数", "楼栋数（栋）", "户数（户）", "改造面积（万平方米）"],
                *([at, name, *row] for at, (name, row) in enumerate(zip(names, works, strict=True), 1)),
                ["", "合计", *(sum(column) for column in zip(*works, strict=True))],
                [f"数据来源：{MARK}"],
            ],
        )
    with xlsxwriter.Workbook(folder / f"{MARK}-绩效评价得分.xlsx") as book:
        means = [sum(column, Decimal(0)) / len(names) for column in zip(*scores, strict=True)]
        _sheet(
            book,
            "各指标得分",
            [
                [f"{MARK} 各指标平均得分情况表"],
                ["项目", *_INDICATORS, "合计"],
                ["分值", *_weights(), 100],
                ["得分", *(parts := [mean.quantize(Decimal("0.01")) for mean in means]), sum(parts)],
            ],
        )
        _sheet(
            book,
            "各县区得分",
            [
                [f"{MARK} 各县区综合评价得分情况表"],
                ["单位：分"],
                [
                    "序号",
                    "县区",
                    *(f"{name}（{weight}分）" for name, weight in zip(_INDICATORS, _weights(), strict=True)),
                    "总分",
                    "备注",
                ],
                *(
                    [at, name, *row, sum(row), "现场评价" if at % 3 else "非现场评价"]
                    for at, (name, row) in enumerate(zip(names, scores, strict=True), 1)
                ),
            ],
        )
    with xlsxwriter.Workbook(folder / f"{MARK}-小区与问题.xlsx") as book:
        _sheet(book, "小区清单", _list_of(listed))
        _sheet(book, "问题清单", _problems(rng))


def _folder(folder: Path, name: str, rng: random.Random) -> None:
    """One district as a project of its own, in one workbook."""
    _beside(folder, name)
    money = _money_of(rng)
    plan = rng.randrange(10, 60)
    with xlsxwriter.Workbook(folder / f"{MARK}-绩效评价.xlsx") as book:
        _sheet(book, "项目基本情况", _head(f"{MARK} {name}老旧小区改造", name, 1))
        _sheet(book, "评分表", list(_scorecard(rng)))
        _sheet(book, "资金情况", _by_source(money[1], money[3], money[4]))
        _sheet(
            book,
            "任务完成情况",
            [
                [f"{MARK} 任务完成情况表"],
                ["内容", "计量单位", f"{YEAR}年度", ""],
                ["", "", "计划任务数", "实际完成数"],
                ["小区", "个", plan, plan - rng.randrange(0, 4)],
                ["户数", "户", plan * 180, plan * 180 - rng.randrange(0, 900)],
            ],
            merged=((1, 2, 1, 3),),
        )
        _sheet(book, "小区清单", _list_of([_neighbourhoods(name, 12, rng)]))
        _sheet(book, "问题清单", _problems(rng))


def _beside(folder: Path, name: str) -> None:
    _write(
        folder / "SOURCE.md",
        f"# {folder.name}\n\n{MARK}：由 benchmarks/synthetic.py 生成，没有一个数是真的。\n",
    )
    _write(
        folder / "narrative.md",
        f"## 主要经验\n\n- {MARK}：{name}由程序生成，没有经验。\n\n## 有关建议\n\n- {MARK}：不作为任何决定的依据。\n",
    )


def _head(title: str, place: str, count: int) -> list[Row]:
    return [
        [f"{MARK} 项目基本情况表"],
        ["事项", "内容"],
        ["项目名称", title],
        ["地区", f"{place}（{MARK}）"],
        ["年度", YEAR],
        ["评价类型", "财政评价"],
        ["评价范围", f"{count}个县区"],
        ["项目状态", "已全部完工"],
    ]


def _by_source(*stages: Decimal) -> list[Row]:
    """Budget, received and spent by source, the parts adding up to each of the three."""
    shares = [[_cents(stage * share / 100) for _, share in _SOURCES] for stage in stages]
    for stage, column in zip(stages, shares, strict=True):
        column[-1] += stage - sum(column, Decimal(0))
    return [
        [f"{MARK} {YEAR}年老旧小区改造资金情况表"],
        ["", "", "", "单位：万元"],
        ["资金来源", "预算数", "到位数", "支出数"],
        *([source, *row] for (source, _), row in zip(_SOURCES, zip(*shares, strict=True), strict=True)),
        ["合计", *stages],
        [f"注：{MARK}。"],
    ]


def _neighbourhoods(name: str, count: int, rng: random.Random) -> list[Row]:
    """The neighbourhoods of a district: names, 建成年份, 户数, 楼栋数, 改造面积, 改造内容."""
    rows = []
    for number in range(1, count + 1):
        households = rng.randrange(40, 600)
        sizes = (households, households // 30 + 1, households * 85)
        works = "、".join(rng.sample(_WORKS, 3))
        rows.append([name, f"{name}{number}号小区", rng.randrange(1978, 2005), *sizes, works])
    return rows


def _list_of(listed: Sequence[Sequence[Row]]) -> list[Row]:
    rows = [row for each in listed for row in each]
    return [
        [f"{MARK} 改造小区清单"],
        ["序号", "县区", "小区名称", "建成年份", "户数", "楼栋数", "改造面积（平方米）", "改造内容"],
        *([at, *row] for at, row in enumerate(rows, 1)),
    ]


def _problems(rng: random.Random) -> list[Row]:
    found = rng.sample(_PROBLEMS, 3)
    return [
        [f"{MARK} 问题清单"],
        ["序号", "问题", "一级指标", "二级指标", "三级指标"],
        *([at, f"{problem}（{MARK}）", *where] for at, (problem, *where) in enumerate(found, 1)),
    ]


def _scorecard(rng: random.Random) -> Iterator[Row]:
    yield [f"{MARK} 绩效评价评分表"]
    yield ["单位：分"]
    yield ["一级指标", "二级指标", "三级指标", "分值", "得分", "扣分原因"]
    total = Decimal(0)
    for first, seconds in _INDICATORS.items():
        for at, (second, thirds) in enumerate(seconds.items()):
            for below, (third, weight) in enumerate(thirds):
                score = _cents(Decimal(weight) * rng.randrange(70, 101) / 100)
                total += score
                yield [
                    "" if at or below else first,
                    "" if below else second,
                    third,
                    weight,
                    score,
                    _REASON[score == weight],
                ]
    yield ["合计", "", "", 100, total, ""]


def _weights() -> list[int]:
    return [
        sum(weight for thirds in seconds.values() for _, weight in thirds) for seconds in _INDICATORS.values()
    ]


def _scored(rng: random.Random) -> list[Decimal]:
    """A district's scores at the first level."""
    return [_cents(Decimal(weight) * rng.randrange(6800, 10_001) / 10_000) for weight in _weights()]


def _money_of(rng: random.Random) -> list[Decimal]:
    """A district's 概算, 预算, 下达, 到位, 支出 in 万元, each at most the one before."""
    amounts = [Decimal(rng.randrange(60_000, 900_000)) / 100]
    for _ in range(4):
        amounts.append(_cents(amounts[-1] * rng.randrange(88, 101) / 100))
    return amounts


def _works_of(rows: Sequence[Row]) -> list[Decimal]:
    """A district's 小区, 楼栋, 户 and 改造面积 in 万平方米, as its list of neighbourhoods has them."""
    households, buildings, area = (sum(int(str(row[at])) for row in rows) for at in (3, 4, 5))
    return [Decimal(len(rows)), Decimal(buildings), Decimal(households), Decimal(area).scaleb(-4)]


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))


def _sheet(
    book: xlsxwriter.Workbook,
    title: str,
    rows: Sequence[Row],
    merged: Sequence[tuple[int, int, int, int]] = (),
) -> None:
    """Adds a sheet to the workbook. A Decimal shows its places, as an office formats its figures."""
    sheet = book.add_worksheet(title)
    formats: dict[int, Any] = {
        places: book.add_format({"num_format": "0" + "." * (places > 0) + "0" * places})
        for places in range(5)
    }
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, Decimal):
                places = max(0, -int(value.as_tuple().exponent))
                sheet.write_number(at, column, float(value), formats[places])
            elif value != "":
                sheet.write(at, column, value)
    for first_row, first, last_row, last in merged:
        sheet.merge_range(first_row, first, last_row, last, rows[first_row][first])


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def _timed() -> None:
    """Prints how long the making takes, and what it makes."""
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {MARK}, medians of 1 round")
    for layout, districts in zip(LAYOUTS, (3000, 3000, 300), strict=True):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            root = workspace(Path(folder) / "w", districts, layout=layout)
            seconds = time.perf_counter() - start
            files = [path for path in root.rglob("*") if path.is_file()]
            size = sum(path.stat().st_size for path in files) / 1e6
        print(f"{layout:10}{districts:>6} districts{len(files):>7} files{size:>8.2f} MB{seconds:>8.2f} s")


def main() -> None:
    """Fills the folder that was named; without one, prints the time it takes."""
    if len(sys.argv) == 1:
        _timed()
        return
    parser = argparse.ArgumentParser(description=f"A workspace of made-up districts ({MARK}).")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--districts", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=10)
    parser.add_argument("--layout", choices=LAYOUTS, default="national")
    parser.add_argument("--each-district", action="store_true", help="one parameter file for all districts")
    options = parser.parse_args()
    workspace(
        options.folder,
        options.districts,
        seed=options.seed,
        layout=options.layout,
        each_district=options.each_district,
    )


if __name__ == "__main__":
    main()
