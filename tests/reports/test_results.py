"""Results travel in the notebook and come out as a file of a published shape."""

import hashlib
import json
from collections.abc import Callable
from decimal import Decimal
from importlib import resources
from pathlib import Path

import jsonschema
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output
from wenxiao.evaluation import INTERNAL, Evaluation, audience_of
from wenxiao.model import ProjectError, RunError
from wenxiao.reports import ResultsOutput, json_text, lift_results, results, results_schema, write_json
from wenxiao.reports.results import without_peers

NotebookOf = Callable[..., NotebookNode]


def _published() -> dict[str, object]:
    text = (resources.files("wenxiao.reports") / "schema" / "results.schema.json").read_text("utf-8")
    schema: dict[str, object] = json.loads(text)
    return schema


def _cell(output: ResultsOutput) -> NotebookNode:
    return new_code_cell("results()", outputs=[new_output("execute_result", output._repr_mimebundle_())])


@pytest.fixture(scope="module")
def recorded(mudan: Evaluation) -> dict[str, object]:
    """The results of a project as data."""
    output = results(mudan, notebook="project_report", parameters={"project": "data/mudan-2023"})
    data: dict[str, object] = output._repr_mimebundle_()["application/vnd.wenxiao.results+json"]
    return data


def test_schema_is_the_published_one() -> None:
    """The schema in the package is that of the records: write it anew after a change, and count the version up."""
    assert _published() == results_schema()
    jsonschema.Draft202012Validator.check_schema(_published())


def test_results_follow_the_schema(mudan: Evaluation, linyi: Evaluation) -> None:
    """Results of a project, of a district and of several projects all have the published shape."""
    made = [
        results(mudan, notebook="project_report", parameters={}),
        results(linyi, notebook="district_report", parameters={}, district="兰山区"),
        results([mudan, linyi], notebook="portfolio", parameters={}),
    ]
    validator = jsonschema.Draft202012Validator(_published())
    for output in made:
        validator.validate(output.results.model_dump(mode="json"))


def test_figures_are_exact(recorded: dict[str, object], mudan: Evaluation) -> None:
    """A figure is its exact decimal beside the text that a reader sees, with formula, inputs and their cells."""
    rate = next(m for m in recorded["measures"] if m["key"] == mudan.execution.key)
    assert Decimal(rate["value"]).quantize(Decimal("0.0001")) == Decimal("0.5363")
    assert rate["text"] == "53.63%"
    assert rate["missing"] is None
    assert "÷" in rate["formula"]
    assert all(given["cell"]["file"].endswith((".xlsx", ".csv")) for given in rate["inputs"])


def test_missing_is_null_with_its_kind(linyi: Evaluation) -> None:
    """A figure that is not there is null, says which kind of missing, and is never 0."""
    data = results(linyi, notebook="x", parameters={}).results
    absent = [measure for measure in data.measures if measure.value is None]
    assert absent
    assert {measure.missing for measure in absent} == {"not_provided"}


def test_run_names_its_inputs(recorded: dict[str, object], checkout: Path) -> None:
    """The run names every file with its hash, what was written beside the sheets and the rules among them."""
    run = recorded["run"]
    assert [each["file"] for each in run["inputs"]] == [
        "报告数与问题.xlsx",
        "绩效评价得分.xlsx",
        "资金情况.xlsx",
        "corrections.yaml",
        "narrative.md",
        "national.yaml",
    ]
    narrative = (checkout / "data/mudan-2023/narrative.md").read_bytes()
    assert run["inputs"][4]["sha256"] == hashlib.sha256(narrative).hexdigest()
    assert run["inputs"][5]["project"] == ""
    assert all(len(each["sha256"]) == 64 for each in run["inputs"])
    assert run["parameters"] == {"project": "data/mudan-2023"}
    assert {"wenxiao", "python", "pandas"} <= set(run["versions"])
    assert str(checkout) not in json_text(recorded)


def test_district_has_its_own_figures(linyi: Evaluation) -> None:
    """A district's results are its score, grade and figures, and the findings that concern it."""
    data = results(linyi, notebook="district_report", parameters={}, district="平邑县").results
    assert data.verdict is not None
    assert data.verdict.score.value == "84.00"
    assert data.verdict.grade == "良"
    assert {measure.subject for measure in data.measures} <= {"平邑县"}
    with pytest.raises(ProjectError, match="没有这个县区"):
        results(linyi, notebook="district_report", parameters={}, district="无此县")


def test_lifting_gives_what_was_recorded(
    recorded: dict[str, object], mudan: Evaluation, notebook_of: NotebookOf, tmp_path: Path
) -> None:
    """What is lifted from the last cell is what was recorded, and is written to the same bytes each time."""
    output = results(mudan, notebook="project_report", parameters={"project": "data/mudan-2023"})
    lifted = lift_results(notebook_of(new_code_cell("x"), _cell(output)))
    assert lifted == recorded
    write_json(lifted, tmp_path / "a.json")
    write_json(json.loads((tmp_path / "a.json").read_text("utf-8")), tmp_path / "b.json")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert repr(output).startswith("结果：")


def test_lifting_wants_exactly_one(mudan: Evaluation, notebook_of: NotebookOf) -> None:
    """No results, results twice, results before the last cell or of another shape are errors that say what to do."""
    cell = _cell(results(mudan, notebook="x", parameters={}))
    odd = new_code_cell(
        "x", outputs=[new_output("display_data", {"application/vnd.wenxiao.results+json": {"a": 1}})]
    )
    for cells, message in (
        ([new_code_cell("x")], "没有记录结果"),
        ([cell, cell.copy()], "第 1 个、第 2 个"),
        ([cell, new_code_cell("x")], "位置或个数不对"),
        ([odd], "结构不对"),
    ):
        with pytest.raises(RunError, match=message):
            lift_results(notebook_of(*cells))


def test_whatever_names_a_peer_is_cut_from_a_release(linyi: Evaluation) -> None:
    """The last look takes out entries and words that name another county, and leaves the rest as it is."""
    made = results(linyi, notebook="x", parameters={}, district="费县").results
    assert without_peers(made, INTERNAL) is made
    place = made.ranking.places[0].model_copy(update={"note": "与罗庄区并列"})
    ranking = made.ranking.model_copy(update={"places": (place, place.model_copy(update={"note": ""}))})
    leaking = made.model_copy(update={"ranking": ranking, "findings": ()})
    cut = without_peers(leaking, audience_of([linyi], "release", "费县"))
    assert [each.note for each in cut.ranking.places] == [""]
    assert "罗庄区" not in cut.model_dump_json()
    assert cut.verdict == made.verdict
