"""Write every chart of the projects under data/ to a folder, as SVG pages and PNG, for looking at.

python scripts/chart_gallery.py FOLDER
"""

from __future__ import annotations

import html
import sys
from collections.abc import Iterator
from pathlib import Path

from wenxiao import charts
from wenxiao.charts import Chart
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.evaluation.evaluation import NO_EXECUTION
from wenxiao.project import load_profile, load_project

ROOT = Path(__file__).resolve().parents[1]


def charts_of(evaluation: Evaluation) -> Iterator[Chart | None]:
    """All charts of one project, with the first district highlighted where there are districts."""
    yield charts.grade_bands(evaluation.verdict, evaluation.profile)
    yield charts.score_rates(evaluation.scorecard)
    yield charts.lost_points(evaluation.scorecard)
    yield charts.funds_by_source(evaluation.funds)
    yield charts.composition(evaluation.funds)
    yield charts.plan_against_actual(evaluation.outputs)
    yield charts.works_by_kind(evaluation.works)
    yield charts.district_ranking(evaluation.ranking)
    for district in evaluation.project.districts[6:7] or evaluation.project.districts[:1]:
        yield charts.district_ranking(evaluation.ranking, highlight=district)
        yield charts.positions(evaluation.district_figures, district)
    for figure in evaluation.district_figures:
        yield charts.district_figure(figure, highlight=next(iter(figure.values), None))


def main(folder: Path) -> None:
    """Write the gallery."""
    folder.mkdir(parents=True, exist_ok=True)
    profile = load_profile()
    evaluations = {
        path.name: evaluate(load_project(path), profile)
        for path in sorted((ROOT / "data").iterdir())
        if path.is_dir()
    }
    rates = {
        e.project.title: e.funds.total.rates["execution_rate"] if e.funds else NO_EXECUTION
        for e in evaluations.values()
    }
    pages = {name: list(charts_of(evaluation)) for name, evaluation in evaluations.items()}
    pages["portfolio"] = [
        charts.execution_rates(rates),
        charts.project_scores({e.project.title: e.verdict for e in evaluations.values()}),
    ]
    for name, drawn in pages.items():
        write(folder, name, [chart for chart in drawn if chart])
        print(f"{name}: {len([chart for chart in drawn if chart])}")


def write(folder: Path, name: str, drawn: list[Chart]) -> None:
    """One page of SVG with captions as a report has them, and a PNG for each chart."""
    figures = [
        f"<figure><b>{html.escape(c.title)}</b><br><small>{html.escape(c.subtitle)}</small>{c.svg}</figure>"
        for c in drawn
    ]
    page = f"<!doctype html><meta charset=utf-8><title>{name}</title><body style='max-width:720px;font-family:sans-serif'>"
    (folder / f"{name}.html").write_text(page + "".join(figures), encoding="utf-8")
    for number, chart in enumerate(drawn):
        (folder / f"{name}-{number:02}-{chart.key.replace('/', '-')}.png").write_bytes(chart.png())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
