"""How often the audit finds one changed figure, how often it names it, and how often it cries wolf.

Takes the tables of the five projects, changes one printed figure at random by more than its precision, and audits again;
the same on projects the checks were not tuned on (`held_out.py`). Then makes consistent tables at random, rounds them as
offices do, and counts the findings (there must be none). Run it with `make mutation`; the results of the last run are in
docs/audit.md.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import held_out as held
import numpy as np
import openpyxl
import pyarrow as pa
import yaml
from wenxiao.evaluation import checks, evaluate
from wenxiao.evaluation.audit.constraint import Agreement
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.model import (
    CellRef,
    Column,
    Finding,
    Origin,
    Role,
    Table,
    Unit,
    WenxiaoError,
    figures,
    half_up,
    words,
)
from wenxiao.model.units import PIECES, POINTS, RATIO, WAN_YUAN
from wenxiao.project import Project, load_profile, load_project

FIVE = ("mudan-2023", "linyi-2021", "dengkou-2023", "lingang-2023", "ejinhoro-2022")
ROOT = Path(__file__).resolve().parents[1]
PROFILE = load_profile()
FIGURES = {code for check in checks() if check.constrain for code in check.codes}
"""The codes of the checks of figures: consistent tables must raise none of them."""


def agreements(evaluation: Evaluation) -> dict[CellRef, list[Agreement]]:
    """What the figure in each cell has to agree with."""
    cells: dict[CellRef, list[Agreement]] = defaultdict(list)
    for check in checks():
        for each in check.constrain(evaluation) if check.constrain else ():
            if each.printed.quantity is not None:
                for cell in each.cells:
                    cells[cell].append(each)
    return cells


def spots(project: Project) -> Iterator[tuple[int, int, int]]:
    """Every printed figure of a project as (table, column, record); not those read from words (全部完工)."""
    for t, table in enumerate(project.tables):
        for c, column in enumerate(table.columns):
            if column.numeric and column.key != "serial":
                for record in range(len(table)):
                    words_for_it = len(column.qualifiers.get(record, "")) > 1
                    if column.number(record) is not None and not words_for_it:
                        yield t, c, record


def beyond(known: list[Agreement], cell: CellRef, value: Decimal) -> bool:
    """Whether a value lies outside what some agreement leaves the figure in a cell, all printed precisions together."""
    return any(not each.room_for(frozenset({cell})).holds(value) for each in known if each.holds)


def changed(
    project: Project, spot: tuple[int, int, int], dice: random.Random
) -> tuple[Project, CellRef, Decimal]:
    """The project with one figure changed by between 2 and 200 units of its last place, or one to twenty per cent."""
    t, c, record = spot
    table = project.tables[t]
    column = table.columns[c]
    old = column.number(record)
    assert old is not None
    unit = Decimal(1).scaleb(-int(column.places[record]))
    step = (
        unit * dice.randint(2, 200)
        if dice.random() < 0.5
        else max(unit * 2, half_up(abs(old) * dice.randint(1, 20) / 100, int(column.places[record])))
    )
    new = old + dice.choice((-1, 1)) * step
    new = old + step if new < 0 else new
    assert column.numbers is not None
    values = column.numbers.to_pylist()
    values[record] = new
    numbers = pa.array(
        values, pa.decimal128(38, max(column.numbers.type.scale, -int(new.as_tuple().exponent)))
    )
    columns = tuple(
        replace(column, numbers=numbers) if i == c else each for i, each in enumerate(table.columns)
    )
    tables = tuple(
        replace(table, columns=columns) if i == t else each for i, each in enumerate(project.tables)
    )
    return replace(project, tables=tables), table.cell(record, column), new


@dataclass
class Tally:
    """What became of the changes of one corpus: all of them, and those no rounding can hide."""

    every: Counter[str] = field(default_factory=Counter)
    certain: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, where: str, cell: CellRef, new: Sequence[Finding], *, certain: bool) -> None:
        """Counts one change by the findings it brought."""
        hits = [finding for finding in new if cell in finding.cells]
        outcome = Counter(
            {
                "tried": 1,
                "found": bool(hits),
                "named": any(cell in finding.suspects for finding in hits),
                "misnamed": any(finding.suspects and cell not in finding.suspects for finding in new),
            }
        )
        self.every.update(outcome)
        if certain:
            self.certain.update(outcome)
            if not hits:
                self.missed[where] += 1

    def print(self, title: str) -> None:
        """Prints the rates."""
        print(title)
        for name, tally in (("all changes", self.every), ("beyond any rounding", self.certain)):
            rates = ", ".join(
                f"{key} {tally[key]} ({100 * tally[key] / max(tally['tried'], 1):.2f}%)"
                for key in ("found", "named", "misnamed")
            )
            print(f"  {name:20} {tally['tried']}: {rates}")
        if self.missed:
            print("  missed:", "; ".join(f"{where} {times}" for where, times in self.missed.most_common(8)))


def findings_of_change(project: Project, before: set[tuple[object, ...]]) -> list[Finding]:
    """What the audit says of a changed project that it did not say before."""
    return [f for f in evaluate(project, PROFILE).findings if _identity(f) not in before]


def bound(project: Project, rounds: int, dice: random.Random, tally: Tally, name: str) -> None:
    """Changes figures that take part in some agreement of the audit."""
    evaluation = evaluate(project, PROFILE)
    before = {_identity(f) for f in evaluation.findings}
    cells = agreements(evaluation)
    places = [s for s in spots(project) if _cell(project, s) in cells]
    for _ in range(rounds if places else 0):
        other, cell, value = changed(project, dice.choice(places), dice)
        new = findings_of_change(other, before)
        tally.add(f"{name} {cell}", cell, new, certain=beyond(cells[cell], cell, value))


def published(rounds: int, dice: random.Random) -> None:
    """The campaign over the five published projects, on which the checks were built."""
    tally = Tally()
    for name in FIVE:
        bound(load_project(ROOT / "data" / name), rounds, dice, tally, name)
    tally.print(f"the five published projects, {rounds} changes each")


def folders(rounds: int, dice: random.Random, places: Sequence[Path]) -> None:
    """The campaign over the workbooks of the audit's own tests, the example city's project, and folders of one's own."""
    books = yaml.safe_load((ROOT / "tests/evaluation/audit/workbooks.yaml").read_text("utf-8"))
    tally = Tally()
    with tempfile.TemporaryDirectory() as place:
        for number, book in enumerate(books.values()):
            folder = Path(place, str(number))
            folder.mkdir()
            workbook_of(folder / "表.xlsx", book["sheets"])
            bound(load_project(folder), max(rounds // 40, 1), dice, tally, f"{book['code']}")
    tally.print(f"{len(books)} small workbooks, {max(rounds // 40, 1)} changes each")
    tally, tried = Tally(), 0
    for folder in places:
        try:
            bound(load_project(folder), max(rounds // 20, 1), dice, tally, folder.name)
            tried += 1
        except WenxiaoError as error:
            print(f"not read: {folder.name}: {str(error)[:80]}")
    if tried:
        tally.print(f"{tried} folders, {max(rounds // 20, 1)} changes each")


def workbook_of(path: Path, sheets: dict[str, list[list[object]]]) -> None:
    """Writes a workbook with these rows."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    book.save(path)


def held_out(rounds: int, dice: random.Random) -> None:
    """The campaign over what the checks were not tuned on: the five in other forms, and workbooks of other structures."""
    each = 10
    tally = Tally()
    for name in FIVE:
        original = load_project(ROOT / "data" / name)
        for _ in range(max(rounds // each, 1)):
            bound(held.perturbed(original, dice), each, dice, tally, name)
    tally.print(f"the five in other forms, {max(rounds // each, 1)} forms each, {each} changes a form")
    for name, make in held.BOOKS.items():
        tally, false = Tally(), 0
        for _ in range(max(rounds // each, 1)):
            false += workbook(make(dice), each, dice, tally)
        tally.print(
            f"workbooks: {name}, {max(rounds // each, 1)} books, {each} changes each; false alarms {false}"
        )


def workbook(book: held.Book, rounds: int, dice: random.Random, tally: Tally) -> bool:
    """Changes figures that the book itself says are bound; whether the untouched book raised any difference."""
    project = book.read()
    findings = evaluate(project, PROFILE).findings
    before = {_identity(f) for f in findings}
    places = [s for s in spots(project) if _at(project, s) in book.figures]
    for _ in range(rounds):
        spot = dice.choice(places)
        other, cell, value = changed(project, spot, dice)
        table = project.tables[spot[0]]
        where = f"{table.kind} “{table.columns[spot[1]].label}”"
        breaks = book.breaks(_at(project, spot), Fraction(value))
        tally.add(where, cell, findings_of_change(other, before), certain=breaks)
    return any(f.code in FIGURES for f in findings)


def _at(project: Project, spot: tuple[int, int, int]) -> held.At:
    cell = _cell(project, spot)
    return cell.sheet, cell.address


def _identity(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.subject, finding.printed, finding.recomputed, finding.cells


def _cell(project: Project, spot: tuple[int, int, int]) -> CellRef:
    table = project.tables[spot[0]]
    return table.cell(spot[2], table.columns[spot[1]])


def _table(kind: str, columns: list[Column], roles: list[Role]) -> Table:
    size = len(roles)
    return Table(
        kind=kind,
        title="合成表（synthetic）",
        origin=Origin("合成.xlsx", kind, 1, 1, size + 1, len(columns)),
        lines=np.arange(2, size + 2, dtype=np.int32),
        roles=np.array(roles, np.int8),
        columns=tuple(columns),
        sections=("",) * size,
        raw=lambda _row, _column: None,
    )


def _column(key: str | None, label: str, exact: list[Decimal], unit: Unit, decimals: int, at: int) -> Column:
    rounded = [half_up(value, decimals) for value in exact]
    return figures(rounded, key=key, label=label, position=at, unit=unit, places=decimals)


def _with_total(values: list[Decimal]) -> list[Decimal]:
    return [*values, sum(values, Decimal(0))]


def _funds(dice: random.Random) -> Table:
    size, places = dice.randint(2, 40), dice.randint(0, 3)
    budget = _with_total([Decimal(dice.randint(1, 10**9)) / 10**4 for _ in range(size)])
    spent = _with_total([b * dice.randint(0, 1200) / 1000 for b in budget[:-1]])
    rates = [s / b for s, b in zip(spent, budget, strict=True)]
    names = [f"来源{i}" for i in range(size)] + ["合计"]
    columns = [
        words(names, key="source", label="资金来源", position=1),
        _column("budget", "预算", budget, WAN_YUAN, places, 2),
        _column("spent", "支出", spent, WAN_YUAN, places, 3),
        _column("execution_rate", "执行率", rates, RATIO, 4, 4),
        _column("share", "占比", [b / budget[-1] for b in budget], RATIO, 4, 5),
    ]
    return _table("funds", columns, [Role.DATA] * size + [Role.TOTAL])


def _scorecard(dice: random.Random) -> tuple[Table, list[tuple[str, Decimal, Decimal]]]:
    """A card of two levels, its parents among its rows, with what each first level scored."""
    firsts = ["决策", "过程", "产出", "效益"]
    level1, level2, weights, scores = [], [], [], []
    said: list[tuple[str, Decimal, Decimal]] = []
    for name, weight in zip(firsts, (20, 20, 30, 30), strict=True):
        parts = [Decimal(weight // 2), Decimal(weight - weight // 2)]
        # A score is rounded once, at the lowest level; sums above it are exact (RULES, "Rounding").
        got = [half_up(part * dice.randint(0, 10**6) / 10**6, 2) for part in parts]
        said.append((name, Decimal(weight), sum(got, Decimal(0))))
        level1 += [name, "", ""]
        level2 += ["", f"{name}甲", f"{name}乙"]
        weights += [Decimal(weight), *parts]
        scores += [sum(got, Decimal(0)), *got]
    level1, level2 = [*level1, "合计"], [*level2, ""]
    weights, scores = [*weights, Decimal(100)], [*scores, sum((s for _, _, s in said), Decimal(0))]
    columns = [
        words(level1, key="level1", label="一级指标", position=1),
        words(level2, key="level2", label="二级指标", position=2),
        _column("weight", "分值", weights, POINTS, 0, 3),
        _column("score", "得分", scores, POINTS, 2, 4),
        _column("score_rate", "得分率", [s / w for s, w in zip(scores, weights, strict=True)], RATIO, 4, 5),
        _column("deduction", "扣分", [w - s for s, w in zip(scores, weights, strict=True)], POINTS, 2, 6),
    ]
    return _table("scorecard", columns, [Role.DATA] * 12 + [Role.TOTAL]), said


def _claims(said: list[tuple[str, Decimal, Decimal]], dice: random.Random) -> Table:
    """What a report would say of the card, each to places of its own."""
    rows = [(name, "得分", score, POINTS, 2) for name, _, score in said]
    rows += [(name, "得分率", s / w, RATIO, dice.choice((3, 4))) for name, w, s in said if w]
    columns = [
        words([row[0] for row in rows], key="subject", label="对象", position=1),
        words([row[1] for row in rows], key="item", label="事项", position=2),
        figures([half_up(v, p) for _, _, v, _, p in rows], key="printed", label="报告数", position=3),
        words(["正文"] * len(rows), key="place_in_report", label="出处", position=4),
    ]
    printed = replace(
        columns[2],
        row_units={i: unit for i, (_, _, _, unit, _) in enumerate(rows)},
        places=np.array([places for *_, places in rows], np.int8),
    )
    return _table("claims", [*columns[:2], printed, columns[3]], [Role.DATA] * len(rows))


def _outputs(dice: random.Random) -> Table:
    items = ["小区", "楼栋", "任务"]
    planned = [Decimal(dice.randint(1, 5000)) for _ in items]
    actual = [Decimal(dice.randint(0, 5000)) for _ in items]
    columns = [
        words(items, key="item", label="产出", position=1),
        _column("planned", "计划", planned, PIECES, 0, 2),
        _column("actual", "完成", actual, PIECES, 0, 3),
        _column(
            "completion_rate", "完成率", [a / p for a, p in zip(actual, planned, strict=True)], RATIO, 4, 4
        ),
    ]
    return _table("outputs", columns, [Role.DATA] * len(items))


def _districts(dice: random.Random) -> Table:
    """Scores by indicator with a total for each district, and rows of totals and means."""
    size, weights = dice.randint(2, 30), (20, 30, 50)
    scores = [[half_up(w * Decimal(dice.randint(0, 10**4)) / 10**4, 1) for _ in range(size)] for w in weights]
    scores.append([sum(parts, Decimal(0)) for parts in zip(*scores, strict=True)])
    labels = ["决策（20分）", "过程（30分）", "产出（50分）", "得分"]
    full = [[*column, sum(column, Decimal(0)), sum(column, Decimal(0)) / size] for column in scores]
    names = [f"县{i}" for i in range(size)] + ["合计", "平均"]
    columns = [
        _column("score" if label == "得分" else None, label, values, POINTS, 2, at)
        for at, (label, values) in enumerate(zip(labels, full, strict=True), start=2)
    ]
    named = words(names, key="district", label="县区", position=1)
    return _table("districts", [named, *columns], [Role.DATA] * size + [Role.TOTAL, Role.MEAN])


def consistent(dice: random.Random) -> Project:
    """A synthetic project whose figures agree exactly before each is rounded to the places it is printed with."""
    card, said = _scorecard(dice)
    tables = (_funds(dice), card, _claims(said, dice), _outputs(dice), _districts(dice))
    return Project(name="synthetic", tables=tables, inputs=())


def wolf(rounds: int, dice: random.Random) -> None:
    """Print how many findings of disagreement consistent tables raise."""
    false = sum(
        any(f.code in FIGURES for f in evaluate(consistent(dice), PROFILE).findings) for _ in range(rounds)
    )
    print(f"consistent tables    {rounds}\nfalse alarms         {false}")


def main() -> None:
    """Run the campaign."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=400, help="changes per project, and consistent tables")
    parser.add_argument("--folders", type=Path, nargs="*", default=[], help="folders of projects besides")
    parser.add_argument("--seed", type=int, default=20261121)
    arguments = parser.parse_args()
    dice = random.Random(arguments.seed)
    print(f"seed {arguments.seed}")
    published(arguments.rounds, dice)
    folders(arguments.rounds, dice, arguments.folders)
    held_out(arguments.rounds, dice)
    wolf(arguments.rounds, dice)


if __name__ == "__main__":
    main()
