"""A report is made again if anything it was made from has changed, with the reason, and not otherwise."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from wenxiao.batch import plan
from wenxiao.batch.planning.resume import Decision, decisions, index_is_current
from wenxiao.batch.storage.fingerprint import ROOMS
from wenxiao.batch.storage.manifest import read_manifests
from wenxiao.batch.storage.publication import keep_failed
from wenxiao.language import speaking
from wenxiao.project import contents
from wenxiao.project.workspace import Workspace

Made = Callable[..., dict[str, Any]]


pytestmark = pytest.mark.usefixtures("chinese")


def decided(workspace: Workspace, **options: Any) -> Decision:
    """The decision on the only run of the workspace."""
    (decision,) = decisions(plan(workspace), **options)
    return decision


def test_a_run_that_was_never_made(one_run: Workspace, made: Made) -> None:
    """It is due; once it is made it is not; by force it is again."""
    first = decided(one_run)
    assert (first.due, first.reason) == (True, "从未生成")
    made(first)
    assert (decided(one_run).due, decided(one_run).reason) == (False, "没有变化")
    assert (decided(one_run, force=True).due, decided(one_run, force=True).reason) == (True, "要求全部重做")


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("data/甲县/资金.csv", "资金来源,预算数\n中央,3\n", "数据变了：资金.csv"),
        ("data/甲县/corrections.yaml", "[]\n", "数据变了：corrections.yaml（新增）"),
        ("data/甲县/narrative.md", None, "数据变了：narrative.md（没有了）"),
        ("data/甲县/资金.csv.yaml", "sheets: {}\n", "数据变了：资金.csv.yaml（新增）"),
        ("parameters/profiles/own.yaml", "extends: jiangxi\ntitle: 自定\nsource: 自定\n", "评价规则变了：jiangxi.yaml（新增）、own.yaml"),
        ("parameters/own/甲.yaml", "project: data/乙县\nprofile: own\n", "数据变了：narrative.md（没有了）、资金.csv；参数变了：project"),
        ("outputs/own/甲/report.html", None, "缺 report.html"),
        ("outputs/own/甲/results.json", "{", "results.json 与清单不符"),
        ("outputs/own/甲/results.json", "{" * 100_000, "results.json 与清单不符"),
        ("outputs/own/甲/manifest.json", None, "上次没有完成"),
        ("outputs/own/甲/manifest.json", '{"schema": 2, "files"', "上次没有完成"),
        ("outputs/own/甲/manifest.json", "[]", "上次没有完成"),
    ],
)  # fmt: skip
def test_what_changed_is_named(
    one_run: Workspace, made: Made, name: str, text: str | None, reason: str
) -> None:
    """Each change makes the run due, and says which."""
    made(decided(one_run))
    if text is None:
        (one_run.root / name).unlink()
    else:
        (one_run.root / name).write_text(text, encoding="utf-8")
    assert (decided(one_run).due, decided(one_run).reason) == (True, reason)


@pytest.mark.parametrize(
    "name",
    [
        "data/乙县/资金.csv",
        "parameters/profiles/other.yaml",
        "data/甲县/~$资金.csv",
        "data/甲县/.x",
        "data/甲县/collect/returned/乙镇.xlsx",
        "data/甲县/collect/register.yaml",
        "data/甲县/SOURCE.md",
        "data/甲县/draft.yaml",
    ],
)
def test_what_a_run_does_not_read_does_not_matter(one_run: Workspace, made: Made, name: str) -> None:
    """Another project, other rules, lock files of an office program, and what counties returned and nobody merged leave the run alone."""
    made(decided(one_run))
    (one_run.root / name).parent.mkdir(parents=True, exist_ok=True)
    (one_run.root / name).write_text("changed", encoding="utf-8")
    assert not decided(one_run).due


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("data/甲县/汇总.csv", "数据变了：汇总.csv（新增）"),
        ("data/甲县/扫描件.pdf", "数据变了：扫描件.pdf（新增）"),
        ("data/甲县/证据/合同/1.pdf", "数据变了：证据/合同/1.pdf（新增）"),
    ],
)
def test_what_loading_the_project_finds_matters(
    one_run: Workspace, made: Made, name: str, reason: str
) -> None:
    """A merged table, a file that a finding names, evidence: each is in the report."""
    made(decided(one_run))
    (one_run.root / name).parent.mkdir(parents=True, exist_ok=True)
    (one_run.root / name).write_text("changed", encoding="utf-8")
    assert (decided(one_run).due, decided(one_run).reason) == (True, reason)


def test_a_file_that_is_only_named_may_change(one_run: Workspace, made: Made) -> None:
    """A scan is not read: another one of its name changes nothing; one that goes does."""
    scan = one_run.data / "甲县" / "扫描件.pdf"
    scan.write_bytes(b"1")
    made(decided(one_run))
    scan.write_bytes(b"2")
    assert not decided(one_run).due
    scan.unlink()
    assert decided(one_run).reason == "数据变了：扫描件.pdf（没有了）"


def test_a_folder_that_is_no_project_counts_whole(one_run: Workspace, made: Made) -> None:
    """What a notebook of one's own reads below a folder that its parameters name is not known here."""
    parameters = one_run.parameters / "own" / "甲.yaml"
    parameters.write_text("project: 资料\nprofile: own\n", encoding="utf-8")
    (one_run.root / "资料" / "collect").mkdir(parents=True)
    made(decided(one_run))
    (one_run.root / "资料" / "collect" / "x.csv").write_text("1", encoding="utf-8")
    assert decided(one_run).reason == "数据变了：collect/x.csv（新增）"


def test_touching_a_file_is_no_change(one_run: Workspace, made: Made) -> None:
    """What files hold decides, not when they were written; a comment in the parameter file is no parameter."""
    made(decided(one_run))
    path = one_run.data / "甲县" / "资金.csv"
    path.write_bytes(path.read_bytes())
    file = one_run.parameters / "own" / "甲.yaml"
    file.write_text("# 说明\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert not decided(one_run).due


def test_defaults_are_part_of_the_parameters(one_run: Workspace, made: Made) -> None:
    """A default that changes in the notebook makes the run due; so does any other cell, but not an output."""
    made(decided(one_run))
    path = one_run.notebooks / "own.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], 7
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert not decided(one_run).due
    notebook["cells"][0]["source"] = ["Other words."]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert decided(one_run).reason == "笔记本变了"


@pytest.mark.parametrize(
    ("room", "reason"),
    [("display", "程序变了"), ("reports/templates", "程序变了；报告模板变了"), ("cli", "没有变化")],
)
def test_the_program_is_part_of_the_key(
    one_run: Workspace, made: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, room: str, reason: str
) -> None:
    """A module, a style or a template that changes makes every run due; the command itself does not."""
    package = tmp_path / "package"
    for each in (*ROOMS, "reports/templates", "cli"):
        (package / each).mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr(contents, "PROGRAM", package)
    contents.program_digest.cache_clear()
    try:
        made(decided(one_run))
        (package / room / "new.css").write_text("p {}", encoding="utf-8")
        contents.program_digest.cache_clear()
        assert decided(one_run).reason == reason
    finally:
        contents.program_digest.cache_clear()


def test_installed_packages_are_part_of_the_key(
    one_run: Workspace, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version of any package that this one needs makes every run due."""
    made(decided(one_run))
    monkeypatch.setattr("wenxiao.batch.storage.fingerprint.packages_digest", lambda: "other")
    assert decided(one_run).reason == "安装的软件包变了"


def test_a_failed_attempt_is_tried_again(one_run: Workspace, made: Made, tmp_path: Path) -> None:
    """A former report stays valid, but the failure is looked into again."""
    made(decided(one_run))
    notebook = tmp_path / "x.ipynb"
    notebook.write_text("{}", encoding="utf-8")
    keep_failed(decided(one_run).run, notebook)
    assert decided(one_run).reason == "上次运行失败"


def test_data_that_changed_while_a_run_read_it(
    one_run: Workspace, made: Made, results: dict[str, Any]
) -> None:
    """The key is that of before; if the run read other bytes, even a change back makes it run again."""
    read = {
        **results,
        "run": {**results["run"], "inputs": [{"project": "甲县", "file": "资金.csv", "sha256": "0" * 64}]},
    }
    made(decided(one_run), read=read)
    assert decided(one_run).reason == "数据在上次运行中变了"


def test_a_run_that_names_no_data_depends_on_all(one_run: Workspace, made: Made) -> None:
    """Like a portfolio of all projects: a project that comes, goes or changes makes it due."""
    file = one_run.parameters / "own" / "甲.yaml"
    file.write_text("profile: own\n", encoding="utf-8")
    notebook = one_run.notebooks / "own.ipynb"
    notebook.write_text(notebook.read_text(encoding="utf-8").replace("某区", ""), encoding="utf-8")
    made(decided(one_run))
    (one_run.data / "丙县").mkdir()
    (one_run.data / "乙县" / "资金.csv").write_text("变", encoding="utf-8")
    assert decided(one_run).reason == "数据变了：data/丙县（新增）、data/乙县"


def test_the_manifest_tells_nothing_of_this_machine(one_run: Workspace, made: Made) -> None:
    """Paths of the machine are in no manifest, so that a folder of outputs may be moved or handed on."""
    decision = decided(one_run)
    manifest = made(decision)
    assert str(one_run.root) not in json.dumps(manifest)
    assert read_manifests([decision.run.place]) == {decision.run.place: manifest}


def test_thousands_of_unchanged_runs_are_told_quickly(one_run: Workspace, made: Made) -> None:
    """Time grows with the number of runs, not faster, and files are read once: a hundred decisions well within seconds."""
    for number in range(100):
        (one_run.parameters / "own" / f"{number}.yaml").write_text("project: data/甲县\n", encoding="utf-8")
    for decision in decisions(plan(one_run)):
        made(decision)
    start = time.perf_counter()
    assert not any(decision.due for decision in decisions(plan(one_run)))
    assert time.perf_counter() - start < 10


def test_the_index_is_made_again_when_a_run_or_a_parameter_file_came_or_went(
    one_run: Workspace, made: Made
) -> None:
    """An index newer than every folder of a run and of parameters stays; of a store it never does."""
    parameters, outputs = one_run.parameters, str(one_run.outputs)
    made(decided(one_run))
    index = one_run.outputs / "index.html"
    assert not index_is_current(outputs, parameters)
    index.touch()
    os.utime(index, (time.time() + 5, time.time() + 5))
    assert index_is_current(outputs, parameters)
    os.utime(parameters / "own", (time.time() + 9, time.time() + 9))
    assert not index_is_current(outputs, parameters)
    os.utime(index, (time.time() + 20, time.time() + 20))
    (one_run.outputs / "logs").mkdir()  # every call writes a log, and no index tells of it
    os.utime(one_run.outputs / "logs", (time.time() + 99, time.time() + 99))
    assert index_is_current(outputs, parameters)
    os.utime(one_run.outputs / "own" / "甲", (time.time() + 30, time.time() + 30))
    assert not index_is_current(outputs, parameters)
    assert not index_is_current("memory://outputs", parameters)


def test_reasons_are_in_the_language_spoken(one_run: Workspace, made: Made) -> None:
    """The same decision is told in English too, where names that are many are counted."""
    made(decided(one_run))
    for number in range(4):
        (one_run.data / "甲县" / f"{number}.csv").touch()
    (one_run.data / "甲县" / "narrative.md").unlink()
    decision = decided(one_run)
    with speaking("en"):
        assert decision.reason == "the data changed: 0.csv (new), 1.csv (new), 2.csv (new) … 5 in all"
    with speaking("zh"):
        assert decision.reason == "数据变了：0.csv（新增）、1.csv（新增）、2.csv（新增）等 5 项"
