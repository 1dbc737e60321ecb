"""Forms in: known by their content, kept as versions, never overwritten, and what is doubtful left to a person."""

import datetime as dt
import os
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import yaml
from openpyxl.workbook import Workbook as Book
from wenxiao.collect import Collection, merge, read_collection, receive, status
from wenxiao.collect.register import MARK, READ, UNDECIDED, UNREAD, load_register
from wenxiao.model import ProjectError
from wenxiao.project import load_project

from tests.sheets.attacks import ATTACKS

Fill = Callable[..., Path]


def states(city: Collection) -> dict[str, tuple[str, str, str]]:
    """File → county, version, state, as the register has them."""
    return {entry.file: (entry.county, entry.version, entry.state) for entry in load_register(city).entries}


def decide(city: Collection, line: str) -> None:
    """Write a person's decision into the register."""
    text = city.register.read_text(encoding="utf-8").replace("decisions: []", f"decisions:\n  - {line}")
    city.register.write_text(text, encoding="utf-8")


def test_a_form_is_known_whatever_it_is_called(city: Collection, fill: Fill) -> None:
    """The mark in the file and the cell 县区 say whose it is; a name that says nothing does no harm."""
    fill("甲县", "邮件 2025/新建 工作表(1).xlsx")
    receive(city)
    assert states(city) == {"邮件 2025/新建 工作表(1).xlsx": ("甲县", "v1", READ)}
    assert (city.versions / "甲县" / "v1.xlsx").is_file()


def test_what_contradicts_itself_is_nobodys_until_a_person_decides(city: Collection, fill: Fill) -> None:
    """A template of one county with the name of another in its cell is not guessed; the decision makes it a version."""

    def renamed(book: Book) -> None:
        book["项目基本情况"]["B3"] = "西河区"

    fill("甲县", "表.xlsx", renamed)
    receipt = receive(city)
    assert states(city)["表.xlsx"] == ("", "", UNDECIDED)
    assert "各处写的县区不一致" in str(receipt.doubts[0])
    assert merge(city).values == ()
    decide(city, f"{{sha256: {receipt.new[0].sha256[:8]}, county: 西河区, reason: 电话核实, by: 张三}}")
    assert read_collection(city).returned == ("西河区",)
    assert states(city)["表.xlsx"] == ("西河区", "v1", READ)
    assert "电话核实" in city.register.read_text(encoding="utf-8").partition(MARK)[0]


def test_a_file_name_is_outvoted_by_mark_and_cell(city: Collection, fill: Fill) -> None:
    """A form saved under another county's name is its own county's, and the name is told as a doubt."""
    fill("甲县", "西河区汇总表.xlsx")
    receipt = receive(city)
    assert states(city)["西河区汇总表.xlsx"] == ("甲县", "v1", READ)
    assert "另有一处不同" in receipt.doubts[0].what


def test_a_county_that_is_not_on_the_roster_is_nobodys(city: Collection, fill: Fill) -> None:
    """The cell names a stranger: the file waits for a decision, even where its name is a county's."""

    def stranger(book: Book) -> None:
        book["项目基本情况"]["B3"] = "外县"

    fill("甲县", "平邑县.xlsx", stranger)
    receive(city)
    assert states(city)["平邑县.xlsx"][2] == UNDECIDED


def test_the_same_bytes_are_one_return(city: Collection, fill: Fill) -> None:
    """A file sent twice, or kept under two names, is one version that knows both names."""
    path = fill("甲县")
    (city.returned / "转发_甲县.xlsx").write_bytes(path.read_bytes())
    first, second = receive(city), receive(city)
    assert (len(first.new), len(second.new), second.known) == (1, 0, 2)
    entry = load_register(city).entries[0]
    assert {entry.file, *entry.also} == {"甲县.xlsx", "转发_甲县.xlsx"}


def test_a_later_return_is_a_supplement_and_counts(city: Collection, fill: Fill) -> None:
    """v1 stays as it came; what came later is v2-补报, and its figures count where it gives any."""
    fill("甲县", spent=80)
    receive(city, now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))

    def funds_only(book: Book) -> None:
        for name in ("产出情况", "小区清单", "满意度调查"):
            del book[name]

    fill("甲县", "再发.xlsx", funds_only, spent=81)
    receive(city, now=dt.datetime(2026, 1, 9, tzinfo=dt.UTC))
    found = read_collection(city)
    assert [value.text for value in found.values if value.key == "spent"] == ["81"]
    assert {value.version for value in found.values if value.kind == "outputs"} == {"v1"}
    assert (city.versions / "甲县" / "v2-补报.xlsx").is_file()


def test_the_name_of_a_supplement_gives_an_order(city: Collection, fill: Fill) -> None:
    """Two files that came together are in order where one is called 补报."""
    fill("甲县", "甲县补报.xlsx", spent=81)
    fill("甲县", "甲县.xlsx", spent=80)
    receive(city)
    assert {name: version for name, (_, version, _) in states(city).items()} == {
        "甲县.xlsx": "v1",
        "甲县补报.xlsx": "v2-补报",
    }


def test_two_files_without_an_order_are_a_conflict(city: Collection, fill: Fill) -> None:
    """Neither counts until a person says which; what they agree on counts at once, and nothing is overwritten."""
    fill("甲县", "a/甲县.xlsx", spent=80)
    fill("甲县", "b/甲县.xlsx", spent=81)
    receive(city)
    found = merge(city)
    assert [choice.label for choice in found.conflicts] == ["资金情况"]
    assert "没有先后" in found.conflicts[0].reason
    assert not [value for value in found.values if value.kind == "funds"]
    assert [value.text for value in found.values if value.key == "area"] == []
    assert {value.kind for value in found.values} == {"outputs", "neighbourhoods", "satisfaction"}
    assert status(city).lines[2].state == "待定"
    decide(city, "{county: 甲县, kind: 资金情况, use: v1b, reason: 县里说后一份对, by: 李四}")
    found = merge(city)
    assert found.conflicts == ()
    assert [value.text for value in found.values if value.key == "spent"] == ["81"]


def test_a_person_can_refuse_a_file_or_take_an_earlier_version(city: Collection, fill: Fill) -> None:
    """`ignore` takes a file out, `use` takes a version for all its tables; both give their reason on the list."""
    fill("甲县", spent=80)
    receive(city)
    fill("甲县", "甲县补报.xlsx", spent=81)
    receive(city)
    decide(city, "{county: 甲县, use: v1, reason: 补报误报}")
    found = read_collection(city)
    assert [value.text for value in found.values if value.key == "spent"] == ["80"]
    assert any("补报误报" in line.reason for line in found.unread)


def test_decisions_that_make_no_sense_are_told_together(city: Collection, fill: Fill) -> None:
    """Every faulty decision is named in one pass; an unknown county too."""
    fill("甲县")
    receive(city)
    decide(city, "{county: 甲县, use: v1}\n  - {sha256: ab, ignore: true, reason: x}\n  - 3")
    with pytest.raises(ProjectError) as caught:
        read_collection(city)
    assert len(caught.value.problems) == 3
    assert "reason" in str(caught.value)


def test_the_register_that_was_cut_in_two_is_not_rewritten(city: Collection, fill: Fill) -> None:
    """Without the line between the two parts nothing is received, and the file stays as it is."""
    fill("甲县")
    receive(city)
    broken = city.register.read_text(encoding="utf-8").replace(MARK, "")
    city.register.write_text(broken, encoding="utf-8")
    with pytest.raises(ProjectError, match="分隔行"):
        receive(city)
    assert city.register.read_text(encoding="utf-8") == broken


def test_a_kept_copy_that_was_altered_is_told(city: Collection, fill: Fill) -> None:
    """The merged set is made of what came in: a copy with another hash is an error, not a new figure."""
    fill("甲县")
    receive(city)
    (city.versions / "甲县" / "v1.xlsx").write_bytes(fill("甲县", spent=1).read_bytes())
    with pytest.raises(ProjectError, match="sha256"):
        merge(city)


def test_two_receives_at_once_do_not_corrupt(city: Collection, fill: Fill) -> None:
    """Each file is registered once, whoever comes first."""
    for county in ("东山区", "西河区", "甲县"):
        fill(county)
    together = [threading.Thread(target=receive, args=(city,)) for _ in range(3)]
    for thread in together:
        thread.start()
    for thread in together:
        thread.join()
    listed = yaml.safe_load(city.register.read_text(encoding="utf-8"))["files"]
    assert sorted((entry["county"], entry["version"]) for entry in listed) == [
        ("东山区", "v1"),
        ("甲县", "v1"),
        ("西河区", "v1"),
    ]


def test_a_receive_that_is_cut_short_leaves_the_register_as_it_was(
    city: Collection, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The register is written last and whole: without it nothing was received, and the next time makes good."""
    fill("甲县")
    with monkeypatch.context() as patch:
        patch.setattr(
            "wenxiao.collect.receiving.save_register", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            receive(city)
    assert not city.register.exists()
    receive(city)
    assert states(city) == {"甲县.xlsx": ("甲县", "v1", READ)}


def test_what_came_back_is_never_touched(city: Collection, fill: Fill) -> None:
    """The returned files have the bytes they came with, and no file is added to their folder."""
    path = fill("甲县")
    before = path.read_bytes()
    receive(city)
    merge(city)
    assert [(each.name, each.read_bytes()) for each in city.returned.iterdir()] == [("甲县.xlsx", before)]


def test_a_county_that_left_the_roster_is_not_merged(city: Collection, fill: Fill) -> None:
    """Its file is one line on the list, and the others are merged without it."""
    fill("甲县")
    fill("平邑县")
    receive(city)
    text = (city.folder / "名册.csv").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("甲县")]
    (city.folder / "名册.csv").write_text("\n".join(kept), encoding="utf-8")
    found = merge(city)
    assert {value.county for value in found.values} == {"平邑县"}
    assert [(line.file, line.reason) for line in found.unread] == [("甲县.xlsx", "县区不在名册中")]


def test_who_sent_a_scan_or_a_doubtful_file_is_not_simply_chased(city: Collection, fill: Fill) -> None:
    """What is to be done first names the file: ask for one that can be read, or decide whose it is."""

    def renamed(book: Book) -> None:
        book["项目基本情况"]["B3"] = "西河区"

    fill("甲县", "表.xlsx", renamed)
    (city.returned / "平邑县盖章.pdf").write_bytes(b"%PDF-1.7")
    receive(city)
    todo = {line.county.name: line.todo for line in status(city).lines}
    assert todo == {
        "东山区": "催报",
        "西河区": "先认定 表.xlsx 是不是它的",
        "甲县": "先认定 表.xlsx 是不是它的",
        "平邑县": "只有待录入的 平邑县盖章.pdf，请报可以读的表",
    }


def test_a_collection_of_which_nothing_came_can_be_merged(city: Collection) -> None:
    """Every county is 未报送, and the project can be read."""
    receive(city)
    merge(city)
    assert load_project(city.project).districts == ("东山区", "西河区", "甲县", "平邑县")


def test_files_that_complete_each_other_are_no_conflict(city: Collection, fill: Fill) -> None:
    """A workbook with the funds and a Word document with the survey, sent together, both count."""

    def without_survey(book: Book) -> None:
        del book["满意度调查"]

    fill("甲县", "甲县.xlsx", without_survey)
    document = docx.Document()
    document.add_paragraph("甲县满意度调查情况表")
    table = document.add_table(rows=2, cols=3)
    for at, text in enumerate(("调查对象", "样本数（人）", "满意人数（人）", "居民", "200", "188")):
        table.cell(at // 3, at % 3).text = text
    document.save(str(city.returned / "甲县满意度.docx"))
    receive(city)
    found = read_collection(city)
    assert found.conflicts == ()
    assert {(value.kind, value.file) for value in found.values if value.figure} == {
        ("funds", "甲县.xlsx"),
        ("outputs", "甲县.xlsx"),
        ("neighbourhoods", "甲县.xlsx"),
        ("satisfaction", "甲县满意度.docx"),
    }


def test_a_file_that_crashes_its_reader_is_one_file_unread(city: Collection, fill: Fill) -> None:
    """It is entered with the cause; the forms before and after it are received, and all can be merged."""
    fill("东山区", "a.xlsx")
    (city.returned / "m.xlsx").write_bytes(ATTACKS["unique-count.xlsx"]())
    fill("甲县", "z.xlsx")
    receive(city)
    assert {file: state for file, (_, _, state) in states(city).items()} == {
        "a.xlsx": READ,
        "m.xlsx": UNREAD,
        "z.xlsx": READ,
    }
    (unread,) = (entry for entry in load_register(city).entries if entry.state == UNREAD)
    assert "SIGABRT" in unread.reason
    merge(city)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name there")
def test_links_and_pipes_are_named_and_not_followed(city: Collection, tmp_path: Path) -> None:
    """A link to a file or folder elsewhere, one to nowhere, and a pipe are listed as not read, with the reason; nothing waits."""
    city.returned.mkdir(exist_ok=True)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text("资金来源,预算数\n中央,1\n", encoding="utf-8")
    (city.returned / "甲县.csv").symlink_to(outside / "secret.csv")
    (city.returned / "folder").symlink_to(outside, target_is_directory=True)
    (city.returned / "nowhere.csv").symlink_to(outside / "gone.csv")
    os.mkfifo(city.returned / "pipe.csv")
    found = {entry.file: (entry.state, entry.reason) for entry in receive(city).new}
    assert sorted(found) == ["folder", "nowhere.csv", "pipe.csv", "甲县.csv"]
    assert {state for state, _ in found.values()} == {"未读"}
    assert "链接" in found["甲县.csv"][1]
    assert "普通文件" in found["pipe.csv"][1]


def test_an_archive_is_the_files_in_it(city: Collection, fill: Fill) -> None:
    """Forms in a zip are received as if unpacked, under the archive's name; nothing is written but the kept copies."""
    first, second = fill("甲县"), fill("西河区", "b.xlsx")
    with zipfile.ZipFile(city.returned / "报送.zip", "w") as archive:
        archive.write(first, "甲县/表.xlsx")
        archive.write(second, "../../../逃.xlsx")
        archive.writestr("说明.zip", b"PK\x05\x06" + bytes(18))
    first.unlink()
    second.unlink()
    before = {path for path in city.project.parent.rglob("*") if path.is_file()}
    receive(city)
    assert states(city) == {
        "报送.zip/甲县/表.xlsx": ("甲县", "v1", READ),
        "报送.zip/../../../逃.xlsx": ("", "", UNREAD),
        "报送.zip/说明.zip": ("", "", UNREAD),
    }
    new = {path for path in city.project.parent.rglob("*") if path.is_file()} - before
    assert {path.parent.name for path in new if path.suffix == ".xlsx"} == {"甲县"}
    assert receive(city).new == ()
