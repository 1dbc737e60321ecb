"""The index lists every run by what it recorded."""

import json
import time
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from upath import UPath
from wenxiao.evaluation import Evaluation
from wenxiao.reports import ResultsOutput, results, write_index, write_json
from wenxiao.reports.headline import headline


def _put(outputs: Path, notebook: str, run: str, output: ResultsOutput) -> None:
    folder = outputs / notebook / run
    folder.mkdir(parents=True)
    write_json(output.results.model_dump(mode="json"), folder / "results.json")
    write_json({"finished": "2026-11-21T03:50:00+00:00"}, folder / "manifest.json")
    (folder / "report.html").write_text("<p>报告</p>", encoding="utf-8")


@pytest.fixture
def outputs(tmp_path: Path, mudan: Evaluation, linyi: Evaluation) -> Path:
    """A folder with reports on two projects and on three counties, one portfolio and one failed run."""
    for evaluation in (mudan, linyi):
        name = evaluation.project.name
        _put(tmp_path, "project_report", name, results(evaluation, notebook="project_report", parameters={}))
    for district in ("平邑县", "兰山区", "罗庄区"):
        made = results(linyi, notebook="district_report", parameters={}, district=district)
        _put(tmp_path, "district_report", f"linyi-2021--{district}", made)
    _put(tmp_path, "portfolio", "all", results([mudan, linyi], notebook="portfolio", parameters={}))
    error = {"output_type": "error", "evalue": "资金.xlsx：打不开 <1>。\n更多"}
    failed = {"cells": [{"cell_type": "code", "outputs": [error]}]}
    (tmp_path / "project_report" / "坏.failed.ipynb").write_text(json.dumps(failed), encoding="utf-8")
    return tmp_path


def _soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_every_report_is_linked(outputs: Path) -> None:
    """Each report is reached by a relative address that a browser finds, Chinese names included."""
    page = _soup(write_index(outputs))
    links = {unquote(a["href"]) for a in page.find_all("a") if a["href"].endswith("report.html")}
    assert links == {path.relative_to(outputs).as_posix() for path in outputs.glob("*/*/report.html")}
    assert all((outputs / link).is_file() for link in links)


def test_a_report_has_its_figures_beside_it(outputs: Path) -> None:
    """Score, grade, execution rate with its denominator, findings by severity and the time stand on the line."""
    page = _soup(write_index(outputs))
    row = page.find("a", href="project_report/mudan-2023/report.html").find_parent("tr")
    cells = [cell.get_text(" ", strip=True) for cell in row.find_all("td")]
    assert cells[:3] == ["74.32分", "中", "53.63% 支出÷预算"]
    assert all(cell.isdigit() for cell in cells[3:6])
    assert cells[6].startswith("2026-11-2")


def test_districts_stand_in_both_orders(outputs: Path) -> None:
    """The counties of a project are listed in administrative order and by rank."""
    page = _soup(write_index(outputs))
    tables = {table.caption.get_text(): table for table in page.find_all("table") if table.caption}
    names = {caption: [a.get_text() for a in table.find_all("a")] for caption, table in tables.items()}
    assert names["县区报告（按行政次序）"] == ["兰山区", "罗庄区", "平邑县"]
    assert names["县区报告（按名次）"] == ["罗庄区", "兰山区", "平邑县"]


def test_failed_runs_are_listed_first(outputs: Path) -> None:
    """A failed run stands at the top with its cause as text, and so does one whose results cannot be read."""
    broken = outputs / "project_report" / "旧版"
    broken.mkdir()
    (broken / "results.json").write_text('{"schema_version": 0}', encoding="utf-8")
    (broken / "manifest.json").write_text("{", encoding="utf-8")
    page = _soup(write_index(outputs))
    text = page.find("h2").find_parent("section").get_text(" ", strip=True)
    assert "未完成的运行" in text
    assert "资金.xlsx：打不开 <1>。" in text
    assert "结果文件无法识别" in text


def test_index_of_nothing(tmp_path: Path) -> None:
    """A folder without runs has an index that says how to make some."""
    assert "还没有报告" in write_index(tmp_path / "outputs").read_text(encoding="utf-8")


def test_index_is_inert_and_leaves_nothing_behind(outputs: Path) -> None:
    """The index has the reports' policy and no script, and no temporary file stays."""
    before = {path.name for path in outputs.iterdir()}
    text = write_index(outputs).read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert "<script" not in text
    assert {path.name for path in outputs.iterdir()} == before | {"index.html"}


def test_index_of_many_runs_is_quick(outputs: Path) -> None:
    """A thousand runs take well under two seconds: their manifests say it all, and no results are read."""
    source = outputs / "project_report" / "mudan-2023"
    found = headline(json.loads((source / "results.json").read_bytes()))
    write_json({"finished": "2026-11-21T03:50:00+00:00", "headline": found}, source / "manifest.json")
    for number in range(1000):
        folder = outputs / "project_report" / f"run-{number}"
        folder.mkdir()
        (folder / "manifest.json").hardlink_to(source / "manifest.json")
    start = time.perf_counter()
    write_index(outputs)
    assert time.perf_counter() - start < 2


def test_what_is_being_replaced_is_not_listed(outputs: Path) -> None:
    """A folder without a manifest holds a set of files that is not whole: it has no line."""
    (outputs / "project_report" / "mudan-2023" / "manifest.json").unlink()
    page = write_index(outputs).read_text(encoding="utf-8")
    assert "mudan-2023" not in page
    assert "linyi-2021" in page


def test_a_run_without_its_parameter_file_stands_apart(outputs: Path, tmp_path: Path) -> None:
    """Nobody keeps it up to date any more: it is listed at the end with a word why, and in no ranking."""
    parameters = tmp_path / "parameters"
    for name in ("project_report/linyi-2021", "portfolio/all", "district_report/linyi-2021--兰山区"):
        (parameters / name).parent.mkdir(parents=True, exist_ok=True)
        (parameters / f"{name}.yaml").touch()
    page = _soup(write_index(outputs, parameters))
    left = page.find(id="left").find_parent("section")
    assert [a.get_text() for a in left.find_all("a")] == ["项目报告 · mudan-2023"]
    assert "不再更新" in left.get_text()
    assert len(page.find_all("a", href="project_report/mudan-2023/report.html")) == 1


def test_a_report_on_older_data_says_so(outputs: Path) -> None:
    """Beside a report made from another state of a file than the newest one there is a word to run it again."""
    folder = outputs / "district_report" / "linyi-2021--平邑县"
    data = json.loads((folder / "results.json").read_bytes())
    data["run"]["inputs"][0]["sha256"] = "0" * 64
    write_json(data, folder / "results.json")
    write_json({"finished": "2026-11-20T03:50:00+00:00"}, folder / "manifest.json")
    page = _soup(write_index(outputs))
    marked = [th.a.get_text() for th in page.find_all("th", scope="row") if "资料已变" in th.get_text()]
    assert marked == ["平邑县", "平邑县"]


def test_an_edition_for_release_counts_no_findings(outputs: Path, linyi: Evaluation) -> None:
    """It is marked as what it is, and the place of the counts says why there are none."""
    parameters = {"audience": "release", "edition": "正式稿"}
    made = results(linyi, notebook="district_report", parameters=parameters, district="费县")
    _put(outputs, "district_report", "release", made)
    row = _soup(write_index(outputs)).find("a", href="district_report/release/report.html").find_parent("tr")
    assert "正式稿 · 公开" in row.th.get_text()
    assert row.find("td", colspan="3").get_text() == "公开稿不列"


def test_a_district_of_several_projects_has_its_reports_together(outputs: Path, linyi: Evaluation) -> None:
    """The reports on one county in two projects stand in one table, besides their places under the projects."""
    made = results(linyi, notebook="district_report", parameters={}, district="费县").results.model_dump(
        mode="json"
    )
    for number, project in enumerate(("linyi-2021", "linyi-2022")):
        folder = outputs / "district_report" / f"{project}--费县"
        folder.mkdir()
        write_json({**made, "subject": {**made["subject"], "project": project}}, folder / "results.json")
        write_json({"finished": f"2026-11-2{number}T03:50:00+00:00"}, folder / "manifest.json")
    section = _soup(write_index(outputs)).find(id="districts").find_parent("section")
    assert [table.caption.get_text() for table in section.find_all("table")] == ["费县"]
    assert len(section.find_all("a")) == 2


def test_index_at_an_address(outputs: Path) -> None:
    """The runs may lie in any store; the index is written beside them."""
    store = UPath("memory://index-test")
    for path in outputs.rglob("*.json"):
        there = store / path.relative_to(outputs).as_posix()
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(path.read_bytes())
    page = write_index("memory://index-test").read_text(encoding="utf-8")
    assert page.count('href="project_report/mudan-2023/report.html"') == 1
