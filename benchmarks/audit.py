"""How long it takes to rank and audit 3,000 districts × 60 indicators, with a row of totals and a total for each district.

Synthetic data, fixed seed. The reference makes every figure into a value and every sum into an expression, as the audit
does for what fails; it is measured on a few districts. The ratio compares the time for one figure.
"""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pyarrow as pa
from wenxiao.evaluation import Evaluation, audit, checks, evaluate
from wenxiao.evaluation.audit.constraint import Constraint
from wenxiao.evaluation.audit.culprit import findings_of
from wenxiao.model import Origin, Role, Table, figures, total, words
from wenxiao.model.units import POINTS
from wenxiao.project import Project, load_profile

DISTRICTS, INDICATORS, FEW, ROUNDS = 3000, 60, 60, 5


def synthetic(districts: int) -> Table:
    """Scores to two decimals on indicators whose 分值 make 100, with totals down and across that agree."""
    dice = np.random.default_rng(20)
    weights = [Decimal("1.67")] * (INDICATORS - 1)
    weights.append(100 - sum(weights, Decimal(0)))
    rates = dice.integers(60, 101, (INDICATORS, districts))
    scores = [
        [(w * int(rate) / 100).quantize(Decimal("0.01")) for rate in row]
        for w, row in zip(weights, rates, strict=True)
    ]
    scores.append([sum(parts, Decimal(0)) for parts in zip(*scores, strict=True)])
    heads = [f"指标{j}（{w}分）" for j, w in enumerate(weights)] + ["得分"]
    columns = [
        words([f"县{i}" for i in range(districts)] + ["合计"], key="district", label="县区", position=1)
    ]
    for at, (head, values) in enumerate(zip(heads, scores, strict=True), start=2):
        key = "score" if head == "得分" else None
        unit = POINTS
        whole = [*values, sum(values, Decimal(0))]
        columns.append(figures(whole, key=key, label=head, position=at, unit=unit, places=2))
    return Table(
        kind="districts",
        title="合成表（synthetic）",
        origin=Origin("合成.xlsx", "得分", 1, 1, districts + 2, INDICATORS + 2),
        lines=np.arange(2, districts + 3, dtype=np.int32),
        roles=np.array([Role.DATA] * districts + [Role.TOTAL], np.int8),
        columns=tuple(columns),
        sections=("",) * (districts + 1),
        raw=lambda _row, _column: None,
    )


def wrong(table: Table) -> Table:
    """The table with one score 20 points too high, more than 3,000 rounded scores can hide."""
    column = table.columns[30]
    assert column.numbers is not None
    values = column.numbers.to_pylist()
    values[len(values) // 2] += 20
    numbers = pa.array(values, column.numbers.type)
    columns = [replace(each, numbers=numbers) if each is column else each for each in table.columns]
    return replace(table, columns=tuple(columns))


def plain(table: Table) -> None:
    """The same sums, each as an expression over values."""
    records = list(table.records())
    down = [
        Constraint(
            "",
            "",
            table.given_in(len(records), column),
            total([table.given_in(r, column) for r in records]),
            "",
            "",
        )
        for column in table.columns[1:]
    ]
    across = [
        Constraint(
            "",
            "",
            table.given_in(r, table.columns[-1]),
            total([table.given_in(r, c) for c in table.columns[1:-1]]),
            "",
            "",
        )
        for r in records
    ]
    assert not findings_of([*down, *across])


def median(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median seconds of some rounds."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def project(table: Table) -> Project:
    """A project of one table."""
    return Project(name="synthetic", tables=(table,), inputs=())


def main() -> None:
    """Print one line for each piece of work."""
    profile = load_profile()
    table, few = synthetic(DISTRICTS), synthetic(FEW)
    evaluation: Evaluation = evaluate(project(table), profile)
    checked = sum(1 for check in checks() if check.constrain for _ in check.constrain(evaluation))
    print(
        f"{DISTRICTS} districts × {INDICATORS} indicators, {checked} sums; Python {platform.python_version()}"
    )
    seconds = median(lambda: evaluate(project(table), profile))
    print(f"ranking and audit (aim: 2 s)          {seconds:8.3f} s")
    alone = median(lambda: audit(evaluation))
    ratio = median(lambda: plain(few)) / FEW / (alone / DISTRICTS)
    print(
        f"  the audit alone                     {alone:8.3f} s, {ratio:.0f} times as fast as by expressions"
    )
    broken = evaluate(project(wrong(table)), profile)
    assert [finding.suspects for finding in broken.findings if finding.suspects]
    seconds = median(lambda: evaluate(project(wrong(table)), profile), 3)
    print(f"the same with one score wrong, named  {seconds:8.3f} s")
    firm = median(lambda: evaluate(project(table), profile).robustness, 1)
    print(f"with how firm every rank stands       {firm:8.3f} s")


if __name__ == "__main__":
    main()
