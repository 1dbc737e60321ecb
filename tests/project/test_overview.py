"""The districts of a project are found out once for each state of its files."""

import shutil
from pathlib import Path

import pytest
from wenxiao.model import ProjectError
from wenxiao.project import overview
from wenxiao.project.contents import contents
from wenxiao.project.overview import districts_of, has_district_scores


@pytest.fixture
def folder(tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a project's folder, and a cache of the test's own."""
    monkeypatch.setenv("WENXIAO_CACHE", str(tmp_path / "cache"))
    return Path(shutil.copytree(checkout / "data" / "linyi-2021", tmp_path / "linyi-2021"))


def forget() -> None:
    """What a new process would not know."""
    overview._overview.cache_clear()


def test_a_project_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later process takes districts and scores from the cache."""
    assert len(districts_of(folder)) == 12
    forget()
    monkeypatch.setattr("wenxiao.project.project.load_project", None)
    assert len(districts_of(folder)) == 12
    assert has_district_scores(folder)


def test_a_change_of_any_file_is_seen(folder: Path) -> None:
    """What the files hold decides, not their names or times."""
    assert has_district_scores(folder)
    (folder / "绩效评价得分.xlsx").unlink()
    assert not has_district_scores(folder)


def test_what_counties_returned_is_not_read_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file below `collect` is none of the project's: what was found out of it stands."""
    assert len(districts_of(folder)) == 12
    (folder / "collect" / "returned").mkdir(parents=True)
    (folder / "collect" / "returned" / "甲县.csv").write_text("县区\n甲县\n", encoding="utf-8")
    forget()
    monkeypatch.setattr("wenxiao.project.project.load_project", None)
    assert len(districts_of(folder)) == 12


def test_scorecards_of_districts_give_scores(tmp_path: Path) -> None:
    """Districts that each have a 评分底稿 can be ranked; a sheet of one district alone, or without scores, ranks none."""
    (tmp_path / "县区.csv").write_text("县区,预算数（万元）\n甲县,1\n乙县,2\n", encoding="utf-8")
    lines = "一级指标,二级指标,三级指标,分值,终评分\n产出,数量,完成率,60,{0}\n效益,满意度,满意度,40,{0}\n"
    (tmp_path / "甲县评分底稿.csv").write_text(lines.format(30), encoding="utf-8")
    assert not has_district_scores(tmp_path)
    (tmp_path / "乙县评分底稿.csv").write_text(lines.format(""), encoding="utf-8")
    assert not has_district_scores(tmp_path)
    (tmp_path / "乙县评分底稿.csv").write_text(lines.format(20), encoding="utf-8")
    assert has_district_scores(tmp_path)


@pytest.mark.parametrize("kept", [b"", b"[]", b'{"key": "x"}', '{"key": "半'.encode()])
def test_a_damaged_cache_is_no_cache(folder: Path, kept: bytes) -> None:
    """What cannot be used is found out again."""
    districts_of(folder)
    (file,) = (folder.parent / "cache" / "projects").iterdir()
    file.write_bytes(kept)
    forget()
    assert len(districts_of(folder)) == 12


def test_a_project_that_cannot_be_read_stays_an_error(folder: Path) -> None:
    """The error is told each time, and nothing is kept of it."""
    for file in folder.glob("*.xlsx"):
        file.write_bytes(b"PK")
    for _ in range(2):
        with pytest.raises(ProjectError, match=r"绩效评价得分.xlsx"):
            districts_of(folder)
    assert not (folder.parent / "cache").exists()


def test_contents_pass_over_what_is_hidden(tmp_path: Path) -> None:
    """Hidden files, lock files of an office program and compiled modules are no contents; folders below are."""
    for name in ("a.xlsx", ".b", "~$a.xlsx", "c/d.md", "__pycache__/e.pyc", "c/.git/f"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert list(contents(tmp_path)) == ["a.xlsx", "c/d.md"]
