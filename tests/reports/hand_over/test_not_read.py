"""未读清单 in 内部质控单.xlsx: what counties returned and nobody read."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from wenxiao.collect import Collection, merge, receive, send
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.model import ProjectError
from wenxiao.project import load_profile, load_project
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.files import files_of, results_of
from wenxiao.reports.hand_over.not_read import NOT_READ, NotRead, not_read_of
from wenxiao.reports.hand_over.quality import quality_sheet
from wenxiao.reports.hand_over.sources import project_files

QUALITY = "内部质控单.xlsx"


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """虚构示例: a project of two made-up counties: one left a hidden sheet and a note, nothing came of the other; a scan is nobody's."""
    city = Collection(tmp_path_factory.mktemp("collected") / "虚构市")
    city.folder.mkdir(parents=True)
    (city.folder / "名册.csv").write_text(
        "县区,填报单位\n虚构甲县,住建局\n虚构乙县,住建局\n", encoding="utf-8"
    )
    send(city)
    city.returned.mkdir()
    book = openpyxl.load_workbook(city.sent / "虚构甲县.xlsx")
    for column, amount in zip("BCDEFG", (100, 100, 90, 90, 85, 80), strict=True):
        book["资金情况"][f"{column}4"] = amount
    book.create_sheet("草稿")["A1"] = 12
    book["草稿"].sheet_state = "hidden"
    book["资金情况"]["A30"] = "注：另有12户未改造"
    book.save(city.returned / "虚构甲县.xlsx")
    (city.returned / "扫描件.pdf").write_bytes(b"%PDF-1.4")
    receive(city)
    merge(city)
    return city.project


def lines_in(content: bytes) -> list[dict[str, str]]:
    """The lines of the sheet 未读清单 of a workbook."""
    sheet = openpyxl.load_workbook(BytesIO(content))["未读清单"]
    heads = [cell.value for cell in sheet[4]]
    return [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=5)]


def test_what_nobody_read_is_in_the_quality_sheet_of_an_edition(collected: Path) -> None:
    """Each line of the merge's list stands there with its place, reason and remedy; what may hold figures comes first."""
    delivery = Delivery(evaluate(load_project(collected), load_profile()))
    made = files_of(delivery, results_of(delivery, {}), beside=project_files(collected))
    lines = lines_in(made[QUALITY])
    listed = not_read_of((collected / "collect" / "未读清单.xlsx").read_bytes())
    assert [line["没有读入的原因"] for line in lines] == [line.reason for line in listed]
    hidden = next(line for line in lines if line["类别"] == "工作表")
    assert (hidden["县区"], hidden["文件"], hidden["工作表"]) == ("虚构甲县", "虚构甲县.xlsx（v1）", "草稿")
    assert "取消隐藏后重报" in hidden["怎么办"]
    scan = next(line for line in lines if line["文件"] == "扫描件.pdf")
    assert (scan["县区"], scan["类别"]) == ("不明", "文件")
    assert scan["没有读入的原因"].startswith("待录入")
    assert (lines[-1]["类别"], lines[-1]["单元格"]) == ("文字", "A30")
    assert not any(line[name] for line in lines for name in ("处理", "处理说明", "责任人", "日期"))
    summary = openpyxl.load_workbook(BytesIO(made[QUALITY]))["汇总"]
    assert f"返回的文件中没有读入的：{len(lines)} 处，见“未读清单”" in [row[0].value for row in summary.rows]


def test_without_a_list_nothing_is_said_of_it(mudan: Evaluation) -> None:
    """A project that nothing was collected for has no such sheet; a list with nothing on it says so."""
    assert "未读清单" not in openpyxl.load_workbook(BytesIO(quality_sheet(Delivery(mudan)))).sheetnames
    assert lines_in(quality_sheet(Delivery(mudan), ()))[0]["编号"] == "没有。"


def test_a_district_has_its_own_and_what_may_be_its_own(collected: Path) -> None:
    """What another county returned is not listed; a file that is nobody's yet is."""
    content = project_files(collected)[NOT_READ]
    counties = {line.county for line in not_read_of(content, "虚构乙县")}
    assert counties == {""}
    assert {line.county for line in not_read_of(content, "虚构甲县")} == {"", "虚构甲县"}


def test_text_of_a_list_stays_text(mudan: Evaluation) -> None:
    """What begins like a formula in a returned file is words here too."""
    line = NotRead("甲县", "=1+1.xlsx", "v1", "@表", "A1", '=HYPERLINK("x")', "数", "在表外", "写进表里")
    book = openpyxl.load_workbook(BytesIO(quality_sheet(Delivery(mudan), (line,))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert '=HYPERLINK("x")' in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_a_list_that_was_altered_is_told(collected: Path) -> None:
    """A list whose heads are others is not passed over: the message says what to do."""
    content = (collected / "collect" / "未读清单.xlsx").read_bytes()
    book, held = openpyxl.load_workbook(BytesIO(content)), BytesIO()
    book["未读清单"]["B3"] = "名称"
    book.save(held)
    with pytest.raises(ProjectError, match="再运行一次 wenxiao collect merge"):
        not_read_of(held.getvalue())
    with pytest.raises(ProjectError, match="再运行一次 wenxiao collect merge"):
        not_read_of(b"PK")
