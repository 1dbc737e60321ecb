"""The law of collecting: every number that came back is in a merged value with its cell, or on the list with the reason."""

from collections.abc import Callable
from pathlib import Path

import docx
import xlwt
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook as Book
from wenxiao.collect import Collection, Merged, accounting, merge, receive

Fill = Callable[..., Path]


def merged(city: Collection) -> Merged:
    """What came back, received and merged, with nothing lost of it."""
    receive(city)
    found = merge(city)
    assert [account.lost for account in accounting(city, found)] == [()] * len(found.register.entries)
    return found


def listed(found: Merged) -> dict[tuple[str, str], str]:
    """Sheet and cell → why it was not read."""
    return {(line.sheet, line.cell): line.reason for line in found.unread}


def test_nothing_of_a_tidy_form_is_on_the_list(city: Collection, fill: Fill) -> None:
    """A form filled in as asked is merged whole: what the template itself says is no return."""
    fill("甲县")
    found = merged(city)
    assert found.unread == ()
    account = accounting(city, found)[0]
    assert (account.merged > 15, account.listed) == (True, 0)


def test_numbers_outside_of_tables_are_listed(city: Collection, fill: Fill) -> None:
    """A note with an amount, a stray number and a changed example are on the list with their cells."""

    def mess(book: Book) -> None:
        funds = book["资金情况"]
        funds["A40"] = "注：另有上年结转 35 万元未列入"
        funds["B3"] = 777
        book["填报说明"]["C30"] = 4321

    fill("甲县", change=mess)
    reasons = listed(merged(city))
    assert "说明" in reasons["资金情况", "A40"]
    assert "示例行" in reasons["资金情况", "B3"]
    assert "没有认出" in reasons["填报说明", "C30:C30"]


def test_a_hidden_sheet_and_what_is_no_cell_are_listed(city: Collection, fill: Fill) -> None:
    """A hidden sheet is one line; a comment is said to be there, since numbers may be in it."""

    def mess(book: Book) -> None:
        page = book.create_sheet("旧数据")
        page.append(["资金来源", "支出数"])
        page.append(["中央资金", 99])
        page.sheet_state = "hidden"
        book["资金情况"]["G4"].comment = Comment("其中 12 万元为暂估", "某人")

    fill("甲县", change=mess)
    found = merged(city)
    assert listed(found)["旧数据", ""] == "隐藏的工作表没有读"
    assert "批注 1 个" in {line.text for line in found.unread}


def test_a_formula_without_a_result_is_listed(city: Collection, fill: Fill) -> None:
    """A formula that a county typed and no program worked out gives no number, and that is said; nothing is computed."""

    def mess(book: Book) -> None:
        book["资金情况"]["G4"] = "=1+1"

    fill("甲县", change=mess)
    found = merged(city)
    assert "没有存下结果" in listed(found)["资金情况", "G4"]
    assert not [value for value in found.values if value.cell == "G4" and value.sheet == "资金情况"]


def test_an_added_column_and_an_unknown_sheet_are_merged_as_they_are(city: Collection, fill: Fill) -> None:
    """What the form did not ask for is in the tidy data under the county's own words."""

    def mess(book: Book) -> None:
        book["资金情况"].insert_cols(3)
        book["资金情况"]["C2"], book["资金情况"]["C4"] = "奖补资金（万元）", 12.5
        page = book.create_sheet("物业费收缴")
        page.append(["月份名称", "应收", "实收"])
        page.append(["一月", 10, 9])
        page.append(["二月", 11, 8])

    fill("甲县", change=mess)
    values = {(value.sheet, value.field): value for value in merged(city).values if value.figure}
    assert values["资金情况", "奖补资金"].text == "12.5"
    assert values["物业费收缴", "实收"].table == "其他表（物业费收缴）"


def test_a_table_that_the_form_does_not_ask_for_is_listed(city: Collection, fill: Fill) -> None:
    """A table of a known kind that is none of the form's is in the tidy data, and on the list as not merged."""

    def more(book: Book) -> None:
        page = book.create_sheet("居民出资")
        for line in (["小区名称", "居民出资（万元）"], ["一号院", 1.5], ["二号院", 2]):
            page.append(line)

    fill("甲县", change=more)
    found = merged(city)
    assert listed(found)["居民出资", "A2:B3"].startswith("不是样表里要的表")
    assert [value.text for value in found.values if value.key == "amount"] == ["1.5", "2"]


def test_what_a_later_version_replaces_is_listed(city: Collection, fill: Fill) -> None:
    """The numbers of v1 that v2 replaces are not lost: the list names the file that took their place."""
    fill("甲县")
    receive(city)
    fill("甲县", "甲县补报.xlsx", spent=81)
    found = merged(city)
    assert "v2-补报（甲县补报.xlsx）替代" in found.unread[0].reason
    assert [value.text for value in found.values if value.key == "spent"] == ["81"]


def test_a_scan_is_listed_and_never_guessed(city: Collection, fill: Fill) -> None:
    """A PDF, a picture and an old Word document are 待录入, a damaged workbook and an empty file say what to do."""
    fill("甲县")
    for name, data in {
        "盖章件.pdf": b"%PDF-1.4",
        "照片.jpg": b"\xff\xd8\xff\xe0",
        "报告.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
        "坏了.xlsx": b"PK\x03\x04....",
        "空.xlsx": b"",
    }.items():
        (city.returned / name).write_bytes(data)
    lines = {line.file: line for line in merged(city).unread}
    assert all(lines[name].reason.startswith("待录入") for name in ("盖章件.pdf", "照片.jpg", "报告.doc"))
    assert "另存为 .docx" in lines["报告.doc"].remedy
    assert lines["坏了.xlsx"].remedy
    assert "0 字节" in lines["空.xlsx"].reason


def test_a_word_document_is_merged_and_its_sentences_are_listed(city: Collection) -> None:
    """A returned .docx gives its tables like any sheet; an amount in its text is on the list."""
    document = docx.Document()
    document.add_paragraph("甲县资金情况表（单位：万元）")
    table = document.add_table(rows=2, cols=2)
    for at, text in enumerate(("资金来源", "支出数", "中央资金", "1,080.50")):
        table.cell(at // 2, at % 2).text = text
    document.add_paragraph("另有 12 万元尚未支付。")
    document.save(str(city.returned / "来件.docx"))
    found = merged(city)
    assert [
        (value.county, value.text, value.sheet, value.cell) for value in found.values if value.figure
    ] == [("甲县", "1080.50", "表1", "B5")]
    assert listed(found)["正文", "A1"] == "是 Word 文档里表格以外的文字"


def test_a_wps_sheet_is_read_where_it_is_a_known_container(city: Collection, tmp_path: Path) -> None:
    """An .et that is an xls inside is read; one that is nothing known says how to save it."""
    book = xlwt.Workbook()
    page = book.add_sheet("资金情况")
    for line, texts in enumerate(
        [["甲县资金情况表", ""], ["资金来源", "支出数（万元）"], ["中央资金", 12.5], ["省级资金", 3]]
    ):
        for column, text in enumerate(texts):
            page.write(line, column, text)
    book.save(str(tmp_path / "a.xls"))
    (city.returned / "甲县.et").write_bytes((tmp_path / "a.xls").read_bytes())
    (city.returned / "乙.et").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000))
    found = merged(city)
    assert [value.text for value in found.values if value.figure] == ["12.5", "3"]
    assert "另存为 .xlsx" in next(line.remedy for line in found.unread if line.file == "乙.et")


def test_an_encrypted_workbook_says_so(city: Collection) -> None:
    """A password is for the county to take off: the file is on the list with that remedy."""
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    (city.returned / "甲县.xlsx").write_bytes(data)
    line = merged(city).unread[0]
    assert (line.reason, line.remedy) == ("文件已加密", "取消密码后另存再试")
