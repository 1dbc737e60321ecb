"""Template workbooks: what they offer, that an empty one is read as empty, and that a filled one is read as filled in."""

import subprocess
from pathlib import Path

import openpyxl
import pytest
from wenxiao.collect import load_form, write_template
from wenxiao.fields import standard_registry
from wenxiao.model import ProfileError, Role
from wenxiao.sheets import Reading, read_bytes, read_workbook

REGISTRY = standard_registry()
FORM = load_form("project", REGISTRY)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """The workbook of the form of a project."""
    path = tmp_path / "新项目.xlsx"
    path.write_bytes(write_template(FORM, REGISTRY))
    return path


def test_the_same_form_gives_the_same_bytes() -> None:
    """Two workbooks of one form are the same file, so that a repeated `wenxiao new` changes nothing."""
    assert write_template(FORM, REGISTRY) == write_template(FORM, REGISTRY)


def test_every_header_is_a_field_of_the_registry(template: Path) -> None:
    """What the form prints above a column, or beside a cell, is what the reader takes it for."""
    book = openpyxl.load_workbook(template)
    book["项目基本情况"]["B3"] = "某项目"
    book.save(template)
    for table in read_workbook(template, REGISTRY).tables:
        sheet = next(each for each in FORM.sheets if each.sheet == table.origin.sheet)
        assert table.kind == sheet.kind
        assert [column.key for column in table.columns] == list(sheet.fields)


def test_an_empty_template_gives_no_figure_and_no_finding(template: Path) -> None:
    """Example rows, empty rows and totals of nothing are no data; nothing is wrong with a form not filled in yet."""
    reading = read_workbook(template, REGISTRY)
    assert reading.findings == ()
    for table in reading.tables:
        for record in (*table.records(), *table.records(Role.TOTAL)):
            assert all(column.number(record) is None for column in table.columns)
    assert any(True for table in reading.tables for _ in table.records(Role.TEMPLATE))


def test_cells_to_fill_are_open_and_headers_are_locked(template: Path) -> None:
    """Each sheet is protected without a password; the header is locked, the cells below it are not."""
    book = openpyxl.load_workbook(template)
    for sheet in FORM.sheets:
        page = book[sheet.sheet]
        assert page.protection.sheet
        assert page.protection.password is None
        assert page["A2"].protection.locked
        below = page["B3"] if sheet.kind == "head" else page["A4"]
        assert not below.protection.locked


def test_choices_and_notes_are_offered(template: Path) -> None:
    """A field with choices has a drop-down list, a field with a note says it when its cell is entered."""
    book = openpyxl.load_workbook(template)
    lists = {
        (page.title, rule.formula1)
        for page in book
        for rule in page.data_validations.dataValidation
        if rule.type == "list"
    }
    assert ("分县区情况", '"现场,非现场"') in lists
    notes = [rule.prompt for rule in book["资金情况"].data_validations.dataValidation if rule.prompt]
    assert "预算文件安排的数，含年中调整" in notes


def recalculated(libreoffice: Path, path: Path) -> Reading:
    """What is read from a workbook after LibreOffice has calculated its formulas."""
    folder = path.parent / "recalculated"
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    subprocess.run(
        [libreoffice, profile, "--headless", "--convert-to", "ods", "--outdir", folder, path],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return read_workbook(folder / f"{path.stem}.ods", REGISTRY)


@pytest.mark.acceptance
def test_a_filled_template_checks_itself(template: Path, libreoffice: Path) -> None:
    """Totals are sums of what was filled in; a line below says which rows disagree, and that weights are not 100."""
    book = openpyxl.load_workbook(template)
    funds, card = book["资金情况"], book["评分表"]
    for row, (budget, received, spent) in enumerate([(100, 90, 95), (50, 50, 20)], start=4):
        funds.cell(row, 3, budget)
        funds.cell(row, 5, received)
        funds.cell(row, 7, spent)
    funds["H5"] = "说明文字不参与比较"
    card["D4"], card["G4"] = 10, 8
    book.save(template)
    tables = {table.kind: table for table in recalculated(libreoffice, template).tables}
    total = next(tables["funds"].records(Role.TOTAL))
    assert [tables["funds"].given(total, key).text for key in ("budget", "received", "spent")] == [
        "150万元",
        "140万元",
        "115万元",
    ]
    assert tables["funds"].notes == ("注：填表核对：1行的“支出数”大于“到位数”；",)
    assert tables["scorecard"].notes == ("注：填表核对：“分值”合计不是 100；",)
    assert tables["satisfaction"].notes == ("注：填表核对通过。",)


def test_hostile_names_stay_text() -> None:
    """A district that is called as a formula or a link is a text in the template."""
    names = ("=1+1", "+甲", "@乙", "https例")
    data = write_template(FORM, REGISTRY, rows={"districts": tuple((name,) for name in names)})
    reading = read_bytes(data, REGISTRY, name="表.xlsx")
    table = next(table for table in reading.tables if table.kind == "districts")
    assert [table.text(record, "district") for record in table.records()] == list(names)


def test_an_unscored_indicator_worded_as_a_header_begins_no_table(template: Path) -> None:
    """产出, 产出数量, 实际完成率 without a score are an indicator of the scorecard, not the header of another table."""
    reading = read_workbook(template, REGISTRY)
    cards = [table for table in reading.tables if table.origin.sheet == "评分表"]
    assert len(cards) == 1
    assert len(list(cards[0].records())) == 17


def test_a_form_with_unknown_fields_names_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form that names a field which the registry lacks is refused with the field's name."""
    monkeypatch.setattr(
        "wenxiao.collect.form.load_yaml",
        lambda *_: {"title": "t", "guide": [], "sheets": [{"kind": "funds", "sheet": "s", "title": "t", "fields": ["source"], "notes": {"sorce": "x"}}]},
    )  # fmt: skip
    with pytest.raises(ProfileError, match="sorce"):
        load_form("project", REGISTRY)
