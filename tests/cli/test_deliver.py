"""The command `wenxiao deliver`."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from wenxiao.cli import main


@pytest.fixture
def workspace(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace in use, with 牡丹区 alone."""
    shutil.copytree(checkout / "data/mudan-2023", tmp_path / "data/mudan-2023")
    for folder in ("notebooks", "parameters"):
        (tmp_path / folder).mkdir()
    monkeypatch.setenv("WENXIAO_ROOT", str(tmp_path))
    return tmp_path


def test_it_says_what_was_handed_over_and_where(workspace: Path) -> None:
    """The mark, each file, the folder; the second time that nothing changed."""
    result = CliRunner().invoke(main, ["deliver", "mudan-2023", "--edition", "征求意见稿"])
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "征求意见稿 · 内部使用: handed over"
    assert "  report.docx" in lines
    assert lines[-1] == f"Folder: {workspace / 'outputs/deliver/mudan-2023/征求意见稿'}"
    again = CliRunner().invoke(main, ["deliver", "mudan-2023", "--edition", "征求意见稿", "--lang", "zh"])
    assert again.stdout.startswith("征求意见稿 · 内部使用：没有变化，原样保留")


def test_files_are_called_in_the_language(workspace: Path) -> None:
    """Asked in Chinese, what people open has a Chinese name; what programs read keeps its own."""
    result = CliRunner().invoke(main, ["deliver", "mudan-2023", "--edition", "征求意见稿", "--lang", "zh"])
    assert (result.exit_code, result.stderr) == (0, "")
    there = {path.name for path in (workspace / "outputs/deliver/mudan-2023/征求意见稿").iterdir()}
    assert {"评价报告.docx", "图表.pptx", "图", "归档.zip", "报告用表.xlsx", "results.json"} <= there
    assert not {"report.docx", "charts.pptx", "charts", "archive.zip"} & there


def test_what_stands_against_it_ends_with_status_two(workspace: Path) -> None:
    """All reasons are told in Chinese, and nothing is written."""
    result = CliRunner().invoke(
        main, ["deliver", "mudan-2023", "--edition", "正式稿", "--audience", "release"]
    )
    assert (result.exit_code, result.stdout) == (2, "")
    assert "没有写明主评人" in result.stderr
    assert not (workspace / "outputs").exists()


def test_a_place_that_cannot_be_written_ends_with_status_three(workspace: Path) -> None:
    """A file where the folder should be."""
    (workspace / "taken").write_text("", encoding="utf-8")
    result = CliRunner().invoke(main, ["deliver", "mudan-2023", "--output", str(workspace / "taken")])
    assert result.exit_code == 3
    assert "cannot be written" in result.stderr
