"""A new workspace: complete, found as one, and never in a folder that holds something else."""

from pathlib import Path

import pytest
from wenxiao.collect.new_project import create_workspace
from wenxiao.model import ProjectError
from wenxiao.project import Workspace


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
