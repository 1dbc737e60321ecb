"""The roster and the templates that go out."""

from pathlib import Path

import openpyxl
import pytest
from wenxiao.collect import Collection, County, read_roster, send
from wenxiao.collect.identity import marks_of
from wenxiao.collect.sending import file_names
from wenxiao.fields import standard_registry
from wenxiao.model import ProfileError, ProjectError
from wenxiao.sheets import read_workbook

REGISTRY = standard_registry()


def roster(city: Collection, text: str) -> None:
    """Put another roster in the place of the city's."""
    (city.folder / "名册.csv").write_text(text, encoding="utf-8")


def test_a_roster_is_read_as_any_sheet(tmp_path: Path) -> None:
    """Titles above, a total below, telephones as numbers and columns in any order do no harm."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in [
        ["某市收表名册"],
        ["序号", "联系电话", "县区", "评价方式", "联系人", "填报单位"],
        [1, 13900000001, "兰山区", "现场", "张某", "兰山区住建局"],
    ]:
        page.append(row)
    book.save(tmp_path / "roster.xlsx")
    assert read_roster(tmp_path / "roster.xlsx", REGISTRY) == (
        County("兰山区", "兰山区住建局", "张某", "13900000001", "现场"),
    )


def test_all_that_is_wrong_in_a_roster_is_told_at_once(city: Collection) -> None:
    """A county listed twice, a line without one and a mode that is none are three problems with their cells."""
    roster(
        city,
        "县区,填报单位,联系人,联系电话,评价方式\n甲县,a,b,1,现场\n甲县,a,b,1,现场\n,x,y,2,现场\n乙县,a,b,1,线上\n",
    )
    with pytest.raises(ProjectError) as caught:
        send(city)
    assert [problem.cell for problem in caught.value.problems] == ["A3", "A4", "E5"]


def test_a_roster_without_counties_says_what_is_wanted(city: Collection) -> None:
    """Without the column 县区, or without a file, the columns of a roster are named."""
    roster(city, "名单,电话\n张三,1\n李四,2\n")
    with pytest.raises(ProjectError, match="评价方式"):
        send(city)
    roster(city, "甲县\n乙县\n")
    with pytest.raises(ProjectError, match="名册是一张表"):
        send(city)
    (city.folder / "名册.csv").unlink()
    with pytest.raises(ProjectError, match="没有名册"):
        send(city)


def test_a_template_bears_its_countys_name_and_mark(city: Collection) -> None:
    """The cell 县区 is filled in and locked, the mode too; the file's own properties say the same."""
    path = city.sent / "甲县.xlsx"
    page = openpyxl.load_workbook(path)["项目基本情况"]
    assert [page["A3"].value, page["B3"].value, page["A4"].value, page["B4"].value] == [
        "县区",
        "甲县",
        "评价方式",
        "非现场",
    ]
    assert page["B3"].protection.locked
    assert not page["B5"].protection.locked
    marks = marks_of(path.read_bytes())
    assert (marks["wenxiao-project"], marks["wenxiao-county"]) == ("虚构市", "甲县")


def test_sending_again_changes_only_what_changed(city: Collection) -> None:
    """The same roster gives the same files; another contact makes that county's anew."""
    assert len(send(city).same) == 4
    text = (city.folder / "名册.csv").read_text(encoding="utf-8")
    roster(city, text.replace("甲县住建局", "甲县建设局"))
    assert [path.name for path in send(city).renewed] == ["甲县.xlsx"]


def test_the_empty_template_is_read_without_a_finding(city: Collection) -> None:
    """What goes out is itself a form that is read as empty."""
    assert read_workbook(city.sent / "甲县.xlsx", REGISTRY).findings == ()


def test_a_form_of_ones_own_is_sent(city: Collection) -> None:
    """collect/form.yaml takes the place of the county form; what is wrong in it is told."""
    city.form_file.write_text(
        "title: 某表\nguide: [填好发回]\nsheets:\n  - {kind: funds, sheet: 资金, title: 资金表, fields: [source, spent], blank: 3}\n",
        encoding="utf-8",
    )
    send(city)
    assert openpyxl.load_workbook(city.sent / "甲县.xlsx").sheetnames == ["填报说明", "资金"]
    city.form_file.write_text(
        "title: 某表\nguide: []\nsheets: [{kind: funds, sheet: a, title: b, fields: [nope]}]",
        encoding="utf-8",
    )
    with pytest.raises(ProfileError, match="nope"):
        send(city)


def test_a_hostile_name_stays_a_name(city: Collection) -> None:
    """A county called like a path or a formula gets a file inside of the folder, and text in its cell."""
    roster(city, "县区,联系人\n../x,甲\n=cmd(),乙\nCON,丙\na/b,丁\na_b,戊\n")
    send(city)
    names = sorted(path.name for path in city.sent.iterdir())
    assert {"=cmd().xlsx", "_CON.xlsx", "a_b.xlsx", "a_b_2.xlsx"} <= set(names)
    assert not (city.folder / "x.xlsx").exists()
    assert all(path.parent == city.sent for path in city.sent.rglob("*"))
    cell = openpyxl.load_workbook(city.sent / "=cmd().xlsx")["项目基本情况"]["B3"]
    assert (cell.value, cell.data_type) == ("=cmd()", "s")


def test_every_county_has_a_file_name_of_its_own() -> None:
    """Names that differ only in what a file system does not tell apart do not overwrite each other."""
    names = file_names([County("A县"), County("a县"), County("..."), County("a:县")])
    assert len({name.casefold() for name in names.values()}) == 4
