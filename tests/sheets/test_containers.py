"""Any container: the first bytes decide, and what cannot be read says why."""

import io
import re
import struct
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from wenxiao.model import SheetError
from wenxiao.sheets import Container, open_grids, read_bytes

from tests.sheets import written
from tests.sheets.binary_workbook import xlsb
from tests.sheets.written import REGISTRY, only, read, values

FUNDS = [
    ["资金情况表", None, None],
    ["单位：万元", None, None],
    ["资金来源", "预算数", "支出数"],
    ["中央资金", 2062.67, 831.3],
    ["省级资金", 302.01, None],
    ["合计", 2364.68, 831.3],
]
BUDGET = [Decimal("2062.67"), Decimal("302.01"), Decimal("2364.68")]


@pytest.mark.parametrize(
    ("name", "container"),
    [
        ("资金.xlsx", Container.XLSX),
        ("资金.xlsm", Container.XLSX),
        ("资金.xlsb", Container.XLSB),
        ("资金.xls", Container.XLS),
        ("资金.ods", Container.ODS),
        ("资金.csv", Container.TEXT),
        ("资金.tsv", Container.TEXT),
    ],
)
def test_every_container_gives_the_same_table(tmp_path: Path, name: str, container: Container) -> None:
    """The same rows in any container are the same records with the same figures at the same addresses."""
    path = tmp_path / name
    match container:
        case Container.XLSX:
            written.xlsx(path, FUNDS)
        case Container.XLSB:
            xlsb(path, FUNDS)
        case Container.XLS:
            written.xls(path, FUNDS)
        case Container.ODS:
            written.ods(path, FUNDS)
        case _:
            written.text(path, FUNDS, delimiter="\t" if name.endswith("tsv") else ",")
    reading = read(path)
    (table,) = reading.tables
    assert reading.container is container
    assert table.kind == "funds"
    assert values(table, "budget") == BUDGET
    assert table.cell(0, table.columns[1]).address == "B4"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_is_decoded_strictly_and_the_choice_reported(tmp_path: Path, encoding: str) -> None:
    """UTF-8 with and without its mark, UTF-16 and GB18030 are told apart by strict decoding, and the choice is a decision."""
    reading = read(written.text(tmp_path / "资金.csv", FUNDS, encoding=encoding))
    assert values(reading.tables[0], "source") == ["中央资金", "省级资金", "合计"]
    chosen = {decision.about: decision.choice for decision in reading.decisions}
    assert chosen["文字编码"] == encoding.removesuffix("-sig")


def test_the_suffix_does_not_decide(tmp_path: Path) -> None:
    """A text file and a web page that are called .xls are read as what they are."""
    assert values(only(written.text(tmp_path / "文本.xls", FUNDS, encoding="gb18030")), "budget") == BUDGET
    page = tmp_path / "网页.xls"
    cells = "".join(
        "<tr>" + "".join(f"<td>{'' if cell is None else cell}&nbsp;</td>" for cell in row) + "</tr>"
        for row in FUNDS
    )
    page.write_bytes(f"<html><meta charset=gb2312><table>{cells}</table></html>".encode("gb18030"))
    reading = read(page)
    assert reading.container is Container.HTML
    assert values(reading.tables[0], "budget") == BUDGET


def test_spans_of_a_web_page_are_merges(tmp_path: Path) -> None:
    """A row span of a web table covers the rows below it, which are not filled."""
    page = tmp_path / "网页.xls"
    page.write_text(
        "<table><tr><th>资金来源</th><th>预算数（万元）</th></tr>"
        "<tr><td>中央</td><td rowspan=2>15</td></tr><tr><td>省级</td></tr></table>",
        "utf-8",
    )
    table = only(page)
    budget = table.column("budget")
    assert budget is not None
    assert values(table, "budget")[0] == Decimal(15)
    assert budget.spans == {0: 2}
    assert budget.number(1) is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04truncated", "不完整"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "加密"),
        (b"\x00\x01\x02\x03" * 40, "识别"),
        (b"\xff\xff\xff\xff", "编码"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
        (b"   \n  \n", "没有读到任何表格"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, content: bytes, words: str) -> None:
    """Empty, foreign, truncated, encrypted and unknown files give one error with the file, the cause and the remedy."""
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    with pytest.raises(SheetError, match=words) as caught:
        read(path)
    (problem,) = caught.value.problems
    assert problem.file == "坏.xlsx"
    assert problem.remedy


def test_missing_file_and_folder(tmp_path: Path) -> None:
    """A file that is not there, and a folder, are problems with a remedy."""
    with pytest.raises(SheetError, match="找不到文件"):
        read(tmp_path / "没有.xlsx")
    with pytest.raises(SheetError, match="文件夹"):
        read(tmp_path)


def test_zip_bombs_are_refused_before_they_unpack() -> None:
    """An archive that claims to unpack to more than any workbook is refused without unpacking it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    data = bytearray(buffer.getvalue())
    directory = data.find(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 0xFFFFFFF0)
    with pytest.raises(SheetError, match="大得反常"):
        read_bytes(bytes(data), REGISTRY, name="炸弹.xlsx")


def test_a_stray_cell_far_away_does_not_exhaust_memory(tmp_path: Path) -> None:
    """A cell at the far end of a sheet, which would fill gigabytes of blanks, is refused with its address."""
    path = tmp_path / "远.xlsx"
    written.xlsx(path, FUNDS)
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(
                    b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                )
            target.writestr(name, part)
    with pytest.raises(SheetError, match="XFD1048576"):
        read(path)


def test_a_missing_drawing_part_is_no_hindrance(tmp_path: Path) -> None:
    """A workbook with a relationship to a part that is not there, which openpyxl refuses, is read."""
    path = tmp_path / "图.xlsx"
    written.xlsx(path, FUNDS)
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" '
            'Target="../drawings/drawing1.xml"/></Relationships>',
        )
    assert values(only(path), "budget") == BUDGET


def test_hidden_sheets_are_passed_over_unless_named(tmp_path: Path) -> None:
    """A hidden sheet is left out, which is a decision, and read where the YAML says so."""
    path = written.xlsx(tmp_path / "隐藏.xlsx", {"资金": FUNDS, "底稿": FUNDS}, hidden=["底稿"])
    reading = read(path)
    assert [table.origin.sheet for table in reading.tables] == ["资金"]
    assert [(decision.sheet, decision.choice) for decision in reading.decisions if decision.sheet] == [
        ("底稿", "跳过")
    ]
    named = read(path, {"sheets": {"底稿": {"read": True}}})
    assert [table.origin.sheet for table in named.tables] == ["资金", "底稿"]
    assert [grid.hidden for grid in open_grids(path)] == [False, True]


def test_an_empty_sheet_is_a_hint_and_an_empty_workbook_an_error(tmp_path: Path) -> None:
    """An empty sheet beside a full one is a hint; a workbook without any table is an error."""
    reading = read(written.xlsx(tmp_path / "半空.xlsx", {"资金": FUNDS, "空": []}))
    assert [finding.code for finding in reading.findings] == ["sheet-empty"]
    with pytest.raises(SheetError, match="没有读到任何表格"):
        read(written.xlsx(tmp_path / "空.xlsx", {"空": []}))


def test_inflated_used_ranges_are_cut(tmp_path: Path) -> None:
    """A used range of a thousand empty columns and many blank rows does not become columns or records."""
    rows = [[*row, *[None] * 997] for row in FUNDS] + [[" "] * 1000 for _ in range(50)]
    path = written.text(tmp_path / "胀.csv", rows)
    (grid,) = open_grids(path)
    assert (grid.height, grid.width) == (6, 3)
    assert len(only(path)) == 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (rb'<c r="([A-Z]+\d+)" s="(\d+)"', rb'<c s="\2" r="\1"'),
        (rb'<c r="([A-Z]+\d+)" s="(\d+)"', rb"<c r='\1' s='\2'"),
        (rb'<row r="\d+"', rb"<row"),
    ],
)
def test_styles_are_found_however_the_cells_are_written(tmp_path: Path, old: bytes, new: bytes) -> None:
    """Attributes in another order, in other quotes, and rows without a number give the same printed precision."""
    path = written.xlsx(tmp_path / "a.xlsx", FUNDS, formats={"B4": "0.000", "B5": "0.0"})
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    part = "xl/worksheets/sheet1.xml"
    changed = re.sub(old, new, parts[part])
    assert changed != parts[part]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, content in parts.items():
            target.writestr(name, changed if name == part else content)
    (table,) = read_bytes(buffer.getvalue(), REGISTRY, name="a.xlsx").tables
    budget = table.column("budget")
    assert budget is not None
    if new != b"<row":
        assert budget.places.tolist()[:2] == [3, 1]
    assert budget.number(0) == Decimal("2062.67")
