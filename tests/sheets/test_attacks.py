"""A file made to bring the reader down costs itself alone, wherever files are read: each command names it and goes on."""

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from wenxiao.cli import main
from wenxiao.isolation import client
from wenxiao.model import Problem, ProjectError, SheetError
from wenxiao.project import load_project
from wenxiao.sheets import read_bytes, survey
from wenxiao.sheets.foreign_file import MEMORY_VARIABLE, TIME_VARIABLE, limits_of

from tests.sheets.attacks import ATTACKS, xlsx
from tests.sheets.written import REGISTRY

ABORTS = "unique-count.xlsx"


@pytest.fixture(autouse=True)
def limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lower limits than people have, so that a test meets them soon."""
    monkeypatch.setenv(TIME_VARIABLE, "1s")
    monkeypatch.setenv(MEMORY_VARIABLE, "100MB")


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_one_file_unread(name: str) -> None:
    """It ends with an error that names the file, or is read; the next file is read all the same."""
    data = ATTACKS[name]()
    assert len(data) < 3_000_000
    problems: tuple[Problem, ...] = ()
    try:
        read_bytes(data, REGISTRY, name=name)
    except SheetError as error:
        problems = error.problems
    assert [problem.file for problem in problems if problem.remedy] == [name] * len(problems)
    assert len(read_bytes(xlsx(), REGISTRY, name="甲县.xlsx").tables) == 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file that aborts its reader between two good ones."""
    place = tmp_path / "甲市"
    place.mkdir()
    (place / "a.xlsx").write_bytes(xlsx())
    (place / "m.xlsx").write_bytes(ATTACKS[ABORTS]())
    (place / "z.xlsx").write_bytes(xlsx())
    return place


def test_a_survey_goes_on(folder: Path) -> None:
    """The survey of a folder has a line for each file, and says why one was not read."""
    lines = list(survey(folder, REGISTRY))
    assert [(line.file, bool(line.refused)) for line in lines] == [
        ("a.xlsx", False),
        ("m.xlsx", True),
        ("z.xlsx", False),
    ]
    assert "SIGABRT" in lines[1].refused


def test_check_goes_on(folder: Path) -> None:
    """`wenxiao check` of files gives each its entry, with the problem of the one that was not read, and exit status 2."""
    result = CliRunner().invoke(main, ["check", "--json", *map(str, sorted(folder.iterdir()))])
    assert result.exit_code == 2
    bad = [entry for entry in json.loads(result.stdout) if "problems" in entry]
    assert [entry["file"] for entry in bad] == ["m.xlsx"]


def test_a_project_names_it(folder: Path) -> None:
    """A project with such a file says which it is."""
    with pytest.raises(ProjectError) as raised:
        load_project(folder)
    assert [problem.file for problem in raised.value.problems] == ["甲市/m.xlsx"]


def test_limits_grow_with_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute of processor time and 2 GB; a file of 200 MB may take 200 seconds and 8 GB; both can be set."""
    monkeypatch.delenv(TIME_VARIABLE)
    monkeypatch.delenv(MEMORY_VARIABLE)
    small, large = limits_of(1000), limits_of(200 << 20)
    assert (small.processor, small.memory) == (60, 2 << 30)
    assert (large.processor, large.memory) == (200, 8000 << 20)
    monkeypatch.setenv(TIME_VARIABLE, "5m")
    monkeypatch.setenv(MEMORY_VARIABLE, "4GB")
    assert (limits_of(1000).processor, limits_of(1000).memory) == (300, 4 << 30)


def test_a_wrong_limit_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit that is no amount is one clear error, and nothing is read."""
    monkeypatch.setenv(TIME_VARIABLE, "很久")
    result = CliRunner().invoke(main, ["check", str(folder)])
    assert result.exit_code == 2
    assert TIME_VARIABLE in result.output


def test_processor_time_is_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that takes too long is stopped, with the limit in the sentence."""
    monkeypatch.setenv(TIME_VARIABLE, "0.05s")
    start = time.process_time()
    with pytest.raises(SheetError, match="处理器时间超过上限"):
        read_bytes(ATTACKS["styles.xlsx"](), REGISTRY, name="a.xlsx")
    assert time.process_time() - start < 10


def test_one_process_reads_all() -> None:
    """Good files are read by one process, which is kept."""
    read_bytes(xlsx(), REGISTRY, name="甲县.xlsx")
    worker = client._worker
    read_bytes(xlsx(), REGISTRY, name="乙县.xlsx")
    assert worker is client._worker is not None
