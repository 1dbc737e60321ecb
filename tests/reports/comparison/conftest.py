"""Two sides to compare: the same run twice, and what a test changes in the second."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.project import load_profile, load_project
from wenxiao.reports import results, write_json

Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="session")
def recorded(checkout: Path) -> dict[str, Any]:
    """The results of a district report: measures, a ranking, findings."""
    linyi: Evaluation = evaluate(load_project(checkout / "data/linyi-2021"), load_profile("national"))
    made = results(linyi, notebook="project_report", parameters={"project": "data/linyi-2021"})
    data: dict[str, Any] = made.results.model_dump(mode="json")
    return data


@pytest.fixture
def put(tmp_path: Path, recorded: dict[str, Any]) -> Callable[..., Path]:
    """Writes the results, changed or not, as a run of a side; gives the side's folder."""

    def written(side: str, run: str = "linyi", change: Change | None = None) -> Path:
        data = json.loads(json.dumps(recorded))
        if change:
            change(data)
        folder = tmp_path / side / "project_report" / run
        folder.mkdir(parents=True)
        write_json(data, folder / "results.json")
        return tmp_path / side

    return written
