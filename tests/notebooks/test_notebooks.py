"""The notebooks, run by stock papermill: what they record, which parts they write, which they leave out."""

from __future__ import annotations

import copy
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import nbformat
import openpyxl
import papermill
import pytest
from wenxiao.collect import create_project
from wenxiao.fields.domain import Domain, domains
from wenxiao.model import Missing
from wenxiao.project import Workspace
from wenxiao.reports import lift_results, lift_working_paper, to_html

_HEADING = re.compile(r"<h([23])[^>]*>(.*?)</h\1>")


def run(checkout: Path, folder: Path, name: str, parameters: dict[str, Any]) -> nbformat.NotebookNode:
    """A notebook executed by stock papermill, away from the workspace's root."""
    out = folder / f"{name}.ipynb"
    papermill.execute_notebook(
        checkout / "notebooks" / f"{name}.ipynb",
        out,
        parameters,
        cwd=checkout / "notebooks",
        progress_bar=False,
    )
    return nbformat.read(out, as_version=4)


def headings(notebook: nbformat.NotebookNode) -> list[str]:
    """The headings of a run's outputs, in order."""
    html = (output.get("data", {}).get("text/html", "") for cell in code(notebook) for output in cell.outputs)
    return [text for page in html for _, text in _HEADING.findall(page)]


def code(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """The code cells."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def values(results: dict[str, Any]) -> dict[str, str]:
    """The recorded measures by key."""
    return {measure["key"]: measure["value"] for measure in results["measures"]}


@pytest.fixture(scope="module")
def mudan(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    """The report on 牡丹区 2023."""
    parameters = {"project": "data/mudan-2023"}
    return run(checkout, tmp_path_factory.mktemp("mudan"), "project_report", parameters)


def test_a_project_report_keeps_the_official_outline(mudan: nbformat.NotebookNode) -> None:
    """The seven parts of 10号 附3 in order, then the working paper."""
    top = [text for text in headings(mudan) if not text.startswith("（")]
    assert top == [
        "一、基本情况",
        "二、绩效评价工作开展情况",
        "三、综合评价情况及评价结论",
        "四、绩效评价指标分析",
        "五、主要经验及做法、存在的问题及原因分析",
        "六、有关建议",
        "七、其他需要说明的问题",
        "附　计算底稿",
    ]


def test_a_project_report_says_what_it_left_out(mudan: nbformat.NotebookNode) -> None:
    """Parts whose data the project does not have are named where the official outline explains things."""
    texts = [output.data["text/plain"] for cell in code(mudan) for output in cell.outputs if "data" in output]
    assert any("以下内容因资料未提供而未列：县区评价结果、各县区情况、满意度。" in text for text in texts)


def test_a_project_report_records_its_results(mudan: nbformat.NotebookNode) -> None:
    """The last cell holds every measure as a decimal string."""
    recorded = values(lift_results(mudan))
    assert recorded["total_score"] == "74.32"
    assert recorded["execution_rate/全项目"].startswith("0.5362")
    assert recorded["score_rate/产出"].startswith("0.7222")


def test_a_project_report_carries_its_working_paper(mudan: nbformat.NotebookNode) -> None:
    """The notebook holds the workbook, as bytes that open; the page is the same before and after it is taken out."""
    notebook = copy.deepcopy(mudan)
    before = to_html(notebook)
    content = lift_working_paper(notebook)
    assert content is not None
    assert "计算底稿" in zipfile.ZipFile(io.BytesIO(content)).read("xl/workbook.xml").decode()
    assert lift_working_paper(notebook) is None
    assert to_html(notebook) == before


def test_a_district_report(checkout: Path, tmp_path: Path) -> None:
    """One county: its place among the twelve, nothing about money it was not given."""
    parameters = {"project": "data/linyi-2021", "district": "费县"}
    notebook = run(checkout, tmp_path, "district_report", parameters)
    texts = "\n".join(o.data["text/plain"] for cell in code(notebook) for o in cell.outputs if "data" in o)
    assert "费县得分 89.50分，等级为“良”，在 12 个县区中列第 7（并列）" in texts
    assert lift_results(notebook)["run"]["notebook"] == "district_report"


def test_a_release_names_no_peer(checkout: Path, tmp_path: Path) -> None:
    """The edition for release shows the reader's own line and no other county's, and no findings."""
    parameters = {
        "project": "data/linyi-2021",
        "district": "费县",
        "audience": "release",
        "edition": "正式稿",
    }
    notebook = run(checkout, tmp_path, "district_report", parameters)
    pages = [
        o.data["text/html"]
        for cell in code(notebook)
        for o in cell.outputs
        if "text/html" in o.get("data", {})
    ]
    body = "".join(page for page in pages if "<style>" not in page)
    assert "费县" in body
    assert not [name for name in ("罗庄区", "兰山区", "平邑县") if name in body]
    assert "wx-findings" not in body


def test_a_ranking(checkout: Path, tmp_path: Path) -> None:
    """Twelve counties, two of them on the same rank."""
    notebook = run(checkout, tmp_path, "district_ranking", {"project": "data/linyi-2021"})
    places = lift_results(notebook)["ranking"]["places"]
    assert len(places) == 12
    assert "（一）名次" in headings(notebook)
    assert "（四）名次的稳健性" in headings(notebook)
    texts = "\n".join(o.data["text/plain"] for cell in code(notebook) for o in cell.outputs if "data" in o)
    assert "各县区的分项得分未提供" in texts
    assert "指标对名次的影响" in texts.partition("以下内容因资料未提供而未列：")[2]


def test_a_portfolio(checkout: Path, tmp_path: Path) -> None:
    """Without a list all projects of the workspace are taken, those without a score included."""
    notebook = run(checkout, tmp_path, "portfolio", {})
    members = lift_results(notebook)["members"]
    assert len(members) == 5
    texts = "\n".join(o.data["text/plain"] for cell in code(notebook) for o in cell.outputs if "data" in o)
    assert Missing.NOT_PROVIDED.label in texts


def words_of(domain: Domain) -> set[str]:
    """Every word of a domain's file."""
    given = domain.model_dump_json()
    return set(re.findall(r"[\u4e00-\u9fff]{2,}", given))


def test_projects_under_monitoring(checkout: Path, tmp_path: Path) -> None:
    """The example of a list and two forms by the rules of Sichuan: lights with their rules, the range, what is due, live formulas."""
    parameters = {"project": "data/_监控示例（合成数据）", "profile": "sichuan"}
    notebook = run(checkout, tmp_path, "monitoring", parameters)
    results = lift_results(notebook)
    lights = {each["project"]: each["signal"]["light"] for each in results["monitoring"]}
    assert lights == {
        "农村公路养护": "fine", "桥梁维修": "warning", "公交站台改造": "fine", "交通信号灯更新": "", "航道疏浚": "",
    }  # fmt: skip
    bridge = results["monitoring"][1]
    assert [each["month"] for each in bridge["checkpoints"] if each["signal"]["light"] == "warning"] == [
        4,
        5,
        6,
        7,
        8,
    ]
    assert (bridge["forecast"]["low"]["text"], bridge["forecast"]["high"]["text"]) == ("58.93%", "71.43%")
    assert bridge["due"][0]["until"] == "收到预警之日起 10 个工作日内"
    assert values(results)["rate_by/桥梁维修/2025/8"].startswith("0.39285714")
    assert "五、整改清单" in headings(notebook)
    content = lift_working_paper(notebook)
    assert content is not None
    copied = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert any("绩效指标" in name for name in copied), (
        "the cells of the forms are copied beside those of the list"
    )


def test_a_release_of_monitoring_has_no_list_of_what_is_due(checkout: Path, tmp_path: Path) -> None:
    """整改清单 is for the house: neither the page nor the results of a release hold it."""
    parameters = {
        "project": "data/_监控示例（合成数据）", "profile": "sichuan", "audience": "release", "edition": "正式稿",
    }  # fmt: skip
    notebook = run(checkout, tmp_path, "monitoring", parameters)
    assert not any("整改清单" in each for each in headings(notebook))
    assert {len(each["due"]) for each in lift_results(notebook)["monitoring"]} == {0}


@pytest.mark.parametrize("domain", ["roads", "schools"])
def test_nothing_of_housing_stands_in_what_another_domain_prints(
    domain: str, checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Template, parameters, report, results, working paper and what was left out: no word that only housing renewal has."""
    workspace = Workspace(tmp_path)
    workspace.data.mkdir()
    monkeypatch.setenv("WENXIAO_ROOT", str(tmp_path))
    project = create_project(workspace, "养护", ["甲县", "乙县"], domain=domain)
    book = openpyxl.load_workbook(project.folder / "养护.xlsx")
    for row in range(4, 21):
        book["评分表"].cell(row, 4, 4 if row > 4 else 36)
        book["评分表"].cell(row, 7, 3.5 if row > 4 else 36)
    book.save(project.folder / "养护.xlsx")
    notebook = run(checkout, tmp_path, "project_report", {"project": "data/养护"})
    paper = lift_working_paper(notebook)
    assert paper is not None
    books = [project.folder / "养护.xlsx", io.BytesIO(paper)]
    printed = [path.read_text("utf-8") for path in project.made if path.suffix != ".xlsx"]
    printed += [
        to_html(notebook),
        json.dumps(lift_results(notebook), ensure_ascii=False),
        nbformat.writes(notebook),
    ]
    printed += [
        str(cell.value)
        for each in books
        for sheet in openpyxl.load_workbook(each)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value
    ]
    others = set().union(*(words_of(each) for key, each in domains().items() if key != "housing"))
    own = words_of(domains()["housing"]) - others
    text = "".join(printed)
    assert {"居民出资", "加装电梯"} <= {word for each in own for word in (each, each.removeprefix("示例"))}
    assert {word for word in (*own, "小区") if word in text} == set()
