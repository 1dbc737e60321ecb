"""内部质控单.xlsx: findings with columns for what was done about them."""

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from wenxiao import display
from wenxiao.evaluation import Evaluation, audience_of
from wenxiao.model import ParameterError, Severity
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.quality import findings_of, quality_sheet


def _book(delivery: Delivery) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(quality_sheet(delivery)))


def test_each_finding_has_a_line_with_what_it_says(mudan: Evaluation) -> None:
    """Severity, message, printed and recomputed, cells and advice stand side by side; what people fill in is empty."""
    sheet = _book(Delivery(mudan))["核对差异"]
    heads = [cell.value for cell in sheet[4]]
    lines = [
        dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=5)
    ]
    assert len(lines) == len(findings_of(Delivery(mudan))) == len(mudan.findings)
    rate = next(line for line in lines if line["报告所列"] == "63.89%")
    assert (rate["轻重"], rate["核对结果"]) == ("错误", "72.22%")
    assert "绩效评价得分.xlsx［得分情况表］" in rate["位置"]
    assert not any(line[name] for line in lines for name in ("处理", "处理说明", "责任人", "日期"))


def test_severities_have_the_colours_of_the_page(mudan: Evaluation) -> None:
    """错误 is as red in the workbook as on the page, 警示 as brown, 提示 as grey."""
    css = (Path(display.__file__).parent / "style.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--(\w+): #(\w{6});", css))
    of_page = {
        level.label: colours[found[1]].upper()
        for level in Severity
        if (found := re.search(rf"\.wx-{level.name.lower()} {{ color: var\(--(\w+)\)", css))
    }
    assert set(of_page) == {"错误", "警示", "提示"}
    sheet = _book(Delivery(mudan))["核对差异"]
    shown = {row[1].value: row[1].font.color.rgb.removeprefix("FF") for row in sheet.iter_rows(min_row=5)}
    assert {"错误", "警示"} <= set(shown)
    assert shown.items() <= {**of_page, "已更正": of_page["提示"]}.items()


def test_what_is_filled_in_is_chosen_from_lists(mudan: Evaluation) -> None:
    """处理 offers what may be done, 责任人 the names of the list, 日期 takes dates."""
    book = _book(Delivery(mudan))
    rules = {
        rule.type + str(rule.sqref)[0]: rule for rule in book["核对差异"].data_validations.dataValidation
    }
    assert "更正原表" in str(rules["listJ"].formula1)
    assert rules["listL"].formula1 == "'名单'!$A$5:$A$28"
    assert "dateM" in rules


def test_the_summary_counts_all(mudan: Evaluation) -> None:
    """The last line of the counts is how many there are; files stand on a sheet of their own with their hashes."""
    sheet = _book(Delivery(mudan))["汇总"]
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=5)}
    assert rows["合计"][4] == len(mudan.open_findings)
    assert "已更正：1 项，不计入以上各数" in rows
    assert "已登记的更正：1 项" in rows
    files = {row[0].value: row[1].value for row in _book(Delivery(mudan))["资料"].iter_rows(min_row=5)}
    assert files[mudan.project.inputs[0].name] == mudan.project.inputs[0].sha256


def test_corrections_and_unread_files_have_their_own_sheets(mudan: Evaluation, hostile: Evaluation) -> None:
    """What was corrected is told with its reason; remarks on reading stand apart from differences of figures."""
    assert "更正" in _book(Delivery(mudan)).sheetnames
    book = _book(Delivery(hostile))
    if hostile.project.findings:
        assert "读取提示" in book.sheetnames
    assert not [c for s in book for row in s.iter_rows() for c in row if c.data_type == "f"]


def test_an_edition_for_release_is_refused(mudan: Evaluation) -> None:
    """There is no quality sheet to go out; the message says why and what to do."""
    readers = audience_of([mudan], "release")
    with pytest.raises(ParameterError, match="公开的稿次不能附内部质控单"):
        quality_sheet(Delivery(mudan, readers, "正式稿"))


def test_the_same_input_gives_the_same_bytes(linyi: Evaluation) -> None:
    """Nothing of the time is kept."""
    assert quality_sheet(Delivery(linyi)) == quality_sheet(Delivery(linyi))


def test_a_district_has_its_own_findings(city: Evaluation) -> None:
    """A hand-over on one district lists what concerns it."""
    own = city.project.districts[0]
    assert set(findings_of(Delivery(city, district=own))) <= set(city.findings)
