"""Projects the audit was not tuned on: workbooks of other structures, and the five published projects changed in form.

The workbooks are synthetic. Each is written as a county would write it and read back, and knows by itself which of its
figures are bound by which others, so that what the audit does not even look at counts as missed.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
from wenxiao.model import Role, Table, half_up
from wenxiao.model.row_tree import RowTree
from wenxiao.project import Project, load_project
from wenxiao.sheets.structure.structure import structured

At = tuple[str, str]
"""A sheet and an address."""


@dataclass(frozen=True)
class Bond:
    """What binds a printed figure to others: it is their sum, their quotient or their difference."""

    kind: str
    printed: At
    parts: tuple[At, ...]


@dataclass
class Book:
    """A workbook being written: its rows by sheet, each figure with half a unit of its last place, and the bonds."""

    sheets: dict[str, list[list[object]]] = field(default_factory=dict)
    formats: dict[At, str] = field(default_factory=dict)
    figures: dict[At, tuple[Fraction, Fraction]] = field(default_factory=dict)
    bonds: list[Bond] = field(default_factory=list)

    def sheet(self, name: str, *lines: list[object]) -> list[list[object]]:
        """A new sheet with its first lines."""
        self.sheets[name] = [list(line) for line in lines]
        return self.sheets[name]

    def put(self, name: str, texts: list[object], values: list[tuple[Decimal, int, bool] | None]) -> list[At]:
        """A row: texts, then figures as (exact value, places, whether it is a rate); `None` leaves a cell empty.

        A figure with −1 places is counted or set, and hides nothing.
        """
        rows = self.sheets[name]
        row = len(rows) + 1
        cells: list[object] = list(texts)
        places_at: list[At] = []
        for value in values:
            address = f"{_letters(len(cells) + 1)}{row}"
            at = (name, address)
            places_at.append(at)
            if value is None:
                cells.append(None)
                continue
            number, places, rate = value
            shown = half_up(number, max(places, 0))
            cells.append(float(shown))
            behind = places - 2 if rate else places
            digits = f"0.{'0' * behind}" if behind > 0 else "0"
            self.formats[at] = f"{digits}%" if rate else digits
            half = Fraction(0) if places < 0 else Fraction(1, 2 * 10**places)
            self.figures[at] = (Fraction(shown), half)
        rows.append(cells)
        return places_at

    def bind(self, kind: str, printed: At, *parts: At) -> None:
        """States what a printed figure is made of, where all are there."""
        if all(at in self.figures for at in (printed, *parts)):
            self.bonds.append(Bond(kind, printed, parts))

    def read(self) -> Project:
        """The project as the reader finds it."""
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, rows in self.sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append([None if cell == "" else cell for cell in row])
            for (where, address), style in self.formats.items():
                if where == name:
                    sheet[address].number_format = style
        with tempfile.TemporaryDirectory() as folder:
            book.save(Path(folder) / "合成.xlsx")
            return load_project(Path(folder))

    def breaks(self, at: At, value: Fraction) -> bool:
        """Whether a new value of a figure breaks a bond whatever the printed digits hide."""
        figures = {**self.figures, at: (value, self.figures[at][1])}
        return any(_broken(bond, figures) for bond in self.bonds if at in (bond.printed, *bond.parts))


def _broken(bond: Bond, figures: dict[At, tuple[Fraction, Fraction]]) -> bool:
    value, half = figures[bond.printed]
    parts = [figures[at] for at in bond.parts]
    if bond.kind == "quotient":
        (top, a), (bottom, b) = parts
        if bottom - b <= 0:
            return True
        return value + half < (top - a) / (bottom + b) or value - half > (top + a) / (bottom - b)
    signs = (1, -1) if bond.kind == "difference" else (1,) * len(parts)
    whole = sum((sign * number for sign, (number, _) in zip(signs, parts, strict=True)), Fraction(0))
    times = len(parts) if bond.kind == "mean" else 1
    return abs(value * times - whole) > half * times + sum(h for _, h in parts)


def _letters(column: int) -> str:
    return openpyxl.utils.get_column_letter(column)


def _amount(dice: random.Random, places: int, top: int = 10**6) -> Decimal:
    return half_up(Decimal(dice.randint(top // 100, top)) / 100, places)


def self_evaluation(dice: random.Random) -> Book:
    """A self-evaluation form: a block of funds with its execution rate, indicators of three levels, deductions, a total."""
    book = Book()
    places = dice.choice((1, 2))
    budget, spent = _amount(dice, places), _amount(dice, places)
    low, high = sorted((budget, spent))
    book.sheet(
        "资金", ["项目资金情况", "", "", "单位：万元"], ["资金来源", "全年预算数", "全年执行数", "执行率"]
    )
    parts = [Decimal(dice.randint(10, 90)) / 100 for _ in range(2)]
    rows = []
    shares = [parts[0], 1 - parts[0]]
    for name, share in zip(("当年财政拨款", "其他资金"), shares, strict=True):
        a, b = half_up(high * share, places), half_up(low * share, places)
        rows.append(
            (a, b, book.put("资金", [name], [(a, places, False), (b, places, False), (b / a, 4, True)]))
        )
    a, b = sum((r[0] for r in rows), Decimal(0)), sum((r[1] for r in rows), Decimal(0))
    whole = book.put("资金", ["合计"], [(a, places, False), (b, places, False), (b / a, 4, True)])
    for column in (0, 1):
        book.bind("sum", whole[column], *(at[column] for *_, at in rows))
    for at in [at for *_, at in rows] + [whole]:
        book.bind("quotient", at[2], at[1], at[0])
    book.sheet(
        "指标", ["绩效自评表"], ["一级指标", "二级指标", "三级指标", "分值", "得分", "扣分", "扣分原因"]
    )
    leaves = []
    for first, second, weights in (
        ("产出", "数量指标", (15, 10)),
        ("产出", "质量指标", (15, 10)),
        ("效益", "社会效益", (20, 10)),
        ("满意度", "服务对象满意度", (10, 10)),
    ):
        for number, weight in enumerate(weights):
            score = half_up(Decimal(weight) * dice.randint(60, 99) / 100, 2)
            cells = [(Decimal(weight), -1, False), (score, 2, False), (weight - score, 2, False)]
            at = book.put("指标", [first, second, f"{second}{number + 1}"], cells)
            book.sheets["指标"][-1].append("见附件")
            book.bind("difference", at[2], at[0], at[1])
            leaves.append((Decimal(weight), score, at))
    sums = [sum((leaf[i] for leaf in leaves), Decimal(0)) for i in (0, 1)]
    total = book.put(
        "指标",
        ["合计", "", ""],
        [(sums[0], -1, False), (sums[1], 2, False), (sums[0] - sums[1], 2, False)],
    )
    for column in range(3):
        book.bind("sum", total[column], *(at[column] for *_, at in leaves))
    return book


def by_district(dice: random.Random) -> Book:
    """Money of several sources by district with totals down and across, tasks with regional subtotals."""
    book = Book()
    places, size = dice.choice((0, 1, 2)), dice.randint(3, 9)
    names = [f"{'东西南北中前后左右'[i]}{'山水田林湖'[i % 5]}区" for i in range(size)]
    sources = ["中央资金", "省级资金", "市级资金"][: dice.randint(2, 3)]
    book.sheet("资金", ["各县区补助资金", "", "单位：万元"], ["县区", *sources, "合计"])
    rows = []
    for name in names:
        values = [_amount(dice, places, 10**5) for _ in sources]
        values.append(sum(values, Decimal(0)))
        at = book.put("资金", [name], [(v, places, False) for v in values])
        book.bind("sum", at[-1], *at[:-1])
        rows.append((values, at))
    sums = [sum((values[i] for values, _ in rows), Decimal(0)) for i in range(len(sources) + 1)]
    total = book.put("资金", ["合计"], [(v, places, False) for v in sums])
    book.bind("sum", total[-1], *total[:-1])
    for i in range(len(sums)):
        book.bind("sum", total[i], *(at[i] for _, at in rows))
    book.sheet("任务", ["各县区改造任务"], ["县区", "户数（户）", "楼栋数（栋）", "面积（万平方米）"])
    subtotals = []
    half = max(size // 2, 1)
    for label, group in (("城区小计", names[:half]), ("县域小计", names[half:])):
        own = []
        for name in group:
            values = [Decimal(dice.randint(100, 9000)), Decimal(dice.randint(3, 90)), _amount(dice, 2, 9000)]
            own.append(
                (
                    values,
                    book.put(
                        "任务",
                        [name],
                        [(values[0], -1, False), (values[1], -1, False), (values[2], 2, False)],
                    ),
                )
            )
        sums = [sum((values[i] for values, _ in own), Decimal(0)) for i in range(3)]
        at = book.put("任务", [label], [(sums[0], -1, False), (sums[1], -1, False), (sums[2], 2, False)])
        for i in range(3):
            book.bind("sum", at[i], *(each[i] for _, each in own))
        subtotals.append((sums, at))
    sums = [sum((each[i] for each, _ in subtotals), Decimal(0)) for i in range(3)]
    at = book.put("任务", ["合计"], [(sums[0], -1, False), (sums[1], -1, False), (sums[2], 2, False)])
    for i in range(3):
        book.bind("sum", at[i], *(each[i] for _, each in subtotals))
    return book


def ranked(dice: random.Random) -> Book:
    """Districts by indicators under a header of two levels, with score rates, totals and a row of means."""
    book = Book()
    size, places = dice.randint(3, 12), dice.choice((1, 2))
    weights = (12, 8, 20, 25, 35)
    heads = ["决策（12分）", "管理（8分）", "过程（20分）", "产出（25分）", "效益（35分）"]
    book.sheet("得分", ["各县区评价得分表"], ["序号", "县区", *heads, "得分", "得分率"])
    rows = []
    for number in range(size):
        values = [half_up(Decimal(w) * dice.randint(500, 1000) / 1000, places) for w in weights]
        score = sum(values, Decimal(0))
        cells = [(v, places, False) for v in (*values, score)] + [(score / 100, 4, True)]
        at = book.put("得分", [number + 1, f"{'子丑寅卯辰巳午未申酉戌亥'[number]}县"], cells)
        book.bind("sum", at[5], *at[:5])
        rows.append(([*values, score], at))
    means = [sum((values[i] for values, _ in rows), Decimal(0)) / size for i in range(6)]
    at = book.put("得分", ["", "平均"], [(mean, places, False) for mean in means])
    for i in range(6):
        book.bind("mean", at[i], *(each[i] for _, each in rows))
    return book


def works(dice: random.Random) -> Book:
    """Outputs with completion rates, funds by source with shares and arrival rates, a report's claims on both."""
    book = Book()
    places = dice.choice((0, 2))
    book.sheet("产出", ["产出完成情况表"], ["产出指标", "单位", "计划数", "完成数", "完成率"])
    outputs = []
    for item, unit in (("改造小区", "个"), ("改造楼栋", "栋"), ("改造户数", "户")):
        planned = Decimal(dice.randint(20, 5000))
        done = Decimal(dice.randint(10, int(planned)))
        at = book.put(
            "产出", [item, unit], [(planned, -1, False), (done, -1, False), (done / planned, 4, True)]
        )
        book.bind("quotient", at[2], at[1], at[0])
        outputs.append((done, at))
    book.sheet(
        "资金", ["资金到位情况", "", "", "单位：万元"], ["资金来源", "预算数", "占比", "到位数", "到位率"]
    )
    budgets = [_amount(dice, places, 10**6) for _ in range(3)]
    received = [half_up(b * dice.randint(30, 100) / 100, places) for b in budgets]
    whole, arrived = sum(budgets, Decimal(0)), sum(received, Decimal(0))
    rows = []
    for name, b, r in zip(("中央资金", "省级资金", "县级配套"), budgets, received, strict=True):
        cells = [(b, places, False), (b / whole, 4, True), (r, places, False), (r / b, 4, True)]
        rows.append(book.put("资金", [name], cells))
    total = book.put(
        "资金", ["合计"], [(whole, places, False), None, (arrived, places, False), (arrived / whole, 4, True)]
    )
    for at in (*rows, total):
        book.bind("quotient", at[3], at[2], at[0])
    for at in rows:
        book.bind("quotient", at[1], at[0], total[0])
    for column in (0, 2):
        book.bind("sum", total[column], *(at[column] for at in rows))
    return book


BOOKS: dict[str, Callable[[random.Random], Book]] = {
    "self-evaluation form": self_evaluation,
    "money and tasks by district": by_district,
    "districts by indicators": ranked,
    "outputs and funds": works,
}


def perturbed(project: Project, dice: random.Random) -> Project:
    """A published project in another form: a row or the totals dropped, columns permuted, names and precision changed.

    Amounts of money get four more places, as a sheet in 元 has them. What a dropped row leaves disagreeing is there before
    a figure is changed, so it is no finding of the change.
    """
    names: dict[str, str] = {}
    tables = tuple(_changed(table, dice, names) for table in project.tables)
    return replace(project, tables=tables)


def _changed(table: Table, dice: random.Random, names: dict[str, str]) -> Table:
    kept = [r for r in range(len(table)) if not (table.roles[r] == Role.TOTAL and dice.random() < 0.3)]
    data = [r for r in kept if table.roles[r] == Role.DATA]
    plain = not any(column.spans for column in table.columns)
    if plain and len(data) > 3 and table.kind != "head" and dice.random() < 0.5:
        kept.remove(dice.choice(data))
    plain = plain and table.kind != "head"
    rows = kept if plain else list(range(len(table)))
    order = list(range(len(table.columns)))
    positions = [column.position for column in table.columns]
    dice.shuffle(positions)
    columns = []
    for i in order:
        column = table.columns[i]
        texts = column.texts
        if texts is not None and column.key in ("district", "name"):
            renamed = [v and names.setdefault(v, f"改名{len(names) + 1}") for v in texts.to_pylist()]
            texts = pa.array(renamed, pa.string())
        places = column.places
        if column.unit.dimension == "money" and column.numbers is not None:
            places = np.where(column.missing == 0, column.places + 4, column.places).astype(np.int8)
        take = pa.array(rows, pa.int64())
        columns.append(
            replace(
                column,
                position=positions[i],
                numbers=None if column.numbers is None else column.numbers.take(take),
                texts=None if texts is None else texts.take(take),
                missing=column.missing[rows],
                places=places[rows] if len(places) else places,
                inferred=column.inferred[rows] if len(column.inferred) else column.inferred,
                qualifiers={rows.index(r): v for r, v in column.qualifiers.items() if r in rows},
                row_units={rows.index(r): v for r, v in column.row_units.items() if r in rows},
                spans={rows.index(r): v for r, v in column.spans.items() if r in rows},
            )
        )
    other = replace(
        table,
        tree=RowTree(),
        relations=(),
        intensive=frozenset(),
        lines=table.lines[rows],
        roles=table.roles[rows],
        sections=tuple(table.sections[r] for r in rows),
        columns=tuple(columns),
        raw=lambda _row, _column: None,
    )
    return structured(other, [_name(other, record) for record in range(len(other))])


def _name(table: Table, record: int) -> str:
    texts = (column.text(record) for column in table.columns if not column.numeric)
    return "合计" if table.roles[record] == Role.TOTAL else next((text for text in texts if text), "")
