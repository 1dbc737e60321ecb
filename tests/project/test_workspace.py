"""The workspace is found from anywhere, and paths in parameters stay within it."""

from pathlib import Path

import pytest
from wenxiao.model import ProjectError
from wenxiao.project import workspace
from wenxiao.project.workspace import Workspace


@pytest.fixture
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """WENXIAO_ROOT is not set."""
    monkeypatch.delenv("WENXIAO_ROOT", raising=False)


@pytest.fixture
def packaged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The package lies where no checkout is, as after an ordinary installation."""
    module = tmp_path / "site" / "wenxiao" / "project" / "workspace.py"
    monkeypatch.setattr(workspace, "__file__", str(module))


def test_variable_comes_first(workspace_root: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """WENXIAO_ROOT goes before the working directory."""
    monkeypatch.chdir(checkout)
    assert Workspace.find().root == workspace_root.resolve()


def test_variable_to_nowhere_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A WENXIAO_ROOT that is no folder is reported with its value, not passed over."""
    monkeypatch.setenv("WENXIAO_ROOT", str(tmp_path / "gone"))
    with pytest.raises(ProjectError, match=r"WENXIAO_ROOT 所指的文件夹不存在.*gone"):
        Workspace.find()


@pytest.mark.parametrize("second", ["parameters", "data"])
@pytest.mark.usefixtures("unset")
def test_upward_from_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second: str
) -> None:
    """The nearest folder above that has notebooks, and parameters or data, is the workspace."""
    deep = tmp_path / "notebooks" / "sub"
    deep.mkdir(parents=True)
    (tmp_path / second).mkdir()
    monkeypatch.chdir(deep)
    assert Workspace.find().root == tmp_path.resolve()


@pytest.mark.usefixtures("unset")
def test_checkout_comes_last(tmp_path: Path, checkout: Path) -> None:
    """Outside any workspace the checkout that the package lies in is used."""
    assert Workspace.find(tmp_path).root == checkout


@pytest.mark.usefixtures("unset", "packaged")
def test_nowhere_is_an_error(tmp_path: Path) -> None:
    """Without a workspace anywhere the message says what makes one and what to do."""
    with pytest.raises(ProjectError, match=r"找不到工作区.*notebooks.*WENXIAO_ROOT"):
        Workspace.find(tmp_path)


def test_resolves_from_the_root(workspace_root: Path) -> None:
    """A relative path is taken from the root, with either slash."""
    here = Workspace(workspace_root)
    assert here.resolve("data/某项目-2023") == workspace_root / "data" / "某项目-2023"
    assert here.resolve("data\\x") == workspace_root / "data" / "x"


@pytest.mark.parametrize(
    "path", ["/etc", "../other", "data/../../other", "C:\\data", "C:x", "\\\\host\\share"]
)
def test_paths_stay_within(workspace_root: Path, path: str) -> None:
    """An absolute path, and one that climbs, are errors that show the path."""
    with pytest.raises(ProjectError, match=r"路径不在工作区之内"):
        Workspace(workspace_root).resolve(path)


def test_projects_are_the_data_folders(workspace_root: Path) -> None:
    """Projects are listed as parameters name them; files and hidden folders are none."""
    for name in ("b-2023", "a-2022", ".cache"):
        (workspace_root / "data" / name).mkdir()
    (workspace_root / "data" / "README.md").touch()
    assert Workspace(workspace_root).projects == ("data/a-2022", "data/b-2023")
    assert Workspace(workspace_root / "nowhere").projects == ()


def test_a_project_whose_forms_are_still_out_is_none_yet(workspace_root: Path) -> None:
    """A folder in which forms are being collected becomes a project once a table stands beside them."""
    folder = workspace_root / "data" / "a-2022"
    (folder / "collect").mkdir(parents=True)
    (folder / "SOURCE.md").touch()
    assert Workspace(workspace_root).projects == ()
    (folder / "汇总.xlsx").touch()
    assert Workspace(workspace_root).projects == ("data/a-2022",)


def test_paths_are_shown_from_the_root(
    workspace_root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A path below the root is shown relative to it, another one whole."""
    here = Workspace(workspace_root)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert here.relative(here.outputs / "x" / "报告.html") == "outputs/x/报告.html"
    assert here.relative(elsewhere) == elsewhere.as_posix()
