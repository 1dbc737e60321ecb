"""Every figure of the reports in `parameters/` as it was published last: measures, scorecards, rankings, verdicts.

A change of one of them is a change of what a report says, and wants a line in the changelog beside the new figure here.
Figures that are new are no change.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from wenxiao.evaluation import Evaluation
from wenxiao.reports.recording import evaluation_record

FROZEN = json.loads((Path(__file__).parents[1] / "fixtures" / "figures.json").read_text(encoding="utf-8"))


def text(figure: dict[str, Any] | None) -> str | None:
    """A recorded figure as its exact value, else the kind of missing."""
    return None if figure is None else figure["value"] or figure["missing"]


def figures(record: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The figures of one record by what they are."""
    verdict = record["verdict"]
    yield "verdict", [text(verdict["score"]), verdict["grade"], text(verdict["execution_rate"])]
    for measure in record["measures"]:
        yield measure["key"], text(measure)
    card, ranking = record["scorecard"], record["ranking"]
    for each in card["indicators"] if card else ():
        name = "/".join(each["path"])
        yield (
            f"scorecard:{name}",
            [text(each["weight"]), text(each["score"]), text(each["score_rate"]), text(each["lost"])],
        )
    for place in ranking["places"] if ranking else ():
        yield (
            f"ranking:{place['district']}",
            [text(place["score"]), text(place["adjusted"]), place["rank"], place["tied"], place["grade"]],
        )


@pytest.mark.parametrize("run", FROZEN)
def test_a_report_keeps_every_figure(evaluated: Callable[[str], Evaluation], run: str) -> None:
    """Measures, scorecard, ranking and verdict of each report, and of each member of a portfolio, are those published."""
    project, _, district = run.partition("/")[2].partition("--")
    members = FROZEN[run] if run.startswith("portfolio/") else {project: FROZEN[run]}
    for name, before in members.items():
        record = evaluation_record(evaluated(name), district).model_dump(mode="json")
        now = dict(figures(record))
        assert {key: now.get(key) for key in before} == before
