"""The index lists every run by what it recorded."""

import json
import re
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
    """Score, grade, execution rate with its denominator, findings by severity, the gravest first, and the time stand on the line."""
    page = _soup(write_index(outputs))
    row = page.find("a", href="project_report/mudan-2023/report.html").find_parent("tr")
    cells = [cell.get_text(" ", strip=True) for cell in row.find_all("td")]
    assert cells[:3] == ["74.32分", "中", "53.63% 支出÷预算"]
    assert re.fullmatch(r"错误 \d+ 警示 \d+ 提示 \d+", " ".join(row.find_all("td")[3].get_text(" ").split()))
    assert cells[4].startswith("2026-11-2")


def test_the_first_table_has_every_project_with_its_money(outputs: Path) -> None:
    """A line a project: budget, score, grade, rate and findings, and the name leads to its reports."""
    page = _soup(write_index(outputs))
    rows = page.find(id="overview").find_parent("section").tbody.find_all("tr")
    said = {row.th.a.get_text(): [td.get_text(" ", strip=True) for td in row.find_all("td")] for row in rows}
    assert said["临沂市老旧小区改造补助资金"][:4] == [
        "23,763.00万元",
        "90.02分",
        "优",
        "81.24% 报告数，支出未提供",
    ]
    assert all(page.find(id=row.th.a["href"].removeprefix("#")) for row in rows)


def test_districts_stand_by_rank_with_bars(outputs: Path) -> None:
    """The counties of a project are listed by rank, each score with a bar of its share of a hundred."""
    page = _soup(write_index(outputs))
    table = next(t for t in page.find_all("table") if t.caption and t.caption.get_text() == "各县区的报告")
    rows = table.tbody.find_all("tr")
    assert [row.a.get_text() for row in rows] == ["罗庄区", "兰山区", "平邑县"]
    assert rows[-1].find("td", style=True)["style"] == "--bar:84.0%"


def test_what_changed_since_the_last_run_stands_beside_the_time(outputs: Path) -> None:
    """The report says what it said otherwise the time before, that nothing moved, or nothing where it is new."""
    for project, before in (("mudan-2023", {"score": "73.00分", "findings": 9}), ("linyi-2021", {})):
        folder = outputs / "project_report" / project
        found = headline(json.loads((folder / "results.json").read_bytes()))
        former = dict(found)
        if before:
            former |= {"score": {"text": before["score"]}, "findings": {"error": before["findings"]}}
        write_json(
            {"finished": "2026-11-21T03:50:00+00:00", "headline": found, "former": former},
            folder / "manifest.json",
        )
    page = _soup(write_index(outputs))
    last = {
        name: page.find("a", href=f"project_report/{name}/report.html")
        .find_parent("tr")
        .find_all("td")[-1]
        .get_text(" ")
        for name in ("mudan-2023", "linyi-2021")
    }
    assert "得分 73.00分 → 74.32分" in last["mudan-2023"]
    assert "核对事项 9 → " in last["mudan-2023"]
    assert "无变化" in last["linyi-2021"]
    assert "→" not in page.find("a", href="portfolio/all/report.html").find_parent("tr").get_text()


def test_failed_runs_are_listed_with_their_cause(outputs: Path) -> None:
    """A failed run stands right below the overview with its cause as text, and so does one whose results cannot be read."""
    broken = outputs / "project_report" / "旧版"
    broken.mkdir()
    (broken / "results.json").write_text('{"schema_version": 0}', encoding="utf-8")
    (broken / "manifest.json").write_text("{", encoding="utf-8")
    page = _soup(write_index(outputs))
    text = page.find(id="failed").find_parent("section").get_text(" ", strip=True)
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


def test_names_lead_to_their_lines(outputs: Path) -> None:
    """Projects and districts stand in one list in the order of pinyin, each leading to its place on the page."""
    page = _soup(write_index(outputs))
    links = page.find("details", class_="page-names").find_all("a")
    assert [link.get_text() for link in links] == [
        "兰山区（临沂市老旧小区改造补助资金）",
        "临沂市老旧小区改造补助资金",
        "罗庄区（临沂市老旧小区改造补助资金）",
        "牡丹区2023年老旧小区改造项目",
        "平邑县（临沂市老旧小区改造补助资金）",
    ]
    assert all(page.find(id=link["href"].removeprefix("#")) for link in links)


def test_index_of_many_runs_is_quick(outputs: Path) -> None:
    """A thousand runs take well under two seconds of the processor: their manifests say it all, and no results are read."""
    source = outputs / "project_report" / "mudan-2023"
    found = headline(json.loads((source / "results.json").read_bytes()))
    write_json({"finished": "2026-11-21T03:50:00+00:00", "headline": found}, source / "manifest.json")
    for number in range(1000):
        folder = outputs / "project_report" / f"run-{number}"
        folder.mkdir()
        (folder / "manifest.json").hardlink_to(source / "manifest.json")
    start = time.process_time()
    write_index(outputs)
    assert time.process_time() - start < 2


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
    assert marked == ["平邑县"]


def test_an_edition_for_release_counts_no_findings(outputs: Path, linyi: Evaluation) -> None:
    """It is marked as what it is, and the place of the counts says why there are none."""
    parameters = {"audience": "release", "edition": "正式稿"}
    made = results(linyi, notebook="district_report", parameters=parameters, district="费县")
    _put(outputs, "district_report", "release", made)
    row = _soup(write_index(outputs)).find("a", href="district_report/release/report.html").find_parent("tr")
    assert "正式稿 · 公开" in row.th.get_text()
    assert "公开稿不列" in [cell.get_text() for cell in row.find_all("td")]


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
