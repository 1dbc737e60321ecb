"""A season's folder: every file read by itself, what cannot be read named, what is known not read again."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from wenxiao.model import ProjectError
from wenxiao.season import folder as module
from wenxiao.season import season_of

from tests.season.conftest import form, put
from tests.sheets.filled_forms import filled, laid_out, write_workbook


def test_forms_of_every_container_are_read_with_their_units(season_folder: Callable[[], Path]) -> None:
    """xlsx, xls and docx, in a unit's folder or beside it: project, unit, amounts and score of each."""
    season = season_of(season_folder())
    assert {form.path: (form.title, form.unit) for form in season.forms} == {
        "市交通局/公路.xlsx": ("公路养护", "市交通局"),
        "市交通局/桥梁.xls": ("桥梁维修", "市交通局"),
        "水库.docx": ("水库维护", "市水利局"),
        "饮水.xlsx": ("饮水安全", "市水利局"),
    }
    own = form(1, "市交通局", "公路养护")
    read = next(each for each in season.forms if each.path == "市交通局/公路.xlsx")
    assert [given.quantity.value for given in read.amounts.values() if given.quantity] == own.whole
    assert read.amounts["budget"].cell is not None
    assert read.amounts["budget"].cell.file == "市交通局/公路.xlsx"
    assert read.claimed.quantity is not None
    assert read.claimed.quantity.value == own.total


def test_a_file_that_cannot_be_read_stops_no_other(season_folder: Callable[[], Path]) -> None:
    """A broken workbook, a scan and a sheet that is no form are named with what to do; the forms are there."""
    folder = season_folder()
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 nothing")
    (folder / "扫描.pdf").write_bytes(b"%PDF-1.4")
    (folder / "通讯录.csv").write_text("姓名,电话\n甲,1\n", encoding="utf-8")
    season = season_of(folder)
    assert len(season.forms) == 4
    assert {each.subject for each in season.unread} == {"坏.xlsx", "扫描.pdf", "通讯录.csv"}
    assert all(each.remedy for each in season.unread)


def test_what_is_known_is_not_read_again(
    season_folder: Callable[[], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second time nothing is read but the form that changed, and the season says the same."""
    folder = season_folder()
    first = season_of(folder)
    read: list[str] = []
    original = module._read
    monkeypatch.setattr(module, "_read", lambda path, *more: read.append(path.name) or original(path, *more))
    assert season_of(folder).forms == first.forms
    assert read == []
    put(form(9, "市水利局", "饮水安全"), folder / "饮水.xlsx")
    assert season_of(folder).forms != first.forms
    assert read == ["饮水.xlsx"]


def test_a_form_of_a_place_has_the_rules_of_its_place(tmp_path: Path) -> None:
    """Where no rules are named, the form of Hubei is evaluated by those of Hubei, the official one by those of 单位自评."""
    rng = random.Random(1)
    for layout in ("L1", "L2"):
        sheet = laid_out(filled(layout, rng, f"项目{layout}"), "merged", rng)
        write_workbook(tmp_path / f"{layout}.xlsx", {"自评表": sheet})
    rules = {form.title: form.rules for form in season_of(tmp_path).forms}
    assert "湖北" in rules["项目L2"]
    assert "湖北" not in rules["项目L1"]
    assert all("湖北" in form.rules for form in season_of(tmp_path, "hubei").forms)


def test_several_forms_of_one_workbook_are_several(tmp_path: Path) -> None:
    """A sheet each: each has a path of its own below the file."""
    rng = random.Random(1)
    sheets = {name: laid_out(filled("L1", rng, name), "merged", rng) for name in ("甲项目", "乙项目")}
    write_workbook(tmp_path / "两个.xlsx", sheets)
    season = season_of(tmp_path)
    assert [form.path for form in season.forms] == ["两个.xlsx/甲项目", "两个.xlsx/乙项目"]
    assert len(set(season.runs.values())) == 2


def test_a_folder_without_forms_is_refused(tmp_path: Path) -> None:
    """What is there instead is said."""
    (tmp_path / "扫描.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(ProjectError, match=r"没有自评表(?s:.*)扫描"):
        season_of(tmp_path)
    with pytest.raises(ProjectError, match="没有这个文件夹"):
        season_of(tmp_path / "没有")


def test_a_form_on_a_hidden_sheet_is_told(tmp_path: Path) -> None:
    """Nobody sees it, so it does not count; that it is there is said, beside a visible form and in a file of its own."""
    for name, hidden in (("一", "乙项目"), ("二", "甲项目")):
        rng = random.Random(1)
        sheets = {each: laid_out(filled("L1", rng, each), "merged", rng) for each in ("甲项目", "乙项目")}
        path = write_workbook(tmp_path / f"{name}.xlsx", sheets)
        book = openpyxl.load_workbook(path)
        book[hidden].sheet_state = "hidden"
        book.active = 1 - list(sheets).index(hidden)
        book.save(path)
    season = season_of(tmp_path)
    assert sorted(each.title for each in season.forms) == ["乙项目", "甲项目"]
    told = [finding for each in season.forms for finding in each.findings if finding.code == "hidden-form"]
    told += [finding for finding in season.unread if finding.code == "hidden-form"]
    assert {finding.subject for finding in told} == {"甲项目", "乙项目"}
