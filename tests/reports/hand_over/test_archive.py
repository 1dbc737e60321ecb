"""archive.zip: three groups, safe names, a list of hashes."""

import hashlib
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wenxiao.evaluation import Evaluation, audience_of
from wenxiao.model import ProjectError
from wenxiao.project.member_name import member_name
from wenxiao.reports.hand_over.archive import HASHES, LIST, archive
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.quality import quality_sheet
from wenxiao.reports.hand_over.slides import slides
from wenxiao.reports.hand_over.sources import project_files
from wenxiao.reports.hand_over.table_book import report_tables
from wenxiao.reports.hand_over.zipped import unzipped

from tests.conftest import optional_command

RESERVED = ("CON", "nul.txt", "Com1.xlsx", "lpt9", "AUX.zip")


def _files(checkout: Path) -> dict[str, bytes]:
    return {"report.docx": b"docx", "charts/01-甲.png": b"png", **project_files(checkout / "data/mudan-2023")}


def test_every_file_is_in_its_group_as_it_was(mudan: Evaluation, checkout: Path) -> None:
    """Returned workbooks, what was checked, and what the evaluators made: byte for byte, the working paper with them."""
    delivery = Delivery(mudan)
    packed = unzipped(archive(delivery, {**_files(checkout), "内部质控单.xlsx": quality_sheet(delivery)}))
    source = (checkout / "data/mudan-2023/资金情况.xlsx").read_bytes()
    assert packed["基础数据报表/资金情况.xlsx"] == source
    assert "数据核查确认报告/corrections.yaml" in packed
    assert packed["数据核查确认报告/内部质控单.xlsx"] == quality_sheet(delivery)
    assert packed["工作底稿/报告/charts/01-甲.png"] == b"png"
    assert packed["工作底稿/报告/working-paper.xlsx"].startswith(b"PK")
    assert "工作底稿/narrative.md" in packed


def test_the_list_names_every_file_with_its_hash(mudan: Evaluation, checkout: Path) -> None:
    """清单.xlsx and 清单.sha256 agree with what is in the archive."""
    packed = unzipped(archive(Delivery(mudan), _files(checkout)))
    lines = dict(line.split("  ", 1)[::-1] for line in packed[HASHES].decode().splitlines())
    assert set(lines) == set(packed) - {LIST, HASHES}
    assert all(hashlib.sha256(packed[name]).hexdigest() == found for name, found in lines.items())
    rows = openpyxl.load_workbook(BytesIO(packed[LIST]))["文件"].iter_rows(min_row=5, values_only=True)
    assert {row[2]: row[5] for row in rows} == lines


def test_the_same_files_give_the_same_bytes(mudan: Evaluation, checkout: Path) -> None:
    """Whatever the order in which they are given; no time, no user, names flagged as UTF-8."""
    files = _files(checkout)
    first = archive(Delivery(mudan), files)
    assert first == archive(Delivery(mudan), dict(reversed(files.items())))
    for entry in zipfile.ZipFile(BytesIO(first)).infolist():
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)
        assert entry.filename.isascii() or entry.flag_bits & 0x800


def test_unzip_opens_it_with_its_chinese_names(mudan: Evaluation, checkout: Path, tmp_path: Path) -> None:
    """What is unpacked by another program has the names of the list."""
    command = optional_command(("unzip",), "install the package unzip (Debian)")
    (tmp_path / "a.zip").write_bytes(archive(Delivery(mudan), _files(checkout)))
    subprocess.run([command, "-q", "a.zip"], cwd=tmp_path, check=True, env={"LC_ALL": "C.UTF-8"})
    assert (tmp_path / "基础数据报表/资金情况.xlsx").is_file()


def test_a_source_that_changed_is_not_archived(mudan: Evaluation, checkout: Path) -> None:
    """What is kept is what was evaluated; every file that is not is named."""
    files = _files(checkout) | {"data/资金情况.xlsx": b"other", "data/narrative.md": b"other"}
    with pytest.raises(ProjectError) as caught:
        archive(Delivery(mudan), files)
    assert len(caught.value.problems) == 2
    assert "资金情况.xlsx：资料在评价之后改动过" in str(caught.value)


def test_a_release_keeps_inside_what_must_stay(mudan: Evaluation, checkout: Path) -> None:
    """Nothing that was checked and no returned workbook goes out; the list names the data with their hashes."""
    delivery = Delivery(mudan, audience_of([mudan], "release"), "正式稿")
    packed = unzipped(archive(delivery, _files(checkout)))
    assert {name.partition("/")[0] for name in packed} == {LIST, HASHES, "工作底稿"}
    assert "工作底稿/narrative.md" not in packed
    rows = list(openpyxl.load_workbook(BytesIO(packed[LIST]))["文件"].iter_rows(min_row=5, values_only=True))
    listed = [row for row in rows if row[6] == "只列清单"]
    assert "资金情况.xlsx" in [row[3] for row in listed]
    assert not [row for row in rows if row[1] == "数据核查确认报告"]
    assert all("63.89" not in content.decode("utf-8", "ignore") for content in packed.values())


def test_collected_forms_are_kept_with_their_folders(city: Evaluation, tmp_path: Path) -> None:
    """Returned forms and their versions are data, the register and the comparison are of the checking."""
    for name in (
        "returned/甲县/报表.xlsx",
        "versions/甲县/v1/报表.xlsx",
        "returned/意见采纳.docx",
        "register.yaml",
        "版本比对.xlsx",
        "~$锁.xlsx",
    ):
        path = tmp_path / "collect" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/E01 合同.pdf").write_bytes(b"%PDF")
    (tmp_path / "collect/returned/甲县/外面.xlsx").symlink_to("/etc/hostname")
    packed = unzipped(archive(Delivery(city), project_files(tmp_path)))
    assert "基础数据报表/collect/returned/甲县/报表.xlsx" in packed
    assert (
        "基础数据报表/collect/returned/意见采纳.docx" in packed
    )  # a returned file is one whatever it is called
    assert packed["工作底稿/evidence/E01 合同.pdf"] == b"%PDF"
    assert "数据核查确认报告/collect/register.yaml" in packed
    assert "数据核查确认报告/collect/版本比对.xlsx" in packed
    assert not [name for name in packed if "~$" in name or "外面" in name]


@given(st.text(max_size=300))
def test_no_name_leads_out_or_is_refused(text: str) -> None:
    """Whatever a path holds, its safe form is relative, without parts a system refuses, and not too long."""
    made = member_name(f"基础数据报表/{text}")
    parts = made.split("/")
    assert parts[0] == "基础数据报表"
    assert all(part and part not in (".", "..") and len(part) <= 80 for part in parts)
    assert not set(made) & set('<>:"|?*\\\0\n')
    assert all(part == part.strip(" ").rstrip(".") for part in parts)


@pytest.mark.parametrize("name", RESERVED)
def test_reserved_names_of_windows_are_changed(name: str) -> None:
    """A file of such a name could not be unpacked there."""
    assert member_name(f"甲/{name}") == f"甲/_{name}"


def test_names_that_differ_by_case_alone_are_told_apart() -> None:
    """On Windows and macOS one would replace the other."""
    assert member_name("甲/A.xlsx", {"甲/a.xlsx"}) == "甲/A (2).xlsx"


def _all_bytes(name: str, content: bytes) -> list[tuple[str, bytes]]:
    """A file and, where it is a packed one, all in it."""
    if not content.startswith(b"PK"):
        return [(name, content)]
    return [
        each
        for inside, part in unzipped(content).items()
        for each in [(f"{name}/{inside}", inside.encode()), *_all_bytes(f"{name}/{inside}", part)]
    ]


def test_no_byte_of_a_release_on_one_district_names_a_peer(city: Evaluation, tmp_path: Path) -> None:
    """Tables, slides, their workbooks, the working paper and the list, unpacked to the last part, hold no other's name."""
    own, peer, *_ = city.project.districts
    readers = audience_of([city], "release", own)
    delivery = Delivery(city, readers, "正式稿", own)
    (tmp_path / "collect/returned").mkdir(parents=True)
    (tmp_path / f"collect/returned/{peer}.xlsx").write_bytes(b"x")
    files = {"报告用表.xlsx": report_tables(delivery), "charts.pptx": slides(delivery)}
    packed = archive(delivery, {**files, **project_files(tmp_path)})
    found = [
        (name, peer)
        for name, content in _all_bytes("archive.zip", packed)
        for peer in readers.peers
        if peer.encode() in content
    ]
    assert found == []
