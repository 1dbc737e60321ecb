"""How long the explorer's kernel takes from a slider moved to the values of its widgets set.

Synthetic scorecards (合成数据) with a fixed seed: 12 districts on 20 indicators, 150 on 60. The browser's drawing comes on
top; each move is measured from the change of one slider until every widget that follows has its value. Beside it, what a
change of a rule takes while the ranking is looked at.
"""

from __future__ import annotations

import os
import platform
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import ipywidgets
from wenxiao.explorer import Explorer
from wenxiao.explorer.panels.ranking import RankingPanel
from wenxiao.explorer.panels.weights import WeightsPanel
from wenxiao.project import Workspace

SIZES = ((12, 20, 100), (150, 60, 300))
HEADS = (("决策", 20), ("过程", 20), ("产出", 40), ("效益", 20))
MOVES = 21
TIES = ("dense", "competition")


def workspace(folder: Path, districts: int, indicators: int) -> Workspace:
    """A workspace whose one project is a table of scores by district and indicator, all of one level: a slider each."""
    dice = random.Random(7)
    for part in ("data/synthetic", "parameters", "notebooks", "outputs"):
        (folder / part).mkdir(parents=True)
    each = indicators // len(HEADS)
    columns = [
        (f"{head}{i + 1}", (10 * points // each + (i < 10 * points % each)) / 10)
        for head, points in HEADS
        for i in range(each)
    ]
    rows = [["县区", *(f"{name}（{mark:g}分）" for name, mark in columns), "总分"]]
    for number in range(districts):
        scores = [round(mark * dice.uniform(0.7, 1), 2) for _, mark in columns]
        rows.append([f"合成县{number + 1}", *(f"{score:.2f}" for score in scores), f"{sum(scores):.2f}"])
    text = "\n".join(",".join(row) for row in rows) + "\n"
    (folder / "data/synthetic/得分.csv").write_text(text, encoding="utf-8")
    return Workspace(folder)


def timed(work: Callable[[int], object]) -> tuple[float, float]:
    """The median and the longest milliseconds of some rounds, the first left out."""
    taken = []
    for number in range(MOVES):
        start = time.perf_counter()
        work(number)
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken[1:]), max(taken[1:])


def main() -> None:
    """Print a line a size."""
    print(f"Python {platform.python_version()}, ipywidgets {ipywidgets.__version__}, {os.cpu_count()} cores")
    for districts, indicators, limit in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            place = workspace(Path(folder), districts, indicators)
            start = time.perf_counter()
            shown = Explorer("data/synthetic", workspace=place)
            opened = time.perf_counter() - start
            at = {type(panel): i for i, panel in enumerate(shown.tabs.children)}
            shown.tabs.selected_index = at[WeightsPanel]
            slider = shown.tabs.children[at[WeightsPanel]].sliders.children[0].slider

            def move(number: int, slider: ipywidgets.FloatSlider = slider) -> None:
                slider.value = 10 + number % 7

            median, longest = timed(move)
            shown.tabs.selected_index = at[RankingPanel]
            rule, slowest = timed(lambda number, shown=shown: shown.session.change(ties=TIES[number % 2]))  # type: ignore[misc]
            print(
                f"{districts} × {indicators}: opened in {opened:.2f} s; a slider {median:.0f} ms, longest {longest:.0f}"
                f" (limit {limit}); a rule, ranking redrawn, {rule:.0f} ms, longest {slowest:.0f}"
            )


if __name__ == "__main__":
    main()
