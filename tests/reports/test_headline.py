"""The headline of a run says in a few facts what its results hold."""

import json
from typing import Any

from wenxiao.evaluation import Evaluation
from wenxiao.reports import results
from wenxiao.reports.headline import headline, is_current


def _results(*args: Any, **options: Any) -> dict[str, Any]:
    options.setdefault("parameters", {"edition": "内部审核稿", "audience": "internal"})
    made: dict[str, Any] = results(*args, **options).results.model_dump(mode="json")
    return made


def test_headline_of_a_project(mudan: Evaluation) -> None:
    """Score, grade, rate with its basis, findings by severity, and the files with their hashes are in it."""
    whole = _results(mudan, notebook="project_report")
    found = headline(whole)
    assert found["score"] == {"value": "74.32", "missing": None, "text": "74.32分"}
    assert (found["grade"], found["execution"]["text"], found["execution"]["basis"]) == (
        "中",
        "53.63%",
        "支出÷预算",
    )
    assert sum(found["findings"].values()) == sum(not each["state"] for each in whole["findings"])
    assert found["inputs"] == whole["run"]["inputs"]
    assert (found["district"], found["order"], found["rank"], found["edition"]) == (
        "",
        None,
        None,
        "内部审核稿",
    )


def test_headline_of_a_district(linyi: Evaluation) -> None:
    """A district has its place in administrative order and its rank, exact and as people read it."""
    found = headline(_results(linyi, notebook="district_report", district="罗庄区"))
    places = {place.district: place for place in linyi.ranking.places} if linyi.ranking else {}
    assert found["order"] == linyi.project.districts.index("罗庄区")
    assert found["rank"]["value"] == str(places["罗庄区"].rank)
    assert found["district"] == "罗庄区"


def test_headline_of_several_projects(mudan: Evaluation, linyi: Evaluation) -> None:
    """A portfolio has no score of its own; the findings of all its projects are counted and the projects named."""
    whole = _results([mudan, linyi], notebook="portfolio")
    found = headline(whole)
    assert found["score"] is found["grade"] is found["execution"] is None
    assert found["projects"] == [mudan.project.title, linyi.project.title]
    assert sum(found["findings"].values()) == len(mudan.open_findings) + len(linyi.open_findings)


def test_headline_for_release_counts_no_findings(mudan: Evaluation) -> None:
    """An edition for release does not say how many findings there are, not even none."""
    found = headline(_results(mudan, notebook="project_report", parameters={"audience": "release"}))
    assert found["findings"] is None


def test_headline_is_small_data(linyi: Evaluation) -> None:
    """It survives JSON unchanged, and stays small where the results are large."""
    whole = _results(linyi, notebook="project_report")
    text = json.dumps(headline(whole), ensure_ascii=False)
    assert json.loads(text) == headline(whole)
    assert len(text) < 3000
    assert is_current(json.loads(text))


def test_headline_of_another_version_is_not_current(mudan: Evaluation) -> None:
    """A manifest of an older program, or without a headline, is not taken for one of this version."""
    found = headline(_results(mudan, notebook="project_report"))
    assert not is_current({**found, "version": 0})
    assert not is_current({**found, "schema_version": 0})
    assert not is_current(None)
