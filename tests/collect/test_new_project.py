"""A new project: what is made around it, and that nothing that is there is touched."""

from pathlib import Path

import openpyxl
import pytest
import yaml
from wenxiao.collect import create_project
from wenxiao.collect.new_project import create_workspace
from wenxiao.evaluation import evaluate
from wenxiao.fields.domain import domains
from wenxiao.model import OutputError, ParameterError, ProjectError
from wenxiao.project import Workspace, load_profile, load_project


def test_a_new_project_can_be_evaluated_before_and_after_it_is_filled_in(workspace_root: Path) -> None:
    """The template alone evaluates to 未提供 everywhere; with weights and scores in it there is a score and a grade."""
    workspace = Workspace(workspace_root)
    project = create_project(workspace, "某县2025", ["甲镇", "乙镇"])
    before = evaluate(load_project(project.folder), load_profile())
    assert before.verdict.score.number is None
    assert before.project.districts == ("甲镇", "乙镇")
    assert dict(before.project.narrative.sections) == {}
    path = project.folder / "某县2025.xlsx"
    book = openpyxl.load_workbook(path)
    for row in range(4, 21):
        book["评分表"].cell(row, 4, 4 if row > 4 else 36)
        book["评分表"].cell(row, 7, 3.5 if row > 4 else 36)
    book.save(path)
    after = evaluate(load_project(project.folder), load_profile())
    assert after.verdict.score.text == "92.00"
    assert after.project.title == "某县2025"


def test_nothing_that_is_there_is_overwritten(workspace_root: Path) -> None:
    """A second call keeps every file; a folder with a table of its own gets no template."""
    workspace = Workspace(workspace_root)
    folder = workspace.data / "own"
    folder.mkdir()
    (folder / "得分.csv").write_text("县区,得分\n甲县,91.2\n乙县,88.0\n", encoding="utf-8")
    (folder / "SOURCE.md").write_text("mine", encoding="utf-8")
    first = create_project(workspace, "own")
    assert {path.relative_to(workspace_root).as_posix() for path in first.made} == {
        "data/own/narrative.md",
        "parameters/project_report/own.yaml",
        "parameters/district_ranking/own.yaml",
        "parameters/district_report/own.yaml",
    }
    district = yaml.safe_load((workspace.parameters / "district_report/own.yaml").read_text(encoding="utf-8"))
    assert district == {"project": "data/own", "district": "甲县"}
    assert (folder / "SOURCE.md").read_text(encoding="utf-8") == "mine"
    second = create_project(workspace, "own")
    assert second.made == ()
    assert len(second.kept) == 5


def test_parameter_files_say_whose_report_it_is(workspace_root: Path) -> None:
    """A parameter file names its project, readably; no ranking is asked for before there are scores."""
    project = create_project(Workspace(workspace_root), "某县2025", ["甲镇"])
    files = [path for path in project.made if path.suffix == ".yaml"]
    assert [path.parent.name for path in files] == ["project_report"]
    text = files[0].read_text(encoding="utf-8")
    assert yaml.safe_load(text) == {"project": "data/某县2025"}
    assert "某县2025" in text
    create_project(Workspace(workspace_root), "某县2025")
    assert not (workspace_root / "parameters" / "district_ranking").exists()


@pytest.mark.parametrize("name", ["a/b", "..", "CON", "x--y", "", "a\nb"])
def test_a_name_that_cannot_be_a_folder_is_refused(workspace_root: Path, name: str) -> None:
    """A name that leads elsewhere, is reserved somewhere or means a run per district makes nothing."""
    with pytest.raises(ParameterError, match="名称不能用作文件夹名"):
        create_project(Workspace(workspace_root), name)
    assert not any((workspace_root / "data").iterdir())


def test_all_mistakes_are_told_at_once(workspace_root: Path) -> None:
    """A bad name, an empty district and one listed twice are three problems of one error."""
    with pytest.raises(ParameterError) as caught:
        create_project(Workspace(workspace_root), "a/b", ["甲", "", "甲"])
    assert len(caught.value.problems) == 3


def test_a_file_in_the_way_is_an_error_in_words(workspace_root: Path) -> None:
    """Where the folder cannot be made, the error names it and says what to do."""
    (workspace_root / "data" / "x").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="文件写不进去"):
        create_project(Workspace(workspace_root), "x")


def test_a_template_speaks_of_its_own_domain(workspace_root: Path) -> None:
    """Nothing of housing renewal stands in the template of another domain; its outputs have the units of the domain."""
    workspace = Workspace(workspace_root)
    for domain in domains():
        project = create_project(workspace, f"x-{domain}", domain=domain)
        book = openpyxl.load_workbook(project.folder / f"x-{domain}.xlsx")
        words = " ".join(str(c.value) for page in book for row in page.iter_rows() for c in row if c.value)
        assert ("小区" in words or "居民出资" in words) == (domain == "housing")
        assert (project.folder / "narrative.md").is_file()
        assert evaluate(load_project(project.folder), load_profile()).verdict.score.number is None
    roads = load_project(workspace.data / "x-roads").of_kind("outputs")
    assert roads[0].text(1, "item") == "养护里程" or roads[0].text(2, "item") == "养护里程"


def test_a_self_evaluation_begins_with_the_form_of_the_field(workspace_root: Path) -> None:
    """A project for self-evaluation or monitoring gets the blank form, which is read as that form."""
    workspace = Workspace(workspace_root)
    for kind, form in (("self-evaluation", "project-self-evaluation"), ("monitoring", "monitoring")):
        project = create_project(workspace, f"养护-{kind}", kind=kind)
        tables = load_project(project.folder).tables
        assert {table.form.key for table in tables if table.form} == {form}
    said = (workspace.parameters / "project_report/养护-self-evaluation.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(said)["profile"] == "self-evaluation"


def test_an_unknown_domain_is_refused(workspace_root: Path) -> None:
    """A domain that is none is refused with those there are."""
    with pytest.raises(ParameterError, match="老旧小区改造"):
        create_project(Workspace(workspace_root), "x", domain="space")


def test_a_workspace_is_found_where_it_was_made(
    tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has every notebook and the folders around them; a second call makes nothing and changes nothing."""
    monkeypatch.delenv("WENXIAO_ROOT", raising=False)
    place = tmp_path / "工作区"
    made = create_workspace(place)
    notebooks = {path.name for path in (checkout / "notebooks").glob("*.ipynb")}
    assert {path.name for path in (place / "notebooks").iterdir()} == notebooks
    assert Workspace.find(place / "data", own=True).root == place
    assert {"README.md", ".gitignore"} < {path.name for path in made}
    (place / "README.md").write_text("我的", encoding="utf-8")
    assert create_workspace(place) == ()
    assert (place / "README.md").read_text(encoding="utf-8") == "我的"


def test_a_folder_of_other_files_is_refused(tmp_path: Path) -> None:
    """A folder that holds something else is no empty folder: it is named, and nothing is made."""
    (tmp_path / "照片.jpg").touch()
    with pytest.raises(ProjectError, match=r"照片\.jpg"):
        create_workspace(tmp_path)
    assert not (tmp_path / "notebooks").exists()


def test_what_makes_something_new_asks_for_a_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside a workspace the checkout is for reading only; the error says how to start one."""
    monkeypatch.delenv("WENXIAO_ROOT", raising=False)
    with pytest.raises(ProjectError, match="wenxiao init"):
        Workspace.find(tmp_path, own=True)


def test_a_project_is_found_by_name_path_and_nearest_name(workspace_root: Path) -> None:
    """The name, the path from the root and the folder itself are one project; a misspelt one names the nearest."""
    workspace = Workspace(workspace_root)
    folder = workspace.data / "linyi-2021"
    folder.mkdir()
    assert {workspace.project_folder(each) for each in ("linyi-2021", "data/linyi-2021", folder)} == {folder}
    with pytest.raises(ProjectError, match="是否为“linyi-2021”"):
        workspace.project_folder("linyi-2012")
