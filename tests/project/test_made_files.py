"""The program removes only what it made, by its own record."""

import json
from pathlib import Path

import pytest
from wenxiao.model.errors import OutputError
from wenxiao.project.made_files import RECORD, recording, remove_files, remove_made


def made(folder: Path, *names: str) -> None:
    """Files below a folder."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")


def test_what_was_recorded_goes_and_the_folder_with_it(tmp_path: Path) -> None:
    """A folder in which nothing else lies is gone afterwards."""
    folder = tmp_path / "own"
    with recording(folder, "maker"):
        made(folder, "a", "deep/er/b")
    assert remove_made(folder, "maker") == ()
    assert not folder.exists()


def test_a_persons_files_stay(tmp_path: Path) -> None:
    """What lay there before, and what came later, stays and is named; recording again does not make it the program's."""
    folder = tmp_path / "own"
    made(folder, "before", "deep/before")
    for _ in range(2):
        with recording(folder, "maker"):
            made(folder, "a", "deep/b")
    made(folder, "later")
    assert remove_made(folder, "maker") == ("before", "deep/before", "later")
    assert not (folder / "a").exists()


@pytest.mark.parametrize("record", [None, "{", "[]", '{"maker": "another", "files": ["a"]}'])
def test_without_its_own_record_nothing_goes(tmp_path: Path, record: str | None) -> None:
    """A folder without a record, or with a damaged one or another program's, stays whole."""
    made(tmp_path, "a", ".git/config")
    if record is not None:
        (tmp_path / RECORD).write_text(record, encoding="utf-8")
    assert remove_made(tmp_path, "maker") == (".git/config", "a")


def test_a_record_leads_nowhere_else(tmp_path: Path) -> None:
    """Names that lead out of the folder, absolute ones and such behind a link remove nothing; a link goes as a link."""
    folder, other = tmp_path / "own", tmp_path / "other"
    made(other, "a", "b")
    made(folder, "x")
    (folder / "link").symlink_to(other, target_is_directory=True)
    (folder / "file").symlink_to(other / "b")
    names = ["../other/a", str(other / "a"), "link/a", "link/../../other/a", "file"]
    (folder / RECORD).write_text(json.dumps({"maker": "maker", "files": names}), encoding="utf-8")
    assert remove_made(folder, "maker") == ("link", "x")
    assert sorted(path.name for path in other.iterdir()) == ["a", "b"]
    with pytest.raises(OutputError):
        remove_made(folder / "link", "maker")
    remove_files(folder, ["link"])
    assert not (folder / "link").is_symlink()
    assert (other / "a").exists()
