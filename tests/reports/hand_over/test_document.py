"""The report as a Word file."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import nbformat
import pytest
from bs4 import BeautifulSoup
from docx.document import Document
from docx.shared import Mm
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from wenxiao import charts
from wenxiao.display import Output
from wenxiao.evaluation import Evaluation, audience_of, evaluate
from wenxiao.project import load_profile, load_project
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.document.blank import blank
from wenxiao.reports.hand_over.document.paper import Paper
from wenxiao.reports.hand_over.filled import filled

from tests.reports.hand_over.reading import W, markup_of, of_style, words_of

FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?%?")


def test_same_delivery_same_bytes(
    linyi: Evaluation, reported: bytes, bytes_of: Callable[[Delivery], bytes]
) -> None:
    """Nothing of the time or the machine is in the file."""
    assert bytes_of(Delivery(linyi, run="linyi-2021")) == reported


def test_headings_follow_the_kind_of_report(opened: Document) -> None:
    """全周期跟踪问效 has its own outline; what has no data is not there."""
    assert of_style(opened, "Heading1") == [
        "项目基本情况",
        "评价基本情况",
        "评价结论和绩效分析",
        "项目主要经验及做法",
        "存在问题及原因分析",
        "意见建议",
    ]


def test_a_part_alone_in_its_section_has_no_number() -> None:
    """（一） without （二） is not written, neither at the heading nor in the contents."""
    paper = Paper(blank("虚构报告", "", ""))
    paper.heading(1, "甲")
    paper.heading(2, "独有的部分", alone=True)
    paper.heading(1, "乙")
    paper.heading(2, "其一")
    assert [entry.words for entry in paper.entries] == ["一、甲", "独有的部分", "二、乙", "（一）其一"]
    alone, first = (each for each in paper.document.paragraphs if each.style.style_id == "Heading2")
    assert alone._p.pPr.numPr.numId.val == 0
    assert first._p.pPr.numPr is None


def test_contents_can_be_read_without_being_brought_up_to_date(opened: Document) -> None:
    """The field of the contents holds every heading with its number, each a link to it; numbers close up."""
    assert of_style(opened, "TOC1")[:6] == [
        "一、项目基本情况",
        "二、评价基本情况",
        "三、评价结论和绩效分析",
        "四、项目主要经验及做法",
        "五、存在问题及原因分析",
        "六、意见建议",
    ]
    body = opened.element.body
    marks = {each.get(f"{W}name") for each in body.iter(f"{W}bookmarkStart")}
    assert {each.get(f"{W}anchor") for each in body.iter(f"{W}hyperlink")} == marks
    assert [each.text.strip() for each in body.iter(f"{W}instrText")] == [r"TOC \o 1-2 \h \z \u"]


@pytest.fixture
def page(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the page on 临沂 says, alternative texts and tables of charts with it: the notebook's own cells, run here."""
    shown: list[Output] = []
    monkeypatch.setattr("wenxiao.display.page.display", shown.append)
    monkeypatch.setenv("WENXIAO_ROOT", str(checkout))
    cells = nbformat.read(checkout / "notebooks/project_report.ipynb", 4).cells
    held: dict[str, object] = {}
    for cell in cells:
        if cell.cell_type == "code" and "reports." not in cell.source:
            exec(cell.source.replace("data/mudan-2023", "data/linyi-2021"), held)
    return BeautifulSoup("\n".join(str(output.html) for output in shown), "html.parser").get_text(" ")


def test_every_figure_is_one_of_the_page(opened: Document, page: str, linyi: Evaluation) -> None:
    """The report prints no figure that the page does not have, with its digits: nothing is computed or rounded again."""
    lost = charts.lost_points(linyi.scorecard)  # the page has its figures as bars of the score table
    assert lost is not None
    known = {each.replace(",", "") for each in FIGURE.findall(f"{page} {lost.title} {lost.subtitle}")}
    own = re.compile(
        r"[图表] \d+|附件\d+|[A-Z]+\d+|^\d+$|\d+年\d+月"
    )  # numbers of captions, cells, lines; the date
    said = FIGURE.findall("\n".join(own.sub("", text) for text in words_of(opened)))
    missing = {each for each in said if each.replace(",", "") not in known}
    # 报告用表 prints scores with two decimals throughout.
    assert {each for each in missing if each.removesuffix("0").rstrip("0").rstrip(".") not in known} == set()


def test_tables_are_those_of_the_workbook(linyi: Evaluation, opened: Document) -> None:
    """Captions, numbers and cells are the same as in 报告用表: the secretary finds 表 2 of the one as 表 2 of the other."""
    captions = of_style(opened, "TableCaption")
    tables = filled(Delivery(linyi)).tables
    assert [table.caption for table in tables] == captions[: len(tables)]
    cells = {cell.text.strip() for table in opened.tables for row in table.rows for cell in row.cells}
    for table in tables:
        for row in table.rows:
            assert {(each if isinstance(each, str) else each.text).strip() for each in row.cells} <= cells


def test_headers_repeat_and_rows_stay_whole(opened: Document) -> None:
    """Every table repeats its header on each page; no row is parted."""
    for table in opened.tables:
        first, *rows = table._tbl.tr_lst
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (first, *rows))


def test_pictures_have_words_for_those_who_do_not_see_them(opened: Document) -> None:
    """Each picture has a text alternative and a caption, numbered by a field."""
    described = [each.get("descr") for each in opened.element.body.iter("{*}docPr")]
    assert len(described) == 6
    assert all(described)
    captions = of_style(opened, "FigureCaption")
    assert [caption.split("\N{IDEOGRAPHIC SPACE}")[0] for caption in captions] == [
        f"图 {n}" for n in range(1, 7)
    ]


def test_nothing_is_formatted_but_by_named_styles(opened: Document) -> None:
    """No run or paragraph says how it looks: whoever changes a style changes every place that has it."""
    look = {"rFonts", "sz", "b", "i", "color", "u", "jc", "ind", "spacing", "shd"}
    body = opened.element.body
    inside = [*body.iter(f"{W}rPr"), *body.iter(f"{W}pPr")]
    assert {child.tag.removeprefix(W) for each in inside for child in each} & look == set()
    known = {style.style_id for style in opened.styles}
    assert {each.get(f"{W}val") for each in body.iter(f"{W}pStyle")} <= known


def test_east_asian_faces_are_named_with_what_to_take_instead(reported: bytes) -> None:
    """公文 faces by name, and others for machines that have none of them."""
    with zipfile.ZipFile(io.BytesIO(reported)) as package:
        styles, fonts = (package.read(f"word/{part}.xml").decode() for part in ("styles", "fontTable"))
    for face in ("方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"):
        assert f'w:eastAsia="{face}"' in styles
        assert f'<w:font w:name="{face}"><w:altName w:val="' in fonts


def test_page_is_that_of_official_papers(opened: Document) -> None:
    """A4, 版心 156 × 225 mm, pages counted from 1 behind cover and contents, as — 1 —."""
    cover, contents, body = opened.sections
    for section in (cover, contents, body):
        sides = (section.page_width, section.left_margin, section.right_margin)
        ends = (section.page_height, section.top_margin, section.bottom_margin)
        wide, high = (whole - first - last for whole, first, last in (sides, ends))
        assert (round(wide / Mm(1)), round(high / Mm(1))) == (156, 225)
    assert not cover.footer.paragraphs[0].text
    assert "".join(text.text for text in body.footer._element.iter(f"{W}t")) == "— 1 —"
    assert body._sectPr.find(f"{W}pgNumType").get(f"{W}start") == "1"


def test_people_and_dates_are_not_made_up(opened: Document) -> None:
    """What the head does not give is 未提供 on the cover and on the page to be signed."""
    texts = [paragraph.text for paragraph in opened.paragraphs]
    assert {"委托单位：未提供", "评价机构：未提供", "2022年7月", "主评人：未提供"} <= set(texts)


def test_sources_stand_in_the_internal_edition_alone(
    linyi: Evaluation, opened: Document, bytes_of: Callable[[Delivery], bytes]
) -> None:
    """The internal edition ends with formulas and cells; one for release holds no finding and no cell."""
    assert any(text.startswith("数据来源和计算过程") for text in words_of(opened))
    released = Delivery(linyi, audience_of([linyi], "release"), "正式稿")
    texts = "\n".join(words_of(docx.Document(io.BytesIO(bytes_of(released)))))
    assert "计算底稿（简表）" not in texts
    assert "内部使用" not in texts
    for finding in linyi.findings:
        assert finding.message not in texts


def test_a_release_on_one_district_names_no_other(
    linyi: Evaluation, bytes_of: Callable[[Delivery], bytes]
) -> None:
    """Text, tables, alternative texts and file properties of 平邑县's edition hold no other county's name."""
    audience = audience_of([linyi], "release", "平邑县")
    made = bytes_of(Delivery(linyi, audience, "征求意见稿", "平邑县"))
    whole = markup_of(made)
    assert "平邑县" in whole
    for peer in audience.peers:
        assert peer not in whole


HOSTILE = ("=cmd|'/c calc'!A1", "<script>alert(1)</script>", "a\u202eb", "长" * 10_000, "\x07响\x0b铃")


@pytest.fixture
def odd(checkout: Path, tmp_path: Path) -> Evaluation:
    """牡丹区 with texts that are not what they should be; they are synthetic."""
    folder = tmp_path / "hostile"
    shutil.copytree(checkout / "data/mudan-2023", folder)
    words = "\n".join(f"- {text}" for text in HOSTILE)
    (folder / "narrative.md").write_text(f"## 有关建议\n\n{words}\n", encoding="utf-8")
    book = load_workbook(folder / "资金情况.xlsx")
    sheet = book["项目基本情况"]
    assert isinstance(sheet, Worksheet)
    sheet["B3"] = "=1+1<b>项目</b>"
    sheet["B3"].data_type = "s"
    sheet["B7"] = "长" * 10_000
    book.save(folder / "资金情况.xlsx")
    return evaluate(load_project(folder), load_profile("national"))


def test_hostile_text_stays_text(odd: Evaluation, bytes_of: Callable[[Delivery], bytes]) -> None:
    """Formulas and markup are words; signs of control are gone, turned writing is shown; a cell of ten thousand characters may be parted."""
    opened = docx.Document(io.BytesIO(bytes_of(Delivery(odd))))
    texts = [paragraph.text for paragraph in opened.paragraphs]
    for shown in ("=cmd|'/c calc'!A1", "<script>alert(1)</script>", "a〔U+202E〕b", "长" * 10_000, "响铃"):
        assert shown in texts
    assert opened.core_properties.title.startswith("=1+1<b>项目</b>")
    long_row = next(row for row in opened.tables[0].rows if len(row.cells[1].text) == 10_000)
    assert long_row._tr.find(f"{W}trPr") is None


@pytest.mark.parametrize("kind", ["单位自评", "部门评价", "财政评价", "全周期跟踪问效"])
def test_every_kind_of_report_can_be_made_of_a_city(
    city: Evaluation, bytes_of: Callable[[Delivery], bytes], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The numbers of tables stay those of 报告用表 in every outline."""
    monkeypatch.setattr(Delivery, "kind", kind)
    opened = docx.Document(io.BytesIO(bytes_of(Delivery(city))))
    captions = of_style(opened, "TableCaption")
    tables = filled(Delivery(city)).tables
    assert captions[: len(tables)] == [table.caption for table in tables]


def test_hostile_projects_and_many_districts_make_a_whole_file(
    hostile: Evaluation, wide: Evaluation, bytes_of: Callable[[Delivery], bytes]
) -> None:
    """Whatever the sheets hold, the file opens; 150 districts make long tables whose header repeats."""
    for evaluation in (hostile, wide):
        opened = docx.Document(io.BytesIO(bytes_of(Delivery(evaluation))))
        assert of_style(opened, "Heading1")


def test_a_list_of_one_is_not_counted(checkout: Path, bytes_of: Callable[[Delivery], bytes]) -> None:
    """No 1. without a 2.: 磴口's self-evaluation has lists of one remark, and one of four."""
    evaluation = evaluate(load_project(checkout / "data/dengkou-2023"), load_profile("national"))
    opened = docx.Document(io.BytesIO(bytes_of(Delivery(evaluation))))
    assert len(of_style(opened, "ListItem")) == 4
    assert "自评报告没有指出问题。" in of_style(opened, "BodyText")


def test_a_table_of_many_columns_takes_small_type(
    checkout: Path, bytes_of: Callable[[Delivery], bytes]
) -> None:
    """Nine columns of figures do not fit at 五号, and no figure is broken; particulars keep their units."""
    evaluation = evaluate(load_project(checkout / "data/lingang-2023"), load_profile("national"))
    opened = docx.Document(io.BytesIO(bytes_of(Delivery(evaluation))))
    wide = next(table for table in opened.tables if len(table.columns) == 9)
    styles = {p.style.style_id for row in wide.rows for cell in row.cells for p in cell.paragraphs if p.style}
    assert all(style.endswith("Small") for style in styles)
    assert "15,000万元" in {cell.text for row in opened.tables[0].rows for cell in row.cells}
