"""`wenxiao season` as a newcomer runs it: a folder of mixed forms, one command, a page from which all is a click away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from wenxiao.cli import main


@pytest.fixture
def workspace(tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with the notebooks, and the synthetic forms outside of it."""
    place = tmp_path / "ws"
    shutil.copytree(checkout / "notebooks", place / "notebooks")
    (place / "data").mkdir()
    (place / "parameters").mkdir()
    shutil.copytree(checkout / "data" / "_自评示例（合成数据）", tmp_path / "2023自评")
    monkeypatch.chdir(place)
    monkeypatch.delenv("WENXIAO_ROOT", raising=False)
    return place


def season(*arguments: str) -> Result:
    """Runs the command."""
    return CliRunner().invoke(main, ["season", *arguments])


def test_a_folder_becomes_a_page_reports_lists_and_notices(workspace: Path) -> None:
    """Once from outside; a file that cannot be read is named the second time, and only the page is made again."""
    made = season("../2023自评", "--sample", "2")
    assert made.exit_code == 0, made.output
    assert "7 forms of 3 units" in made.output
    page = (workspace / "outputs" / "season" / "2023自评" / "report.html").read_text("utf-8")
    for path in sorted((workspace / "parameters" / "self_evaluation").glob("*.yaml")):
        assert (workspace / "outputs" / "self_evaluation" / path.stem / "report.html").is_file()
    assert page.count("../../self_evaluation/2023") == 7
    place = workspace / "outputs" / "deliver" / "2023自评"
    files = {path.relative_to(place).as_posix() for path in place.rglob("*.*") if path.name[0] != "."}
    assert files == {
        "绩效自评结果汇总表.xlsx",
        "绩效自评结果汇总表.docx",
        "抽查复核表.xlsx",
        *(f"绩效自评整改通知/{unit}.docx" for unit in ("市交通运输局", "市水利局", "市教育局")),
    }
    (workspace.parent / "2023自评" / "坏.xlsx").write_bytes(b"PK\x03\x04")
    again = season("../2023自评", "--sample", "2")
    assert again.exit_code == 1
    assert "坏.xlsx" in again.output
    assert "7 unchanged" in again.output
    index = (workspace / "outputs" / "index.html").read_text("utf-8")
    assert "单位自评汇总" in index
    assert "自评核对" not in index  # a click behind the season's line


def test_what_is_no_season_is_refused_in_a_sentence(workspace: Path) -> None:
    """A folder that is not there, one without forms, rules that are not there: nothing is made."""
    (workspace.parent / "空").mkdir()
    for arguments, said in (
        (("../没有",), "没有这个文件夹"),
        (("../空",), "没有自评表"),
        (("../2023自评", "--profile", "hubie"), "hubei"),
    ):
        refused = season(*arguments)
        assert refused.exit_code == 2, refused.output
        assert said in refused.output
    assert not [path for path in (workspace / "outputs").rglob("*") if path.is_file()]
