"""A comparison in the terminal, as a page, as data, and as an exit status."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from wenxiao.cli import main
from wenxiao.model.written_text import UNSEEN

Put = Callable[..., Path]
pytestmark = pytest.mark.usefixtures("chinese")

NAME = "<script>alert(1)</script>"
HIDDEN = "\x01\x1b[2J\u202e"


def moved(data: dict[str, Any]) -> None:
    """A score, a grade and a name that is no markup."""
    data["verdict"]["score"].update(value="91.02", text="91.02分")
    data["verdict"]["grade"] = "差"
    data["measures"][0]["formula"] = HIDDEN + NAME


@pytest.fixture
def sides(put: Put) -> tuple[str, str]:
    """Two folders of outputs, in which one run of two moved."""
    before, after = put("a"), put("b", change=moved)
    put("a", run="same")
    put("b", run="same")
    return str(before), str(after)


def call(*arguments: str) -> Result:
    """The command's answer."""
    return CliRunner().invoke(main, ["compare", *arguments])


def test_the_terminal_names_what_moved(sides: tuple[str, str]) -> None:
    """One line a run that moved, then its changes with both sides and the difference; the status is 1."""
    done = call(*sides)
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert "1 次相同，1 次有变化" in lines[1]
    assert any("90.02分 → 91.02分" in line for line in lines)
    assert any(line.rstrip().endswith("+1") and "得分" in line for line in lines)
    assert "\x1b" not in done.stdout


def test_the_same_is_status_0(sides: tuple[str, str]) -> None:
    """Nothing moved between a folder and itself."""
    done = call(sides[0], sides[0])
    assert (done.exit_code, "2 次相同" in done.stdout) == (0, True)


def test_what_cannot_be_compared_is_status_2(sides: tuple[str, str], tmp_path: Path) -> None:
    """A message with a remedy on the error stream, and no traceback."""
    done = call(sides[0], str(tmp_path / "nothing"))
    assert done.exit_code == 2
    assert "没有这个文件或文件夹" in done.stderr
    assert "Traceback" not in done.output


def test_json_has_exact_differences(sides: tuple[str, str]) -> None:
    """The data holds every change with its exact difference."""
    data = json.loads(call(*sides, "--json").stdout)
    [run] = [run for run in data["runs"] if run["moved"]]
    score = next(each for each in run["changes"] if each["what"] == "得分")
    assert (score["before"], score["after"], score["difference"]) == ("90.02分", "91.02分", "1")


def test_the_page_is_inert_and_always_the_same(sides: tuple[str, str], tmp_path: Path) -> None:
    """The page has the reports' policy, no markup out of a sheet, working links, and the same bytes each time."""
    for name in ("one.html", "two.html"):
        assert call(*sides, "--html", str(tmp_path / name)).exit_code == 1
    text = (tmp_path / "one.html").read_text(encoding="utf-8")
    assert not UNSEEN.search(text)
    assert text == (tmp_path / "two.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert "<script" not in text
    page = BeautifulSoup(text, "html.parser")
    assert NAME in page.get_text()
    ids = {tag["id"] for tag in page.find_all(id=True)}
    assert {a["href"][1:] for a in page.find_all("a", href=True) if a["href"].startswith("#")} <= ids


def test_a_single_run_is_told_part_by_part(sides: tuple[str, str], tmp_path: Path) -> None:
    """The page of one run has a section for each part of the results that moved."""
    runs = [f"{side}/project_report/linyi" for side in sides]
    call(*runs, "--html", str(tmp_path / "one.html"))
    page = BeautifulSoup((tmp_path / "one.html").read_text(encoding="utf-8"), "html.parser")
    assert [h2.get_text() for h2 in page.find_all("h2")] == ["评价结论", "指标"]
