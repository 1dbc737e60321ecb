"""The results of all runs gather into one data set, exactly, and only what changed is read again."""

import hashlib
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import fsspec
import pandas as pd
import pytest
from click.testing import CliRunner
from wenxiao.cli import main
from wenxiao.evaluation import Evaluation
from wenxiao.model import ProjectError
from wenxiao.project.place import place_of, write_whole
from wenxiao.reports import results
from wenxiao.reports.gathered_tables import COLUMNS
from wenxiao.reports.gathering import gather
from wenxiao.reports.results import ResultsOutput, json_text

NAMES = [("district_ranking", "linyi-2021"), ("portfolio", "all"), ("project_report", "mudan-2023")]


def put(outputs: str, notebook: str, run: str, text: str) -> None:
    """Lays results and their manifest down as a run leaves them."""
    place = place_of(outputs) / notebook / run
    place.mkdir(parents=True, exist_ok=True)
    content = text.encode()
    write_whole(place / "results.json", content)
    file = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    manifest = {"finished": "2026-11-21T03:50:00+00:00", "files": {"results.json": file}}
    write_whole(place / "manifest.json", json.dumps(manifest).encode())


@pytest.fixture(scope="session")
def texts(mudan: Evaluation, linyi: Evaluation) -> dict[tuple[str, str], str]:
    """results.json of a ranking, a portfolio and a report."""

    def text(output: ResultsOutput) -> str:
        return json_text(output.results.model_dump(mode="json"))

    parts = (linyi, [mudan, linyi], mudan)
    return {
        name: text(results(part, notebook=name[0], parameters={}))
        for name, part in zip(NAMES, parts, strict=True)
    }


@pytest.fixture
def outputs(tmp_path: Path, texts: dict[tuple[str, str], str]) -> Path:
    """A folder of outputs with three runs."""
    for (notebook, run), text in texts.items():
        put(str(tmp_path / "outputs"), notebook, run, text)
    return tmp_path / "outputs"


def table(folder: Path, name: str) -> pd.DataFrame:
    """A gathered table."""
    return pd.read_parquet(folder / "gathered" / f"{name}.parquet")


def of_run(frame: pd.DataFrame, name: tuple[str, str]) -> pd.DataFrame:
    """The rows of one run."""
    return frame[(frame["notebook"] == name[0]) & (frame["run"] == name[1])]


def test_every_figure_arrives_exactly(outputs: Path, texts: dict[tuple[str, str], str]) -> None:
    """Measures, indicators, places and findings are all there, in order, with the decimals of the results."""
    done = gather(str(outputs))
    assert (done.runs, list(done.read), done.dropped, done.left_out) == (3, NAMES, (), ())
    for name, text in texts.items():
        recorded = json.loads(text)
        parts = recorded["members"] or [recorded]
        rows = {each: of_run(table(outputs, each), name) for each in COLUMNS}
        measures = [each for part in parts for each in part["measures"]]
        assert [*rows["measures"]["key"]] == [each["key"] for each in measures]
        assert [value if isinstance(value, str) else None for value in rows["measures"]["value"]] == [
            each["value"] for each in measures
        ]
        assert len(rows["findings"]) == sum(len(part["findings"]) for part in parts)
        assert len(rows["scores"]) == sum(
            len((part["scorecard"] or {"indicators": ()})["indicators"]) for part in parts
        )
        assert len(rows["ranks"]) == sum(len((part["ranking"] or {"places": ()})["places"]) for part in parts)


def test_numbers_are_those_of_the_texts(outputs: Path) -> None:
    """The decimal column is the text to 18 places half up, the double the nearest; a missing figure is none and says why."""
    gather(str(outputs))
    measures = table(outputs, "measures")
    for text, number, double, missing in zip(
        *(measures[name] for name in ("value", "value_number", "value_double", "value_missing")), strict=True
    ):
        if isinstance(text, str):
            assert abs(Decimal(text) - number) <= Decimal(5).scaleb(-19)
            assert double == float(text)
            assert not isinstance(missing, str)
        else:
            assert number is None
            assert missing in {"not_provided", "not_applicable", "unverifiable", "unscored", "not_returned"}
    assert measures["value"].isna().any()


def test_a_run_knows_whom_it_is_about(outputs: Path) -> None:
    """A row of a portfolio names its own project and year; a rank names its district."""
    gather(str(outputs))
    measures, ranks = table(outputs, "measures"), table(outputs, "ranks")
    own = measures[measures["notebook"] == "portfolio"]
    assert set(zip(own["project"], own["year"], strict=True)) == {("mudan-2023", 2023), ("linyi-2021", 2021)}
    places = ranks[ranks["notebook"] == "district_ranking"].sort_values("position")
    assert [*places["district"]][:2] == ["兰山区", "罗庄区"]
    assert [*places["rank"]][:2] == ["2", "1"]
    runs = table(outputs, "runs").set_index("run")
    assert runs.loc["mudan-2023", "score"] == "74.32"
    assert pd.isna(runs.loc["all", "project"])


def test_gathering_again_reads_what_changed(outputs: Path, texts: dict[tuple[str, str], str]) -> None:
    """Nothing changed: nothing is read or written. A run that changed is read, one that is gone is dropped."""
    gather(str(outputs))
    folder = outputs / "gathered"
    former = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.glob("*.parquet")}
    assert gather(str(outputs)).read == ()
    assert former == {
        path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.glob("*.parquet")
    }
    put(str(outputs), *NAMES[2], texts[NAMES[2]].replace("74.32", "74.33"))
    (outputs / "portfolio" / "all" / "manifest.json").unlink()
    done = gather(str(outputs))
    assert (done.runs, done.read, done.dropped) == (2, (NAMES[2],), (NAMES[1],))
    assert [*table(outputs, "runs")["score"]] == ["90.02", "74.33"]
    assert set(table(outputs, "measures")["notebook"]) == {"district_ranking", "project_report"}
    put(str(outputs), *NAMES[2], texts[NAMES[2]])
    put(str(outputs), *NAMES[1], texts[NAMES[1]])
    gather(str(outputs))
    assert {name: content for name, (content, _) in former.items()} == {
        path.name: path.read_bytes() for path in folder.glob("*.parquet")
    }, "the same runs give the same bytes, whatever happened between"


@pytest.mark.parametrize("damage", ["interrupted", "half", "other columns"])
def test_a_data_set_that_is_not_whole_is_made_anew(outputs: Path, damage: str) -> None:
    """Without runs.parquet, with a half file or with other columns, everything is gathered again."""
    gather(str(outputs))
    whole = {name: table(outputs, name) for name in COLUMNS}
    path = outputs / "gathered" / ("runs.parquet" if damage == "interrupted" else "measures.parquet")
    if damage == "interrupted":
        path.unlink()
    elif damage == "half":
        path.write_bytes(path.read_bytes()[:1000])
    else:
        whole["measures"].rename(columns={"key": "other"}).to_parquet(path)
    assert len(gather(str(outputs)).read) == 3
    for name, frame in whole.items():
        pd.testing.assert_frame_equal(table(outputs, name), frame)


@pytest.mark.parametrize("change", ["other bytes", "half", "other version", "no manifest of files"])
def test_what_cannot_be_trusted_is_left_out(
    outputs: Path, texts: dict[tuple[str, str], str], change: str
) -> None:
    """Results that are not those of their manifest, or of another version, are left out and named."""
    path = outputs / "project_report" / "mudan-2023" / "results.json"
    if change == "other bytes":
        path.write_text(texts[NAMES[2]].replace("74.32", "74.33"), encoding="utf-8")
    elif change == "half":
        path.write_bytes(path.read_bytes()[:500])
    elif change == "other version":
        put(str(outputs), *NAMES[2], re.sub(r'"schema_version": \d+', '"schema_version": 1', texts[NAMES[2]]))
    else:
        path.with_name("manifest.json").write_text("{", encoding="utf-8")
    assert gather(str(outputs)).left_out == (NAMES[2],)
    told = CliRunner().invoke(main, ["gather", str(outputs)])
    assert told.exit_code == 1
    assert "left out: project_report/mudan-2023" in told.stderr


def test_the_command(outputs: Path, tmp_path: Path) -> None:
    """It says how many runs there are, where the data set is, and that there are no outputs."""
    done = CliRunner().invoke(main, ["gather", str(outputs), "--into", str(tmp_path / "set")])
    assert done.exit_code == 0
    assert f"3 runs, 3 read now, 0 dropped: {tmp_path / 'set'}" in done.stdout
    nothing = CliRunner().invoke(main, ["gather", str(tmp_path / "nothing")])
    assert nothing.exit_code == 2
    assert "没有这个结果文件夹" in nothing.stderr


@pytest.fixture
def memory(texts: dict[tuple[str, str], str]) -> Iterator[str]:
    """Outputs at an address that is no folder."""
    for (notebook, run), text in texts.items():
        put("memory://gathering", notebook, run, text)
    yield "memory://gathering"
    fsspec.filesystem("memory").rm("/gathering", recursive=True)


def test_outputs_and_data_set_at_addresses(memory: str, outputs: Path) -> None:
    """From and into a store, the tables are those of a folder; no outputs are an error."""
    gather(str(outputs))
    done = gather(memory)
    assert len(done.read) == 3
    assert gather(memory).read == ()
    for name in COLUMNS:
        stored = (place_of(memory) / "gathered" / f"{name}.parquet").read_bytes()
        assert stored == (outputs / "gathered" / f"{name}.parquet").read_bytes()
    with pytest.raises(ProjectError, match="没有这个结果文件夹"):
        gather("memory://nothing-there")


def test_the_documented_examples_run(
    outputs: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each Python example of docs/gather.md runs on a gathered data set, and shows a row."""
    gather(str(outputs))
    monkeypatch.chdir(outputs.parent)
    text = (checkout / "docs" / "gather.md").read_text(encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(examples) == 3
    for example in examples:
        exec(compile(example, "docs/gather.md", "exec"), {})
    shown = capsys.readouterr().out
    assert "mudan-2023" in shown
    assert "0.536" in shown


def test_years_are_compared(outputs: Path, texts: dict[tuple[str, str], str]) -> None:
    """The same ranking a year later joins with the former one by district."""
    later = texts[NAMES[0]].replace('"year": "2021', '"year": "2022').replace('"93.54"', '"92.54"')
    put(str(outputs), "district_ranking", "linyi-2022", later)
    gather(str(outputs))
    ranks = str(outputs / "gathered" / "ranks.parquet")
    moved = duckdb.execute(
        "SELECT now.district, now.score_number - former.score_number FROM read_parquet($ranks) now "
        "JOIN read_parquet($ranks) former ON former.district = now.district AND former.year = now.year - 1 "
        "AND former.notebook = now.notebook WHERE now.score_number <> former.score_number",
        {"ranks": ranks},
    ).fetchall()
    assert moved == [("罗庄区", Decimal("-1.000000000000000000"))]


def test_the_columns_are_documented(checkout: Path) -> None:
    """docs/gather.md lists the columns of each table, a figure's four as one."""
    text = (checkout / "docs" / "gather.md").read_text(encoding="utf-8")
    listed = {
        table: re.findall(r"`(\w+)`(…?)", columns)
        for table, columns in re.findall(r"(?m)^\| `(\w+)` \| [^|]+ \| (.*) \|$", text)
    }
    parts = ("", "_number", "_double", "_missing")
    assert {
        table: [name + part for name, figure in names for part in (parts if figure else ("",))]
        for table, names in listed.items()
    } == {table: [*fields] for table, fields in COLUMNS.items()}
