"""`wenxiao collect`: from an empty folder to a merged workbook, as a person types it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from wenxiao.cli import main
from wenxiao.collect import Collection
from wenxiao.project import Workspace

Fill = Callable[..., Path]


@pytest.fixture
def run(city: Collection, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """A function that runs a subcommand of `wenxiao collect` on the city."""
    root = city.project.parents[1]
    for folder in ("notebooks", "parameters"):
        (root / folder).mkdir()
    monkeypatch.setenv("WENXIAO_ROOT", str(root))

    def called(*words: str, project: str = "虚构市") -> Result:
        return CliRunner().invoke(main, ["--lang", "zh", "collect", words[0], project, *words[1:]])

    return called


def test_the_whole_way(city: Collection, fill: Fill, run: Callable[..., Result]) -> None:
    """send, receive, status, merge: each says what it did, and its exit status says whether something is left to do."""
    sent = run("send")
    assert (sent.exit_code, "未变 4 份" in sent.output) == (0, True)
    for county in ("东山区", "西河区", "甲县"):
        fill(county)
    received = run("receive")
    assert (received.exit_code, "新收 3 份" in received.output) == (0, True)
    late = run("status")
    assert (late.exit_code, "已收 3/4，缺平邑县" in late.output) == (1, True)
    assert city.chase_list.is_file()
    merged = run("merge")
    assert (merged.exit_code, "未含：平邑县" in merged.output) == (0, True)
    assert city.merged.is_file()


def test_a_supplement_says_what_it_changed(fill: Fill, run: Callable[..., Result]) -> None:
    """Receiving a 补报 shows the cells that differ; `status --versions` shows them again."""
    fill("甲县", spent=80)
    run("receive")
    fill("甲县", "甲县补报.xlsx", spent=81)
    said = "v1 80万元（甲县.xlsx［资金情况］G4） → v2-补报 81万元（甲县补报.xlsx［资金情况］G4）"
    assert said in run("receive").output
    assert said in run("status", "--versions").output


def test_what_a_person_must_decide_sets_the_exit_status(
    city: Collection, fill: Fill, run: Callable[..., Result]
) -> None:
    """A scan and a conflict end with 1, in words on what to do."""
    fill("甲县", "a.xlsx", spent=80)
    fill("甲县", "b.xlsx", spent=81)
    (city.returned / "扫描.pdf").write_bytes(b"%PDF-1.7")
    received = run("receive")
    assert received.exit_code == 1
    assert "扫描.pdf" in received.output
    merged = run("merge")
    assert merged.exit_code == 1
    assert "没有先后" in merged.output


def test_what_cannot_be_done_is_told_in_words(
    city: Collection, run: Callable[..., Result], tmp_path: Path
) -> None:
    """An unknown project, a folder that is not there and a faulty roster end with 2 and a sentence, never a traceback."""
    results = [run("send", project="没有"), run("receive", str(tmp_path / "没有"))]
    (city.folder / "名册.csv").write_text("县区,联系人\n甲县,x\n甲县,y\n", encoding="utf-8")
    results += [run("send"), run("status"), run("merge")]
    assert [result.exit_code for result in results] == [2] * 5
    assert all("处理：" in result.output for result in results)
    assert all(isinstance(result.exception, SystemExit) for result in results)


def test_a_project_is_named_as_its_folder_or_its_path(city: Collection) -> None:
    """Both 虚构市 and data/虚构市 are the project's collection."""
    workspace = Workspace(city.project.parents[1])
    assert Collection.of(workspace, "虚构市") == Collection.of(workspace, "data/虚构市") == city
