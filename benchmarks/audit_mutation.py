"""How often the audit finds one changed figure, how often it names it, and how often it cries wolf.

Takes the tables of the five projects, changes one printed figure at random by more than its precision, and audits again.
Then makes consistent tables at random, rounds them as offices do, and counts the findings (there must be none). Run it
with `make mutation`; the results of the last run are in docs/audit.md.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
from wenxiao.evaluation import CHECKS, evaluate
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.model import CellRef, Column, Origin, Role, Table, Unit, figures, half_up, words
from wenxiao.model.units import POINTS, RATIO, WAN_YUAN
from wenxiao.project import Project, load_profile, load_project

FIVE = ("mudan-2023", "linyi-2021", "dengkou-2023", "lingang-2023", "ejinhoro-2022")
ROOT = Path(__file__).resolve().parents[1]
PROFILE = load_profile()


def constrained(evaluation: Evaluation) -> dict[CellRef, int]:
    """The cells that take part in a constraint, with how many constraints that is."""
    cells: Counter[CellRef] = Counter()
    for check in CHECKS:
        for constraint in check.constrain(evaluation) if check.constrain else ():
            if constraint.printed.quantity is not None:
                cells.update(set(constraint.cells))
    return dict(cells)


def spots(project: Project) -> Iterator[tuple[int, int, int]]:
    """Every figure of a project as (table, column, record)."""
    for t, table in enumerate(project.tables):
        for c, column in enumerate(table.columns):
            if column.numeric and column.key != "serial":
                for record in range(len(table)):
                    if column.number(record) is not None:
                        yield t, c, record


def changed(project: Project, spot: tuple[int, int, int], dice: random.Random) -> tuple[Project, CellRef]:
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
    return replace(project, tables=tables), table.cell(record, column)


def mutation(rounds: int, dice: random.Random) -> None:
    """Print the rates of one campaign over the five projects."""
    tried: Counter[str] = Counter()
    missed: list[str] = []
    for name in FIVE:
        project = load_project(ROOT / "data" / name)
        evaluation = evaluate(project, PROFILE)
        before = {(f.code, f.subject, f.printed, f.recomputed) for f in evaluation.findings}
        cells = constrained(evaluation)
        places = [s for s in spots(project) if _cell(project, s) in cells]
        for _ in range(rounds):
            other, cell = changed(project, dice.choice(places), dice)
            new = [
                f
                for f in evaluate(other, PROFILE).findings
                if (f.code, f.subject, f.printed, f.recomputed) not in before
            ]
            hits = [f for f in new if cell in f.cells]
            tried["tried"] += 1
            tried["found"] += bool(hits)
            tried["named"] += any(cell in f.suspects for f in hits)
            tried["misnamed"] += any(f.suspects and cell not in f.suspects for f in hits)
            if not hits:
                missed.append(str(cell))
    print(f"changed figures      {tried['tried']}")
    for key in ("found", "named", "misnamed"):
        print(f"{key:20} {tried[key]} ({100 * tried[key] / tried['tried']:.2f}%)")
    print("missed at            ", Counter(missed).most_common(12))


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


def consistent(dice: random.Random) -> Project:
    """A synthetic project whose figures agree exactly before each is rounded to the places it is printed with."""
    size, places = dice.randint(2, 40), dice.randint(0, 3)
    roles = [Role.DATA] * size + [Role.TOTAL]

    def column(key: str, exact: list[Decimal], unit: Unit, decimals: int, position: int) -> Column:
        rounded = [half_up(value, decimals) for value in exact]
        return figures(rounded, key=key, label=key, position=position, unit=unit, places=decimals)

    budget = [Decimal(dice.randint(1, 10**9)) / 10**4 for _ in range(size)]
    spent = [b * dice.randint(0, 1200) / 1000 for b in budget]
    budget.append(sum(budget, Decimal(0)))
    spent.append(sum(spent, Decimal(0)))
    whole = budget[-1]
    funds = _table(
        "funds",
        [
            words([f"来源{i}" for i in range(size)] + ["合计"], key="source", label="资金来源", position=1),
            column("budget", budget, WAN_YUAN, places, 2),
            column("spent", spent, WAN_YUAN, places, 3),
            column("execution_rate", [s / b for s, b in zip(spent, budget, strict=True)], RATIO, 4, 4),
            column("share", [b / whole for b in budget], RATIO, 4, 5),
        ],
        roles,
    )
    weights = [Decimal(w) for w in (20, 20, 30, 30)]
    scores = [w * dice.randint(0, 10**6) / 10**6 for w in weights]
    weights.append(Decimal(100))
    scores.append(sum(scores, Decimal(0)))
    card = _table(
        "scorecard",
        [
            words(["决策", "过程", "产出", "效益", "合计"], key="level1", label="一级指标", position=1),
            column("weight", weights, POINTS, 0, 2),
            column("score", scores, POINTS, 2, 3),
            column("score_rate", [s / w for s, w in zip(scores, weights, strict=True)], RATIO, 4, 4),
        ],
        [Role.DATA] * 4 + [Role.TOTAL],
    )
    return Project(name="synthetic", tables=(funds, card), inputs=())


def wolf(rounds: int, dice: random.Random) -> None:
    """Print how many findings of disagreement consistent tables raise."""
    false = sum(
        any(f.code.endswith("-differs") for f in evaluate(consistent(dice), PROFILE).findings)
        for _ in range(rounds)
    )
    print(f"consistent tables    {rounds}\nfalse alarms         {false}")


def main() -> None:
    """Run the campaign."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=400, help="changes per project, and consistent tables")
    parser.add_argument("--seed", type=int, default=20261121)
    arguments = parser.parse_args()
    dice = random.Random(arguments.seed)
    print(f"seed {arguments.seed}, {arguments.rounds} changes in each of {len(FIVE)} projects")
    mutation(arguments.rounds, dice)
    wolf(arguments.rounds, dice)


if __name__ == "__main__":
    main()
