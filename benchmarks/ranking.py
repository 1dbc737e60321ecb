"""How long it takes to rank 3,000 districts on 60 indicators and to say how firm every rank stands.

Synthetic data, fixed seed. Each line is measured on all districts; its reference, a plain implementation of the same
definition in Python's fractions (for pairs: scipy's linear programme too), on a few of them. The ratio compares the time
for one district, or one pair of districts.
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from itertools import combinations

import numpy as np
import scipy
from scipy.optimize import linprog
from wenxiao.evaluation import ranks
from wenxiao.evaluation.robustness import (
    Leaf,
    RankCertainty,
    ScoreMatrix,
    gap_bounds,
    grade_margins,
    leave_one_out,
    matrix_of_integers,
    rank_certainty,
    rank_intervals,
    spread_of,
    swaps,
)
from wenxiao.project import load_profile

DISTRICTS, INDICATORS, FEW, ROUNDS = 3000, 60, 60, 5
TOLERANCES = (Fraction(1, 10), Fraction(1, 5), Fraction(1, 2))


def synthetic(together: float) -> ScoreMatrix:
    """Scores to two decimals; `together` is how far a district's indicators go together (0: not at all)."""
    dice = np.random.default_rng(20)
    weights = dice.integers(50, 300, INDICATORS)
    weights = weights * 10_000 // weights.sum()
    weights[0] += 10_000 - weights.sum()
    level = dice.normal(0.85, 0.06 * together, (DISTRICTS, 1))
    rates = np.clip(level + dice.normal(0, 0.1, (DISTRICTS, INDICATORS)), 0, 1)
    leaves = [Leaf((f"一级{j % 4}", f"指标{j}"), Fraction(int(w), 100)) for j, w in enumerate(weights)]
    names = [f"县{i}" for i in range(DISTRICTS)]
    return matrix_of_integers(names, leaves, np.floor(rates * weights).astype(np.int64), 2)


def median(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median seconds of some rounds."""
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def rank_of(totals: list[Fraction]) -> list[int]:
    """Ranks by the definition."""
    return [1 + sum(other > own for other in totals) for own in totals]


class Plain:
    """The definitions in Python's fractions, on the same data."""

    def __init__(self, matrix: ScoreMatrix) -> None:
        self.matrix = matrix
        self.scores = [[matrix.points(s) for s in row] for row in matrix.scores]
        self.totals = [sum(row, Fraction(0)) for row in self.scores]

    def intervals(self) -> object:
        """Best and worst, counted."""
        half = Fraction(1, 200)
        return [
            (
                1 + sum(other - half >= own + half for other in self.totals),
                sum(other + half > own - half for other in self.totals),
            )
            for own in self.totals
        ]

    def left_out(self) -> object:
        """Ranks without each indicator."""
        return [
            rank_of([total - row[j] for total, row in zip(self.totals, self.scores, strict=True)])
            for j in range(INDICATORS)
        ]

    def pairs(self) -> object:
        """The exact bounds, pair by pair."""
        return [gap_bounds(self.matrix, a, b) for a, b in combinations(self.matrix.districts, 2)]

    def programmes(self) -> object:
        """The least gap of each pair by a linear programme (floating point)."""
        weights = np.array([float(leaf.weight) for leaf in self.matrix.leaves])
        rates = self.matrix.scores / self.matrix.weights
        limits = np.stack([weights * 0.8, weights * 1.2], axis=1)
        return [
            linprog(rates[a] - rates[b], A_eq=np.ones((1, INDICATORS)), b_eq=[weights.sum()], bounds=limits)
            for a, b in combinations(range(len(self.matrix)), 2)
        ]


def line(what: str, count: int, seconds: float, ratio: float | None = None, note: str = "") -> None:
    """One line of the table."""
    against = f"{ratio:>12,.0f} ×" if ratio else " " * 14
    print(f"{what:<46}{count:>12,}{seconds:>10.3f}{against}  {note}")


def main() -> None:
    """Prints the table."""
    matrix = synthetic(together=1)
    few = matrix.only(matrix.districts[:FEW])
    plain = Plain(few)
    totals = [matrix.points(total) for total in matrix.totals]
    profile = load_profile()
    print(f"{DISTRICTS:,} synthetic districts × {INDICATORS} indicators; references on {FEW} districts")
    print(
        f"{os.cpu_count()} cores, one used; Python {platform.python_version()}, numpy {np.__version__}, "
        f"scipy {scipy.__version__}\n"
    )
    print(f"{'what':<46}{'how many':>12}{'seconds':>10}{'ratio':>14}  reference")

    def row(what: str, work: Callable[[], object], reference: Callable[[], object] | None = None) -> float:
        seconds = median(work)
        ratio = median(reference) / FEW / (seconds / DISTRICTS) if reference else None
        line(what, DISTRICTS, seconds, ratio, "fractions, as defined" if reference else "")
        return seconds

    together = row("ranks", lambda: ranks(totals), lambda: rank_of(plain.totals))
    together += row("rank intervals from rounding", lambda: rank_intervals(matrix), plain.intervals)
    together += row("leave one indicator out", lambda: leave_one_out(matrix), plain.left_out)
    line("  these three together (aim: 2 s)", DISTRICTS, together)
    row("what spreads the districts", lambda: spread_of(matrix))
    row("grade margins", lambda: grade_margins(matrix, profile))
    row("smallest swap of neighbours", lambda: swaps(matrix))
    print()

    pairs, few_pairs = DISTRICTS * (DISTRICTS - 1) // 2, FEW * (FEW - 1) // 2
    exact, programme = median(plain.pairs) / few_pairs, median(plain.programmes, 1) / few_pairs
    for name, data in (("going together", matrix), ("independent", synthetic(together=0))):
        for delta in TOLERANCES:
            result = rank_certainty(data, delta)
            assert isinstance(result, RankCertainty)
            assert isinstance(result.certain_pairs, Fraction)
            seconds = median(partial(rank_certainty, data, delta))
            what = f"certain ranks ±{float(delta):.0%}, {name} ({float(result.certain_pairs):.0%} certain)"
            line(what, pairs, seconds, exact / (seconds / pairs), "exact, pair by pair")
            line("", pairs, seconds, programme / (seconds / pairs), "scipy.optimize.linprog, one pair each")
    print("(aim: 20 s for all pairs)")


if __name__ == "__main__":
    main()
