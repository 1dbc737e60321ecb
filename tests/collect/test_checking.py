"""What counties are asked about: their returned tables against each other and against the rules of the form."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook as Book
from wenxiao.collect import Collection, receive, status
from wenxiao.collect.status import chase_list

Fill = Callable[..., Path]


def _more_spent(note: str) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        sheet = book["资金情况"]
        sheet["G4"], sheet["H4"] = 95.5, note

    return change


def _total(book: Book) -> None:
    book["资金情况"]["E16"] = 190


def _metres(book: Book) -> None:
    book["小区清单"]["E4"] = 21000


@pytest.mark.parametrize(
    ("change", "said", "cell"),
    [
        (_more_spent(""), "“支出数”95.50万元大于“到位数”90.00万元，备注没有说明", "G4"),
        (_more_spent("垫付，已核"), "备注写明“垫付，已核”", "G4"),
        (_total, "“到位数”合计列为 190.00万元，各行相加为 90.00万元", "E16"),
        (_metres, "面积或户数的单位可能有误", "E4"),
    ],
)
def test_a_county_is_asked_with_its_own_cell(
    city: Collection, fill: Fill, change: Callable[[Book], None], said: str, cell: str
) -> None:
    """More spent than received, a total that does not add up, an area in the wrong unit: said with the returned file's cell."""
    fill("甲县", "邮件/甲县.xlsx", change)
    receive(city)
    queries = [query for query in status(city).queries if said in query.finding.message]
    assert len(queries) == 1, [query.finding.message for query in status(city).queries]
    first = queries[0].finding.cells[0]
    assert (queries[0].county, first.file, first.address) == ("甲县", "邮件/甲县.xlsx", cell)


def test_a_sound_form_asks_nothing(city: Collection, fill: Fill) -> None:
    """A form in which all agrees gives no question, and the chase list no sheet of them."""
    fill("甲县")
    receive(city)
    now = status(city)
    assert now.queries == ()
    assert openpyxl.load_workbook(io.BytesIO(chase_list("市", now))).sheetnames == ["催报表"]


def test_questions_are_in_the_chase_list(city: Collection, fill: Fill) -> None:
    """A sheet of the chase list has a line a question, with room for the county's answer."""
    fill("甲县", change=_total)
    receive(city)
    now = status(city)
    sheet = openpyxl.load_workbook(io.BytesIO(chase_list("市", now)))["核对"]
    assert [cell.value for cell in sheet[3]] == [
        "序号",
        "县区",
        "程度",
        "文件",
        "工作表",
        "单元格",
        "说明",
        "请办理",
        "县区答复",
    ]
    assert [cell.value for cell in sheet[4]][1:6] == ["甲县", "错误", "甲县.xlsx", "资金情况", "E16"]
    assert "核实 1 处" in next(line.todo for line in now.lines if line.county.name == "甲县")
