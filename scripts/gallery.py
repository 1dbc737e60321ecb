"""Write every chart at the edges of what it must bear to outputs/gallery/index.html, in colour and in grey.

    python -m scripts.gallery            synthetic cases (合成示例), those the tests try
    python -m scripts.gallery --data     the projects under data/ as well

All figures of the cases are made up. Each is given with the milliseconds and bytes it takes.
"""

from __future__ import annotations

import html
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from wenxiao import charts
from wenxiao.charts import Chart
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.project import load_profile, load_project
from wenxiao.project.made_files import recording, remove_made

from tests.charts.cases import CASES

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "outputs" / "gallery"
ROUNDS = 5

HEAD = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>图库（合成示例）</title><style>
body { max-width: 720px; margin: 1em auto; padding: 0 1em; font: 16px/1.6 sans-serif; color: #1a1a1a }
figure { margin: 2.5em 0 } figcaption b { display: block } small { color: #57606a } div { overflow-x: auto }
svg { display: block; min-width: 560px; height: auto } #grey:checked ~ figure { filter: grayscale(1) }
</style><h1>图库（合成示例）</h1><p>数字均为合成，不取自任何来源。</p><input type="checkbox" id="grey"><label for="grey"> 灰度</label>
"""


def charts_of(evaluation: Evaluation) -> Iterator[Chart | None]:
    """All charts of one project, with a district highlighted where there are districts."""
    firm = evaluation.robustness
    yield charts.grade_bands(evaluation.verdict, evaluation.profile)
    yield charts.score_rates(evaluation.scorecard)
    yield charts.lost_points(evaluation.scorecard)
    yield charts.funds_by_source(evaluation.funds)
    yield charts.composition(evaluation.funds)
    yield charts.plan_against_actual(evaluation.outputs)
    yield charts.works_by_kind(evaluation.works)
    yield charts.district_ranking(evaluation.ranking)
    yield charts.rank_intervals(firm)
    yield charts.lost_by_district(firm)
    yield charts.gap_of_pair(firm)
    for district in evaluation.project.districts[6:7] or evaluation.project.districts[:1]:
        yield charts.district_ranking(evaluation.ranking, highlight=district)
        yield charts.positions(evaluation.district_figures, district)
        yield charts.rates_to_mean(firm, district)
        yield charts.gap_to_mean(firm, district)
    for figure in evaluation.district_figures:
        yield charts.district_figure(figure, highlight=next(iter(figure.values), None))


def measured(make: Callable[[], Chart | None]) -> tuple[Chart, float]:
    """A chart, and the fewest milliseconds that making it and its SVG took."""
    best, chart = float("inf"), None
    for _ in range(ROUNDS):
        start = time.perf_counter()
        chart = make()
        assert chart is not None
        size = len(chart.svg)
        best = min(best, (time.perf_counter() - start) * 1000) if size else best
    assert chart is not None
    return chart, best


def figure(name: str, chart: Chart, took: float) -> str:
    """A chart with its caption as a report has it."""
    size = len(chart.svg.encode()) / 1000
    return (
        f'<figure id="{html.escape(name)}"><small>{html.escape(name)} · {took:.1f} ms · {size:.1f} KB</small>'
        f"<figcaption><b>{html.escape(chart.title)}</b>{html.escape(chart.subtitle)}</figcaption>"
        f"<div>{chart.svg}</div></figure>\n"
    )


def main(arguments: list[str]) -> None:
    """Write the gallery and print where it is, and the slowest of it."""
    found = [(name, *measured(make)) for name, make in CASES.items()]
    pages = {"index": "".join(figure(*each) for each in found)}
    if "--data" in arguments:
        profile = load_profile()
        for path in sorted(folder for folder in (ROOT / "data").iterdir() if folder.is_dir()):
            drawn = filter(None, charts_of(evaluate(load_project(path), profile)))
            pages[path.name] = "".join(figure(chart.key, chart, 0.0) for chart in drawn)
    remove_made(FOLDER, "scripts.gallery")
    with recording(FOLDER, "scripts.gallery"):
        for name, body in pages.items():
            (FOLDER / f"{name}.html").write_text(HEAD + body + "</html>\n", encoding="utf-8")
    for name, chart, took in sorted(found, key=lambda each: -each[2])[:12]:
        print(f"{took:6.1f} ms {len(chart.svg.encode()) / 1000:6.1f} KB  {name}")
    print(FOLDER / "index.html")


if __name__ == "__main__":
    main(sys.argv[1:])
