"""charts.pptx: native charts that anyone can edit."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from wenxiao.charts import district_figure
from wenxiao.evaluation import Evaluation, audience_of, district_view
from wenxiao.model import Given, Missing
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.filled import drawn
from wenxiao.reports.hand_over.slides import slides
from wenxiao.reports.hand_over.zipped import unzipped


def _deck(delivery: Delivery):  # type: ignore[no-untyped-def]
    return Presentation(BytesIO(slides(delivery)))


def _texts(slide) -> str:  # type: ignore[no-untyped-def]
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def _charts(slide):  # type: ignore[no-untyped-def]
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def _book(chart) -> list[tuple[object, ...]]:  # type: ignore[no-untyped-def]
    book = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    return [tuple(cell.value for cell in row) for row in book.active.iter_rows()]


def test_each_chart_has_a_slide_that_says_what_to_see(linyi: Evaluation) -> None:
    """A slide a chart: its title, unit, source and edition; the notes name the source too."""
    delivery = Delivery(linyi, edition="征求意见稿")
    deck = _deck(delivery)
    by_title = {slide.shapes.title.text_frame.text: slide for slide in deck.slides}
    assert len(by_title) == len(list(deck.slides)) == len(drawn(delivery)[0]) + 3
    for chart in drawn(delivery)[0]:
        slide = by_title[chart.title]
        assert "资料来源：" in _texts(slide)
        assert "征求意见稿 · 内部使用" in _texts(slide)
        assert "资料来源：" in slide.notes_slide.notes_text_frame.text
        assert len(_charts(slide)) == 1
    assert "临沂市老旧小区改造补助资金" in _texts(deck.slides[0])


@pytest.mark.parametrize("district", ["", "own"])
def test_at_most_eight_are_spoken_to(city: Evaluation, district: str) -> None:
    """Key points and a chart a content behind the cover, then the others, in sections that programs list."""
    own = district and city.project.districts[2]
    deck = _deck(Delivery(city, district=own))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[1] == "要点"
    assert "结论：" in _texts(deck.slides[1])
    backup = titles.index("备用图表")
    assert 3 <= backup - 1 <= 8
    namespace = {"p14": "http://schemas.microsoft.com/office/powerpoint/2010/main"}
    sections = deck.element.xpath("//*[local-name()='section']")
    assert [each.get("name") for each in sections] == ["汇报", "备用图表"]
    assert [len(each.findall(".//p14:sldId", namespace)) for each in sections] == [
        backup,
        len(titles) - backup,
    ]


def test_a_chart_holds_exact_values_in_its_workbook(linyi: Evaluation) -> None:
    """What is drawn is what the workbook behind it holds, unrounded; what belongs to it stands beside."""
    slide = next(
        s
        for s in _deck(Delivery(linyi)).slides
        if s.shapes.title.text_frame.text.startswith("决策得分率最低")
    )
    (chart,) = _charts(slide)
    rows = _book(chart)
    assert rows[0] == ("一级指标", "得分率", "分值", "得分", "失分")
    assert rows[1] == ("决策", 19.09 / 22, 22, 19.09, 2.91)
    assert rows[5][:3] == ("合计", 0.9002, 100)
    (series,) = chart.plots[0].series
    assert list(series.values) == [row[1] for row in rows[1:]]


def test_losses_stand_on_invisible_columns(linyi: Evaluation) -> None:
    """A waterfall is a stack on a series that is not drawn; its steps end at what was lost in all."""
    slide = next(
        s for s in _deck(Delivery(linyi)).slides if s.shapes.title.text_frame.text.startswith("从 100")
    )
    (chart,) = _charts(slide)
    base, lost, whole = chart.plots[0].series
    assert base.format.fill.type is not None
    assert [round(value, 2) for value in base.values[:4]] == [0, 2.91, 4.69, 8.03]
    assert [value and round(value, 2) for value in lost.values] == [2.91, 1.78, 3.34, 1.95, None]
    assert round(whole.values[4], 2) == 9.98


def test_every_chart_of_a_city_has_a_native_form(city: Evaluation) -> None:
    """Also stacks, ranges of ranks and amounts by district; the grid of rates is a native table with grounds."""
    delivery = Delivery(city)
    for chart in drawn(delivery)[0]:
        assert chart.native is not None, chart.caption
    tables = [s for s in _deck(delivery).slides[-1].shapes if s.shape_type == MSO_SHAPE_TYPE.TABLE]
    cells = list(tables[0].table.iter_cells())
    assert len({str(cell.fill.fore_color.rgb) for cell in cells}) > 3


def test_the_parts_of_a_stack_are_what_was_lost(city: Evaluation) -> None:
    """Of many indicators the four that cost most and the sum of the others: together the whole loss of each district."""
    native = next(each for each in drawn(Delivery(city))[0] if each.key == "lost_by_district").native
    assert native is not None
    assert native.series[-1].name.startswith("其余 ")
    scores = dict(native.beside)["得分"]
    for row in range(12):
        lost = sum(series.values[row] or 0 for series in native.series)
        assert lost + (scores[row] or 0) == 100  # type: ignore[operator]


def test_a_district_has_its_own_charts(city: Evaluation) -> None:
    """Its score rates beside the mean and the parts of its gap, which add up to it, not the charts of the project."""
    own = city.project.districts[2]
    delivery = Delivery(city, district=own)
    made = {chart.key: chart.native for chart in drawn(delivery)[0]}
    assert "grade_bands" not in made
    ranking = made["district_ranking"]
    assert ranking is not None
    assert [series.name for series in ranking.series] == [own, "其他"]
    rates, gap = made["rates_to_mean"], made["gap_bars/mean"]
    assert rates is not None
    assert gap is not None
    assert [series.name for series in rates.series] == [own, "平均"]
    *parts, whole = gap.series[0].values
    assert sum(part for part in parts if part is not None) == whole
    view = district_view(city, own)
    assert view.gap_to_mean is not None
    assert whole == view.gap_to_mean.number


def test_the_theme_has_our_colours_and_a_chinese_face(mudan: Evaluation) -> None:
    """Titles and text have an East Asian face, accents are those of the charts, the page is 16:9."""
    files = unzipped(slides(Delivery(mudan)))
    theme = files["ppt/theme/theme1.xml"].decode()
    assert theme.count('<a:ea typeface="微软雅黑"/>') == 2
    assert '<a:accent1><a:srgbClr val="1F4E79"/></a:accent1>' in theme
    deck = _deck(Delivery(mudan))
    assert round(deck.slide_width / deck.slide_height, 2) == 1.78
    assert len(deck.slide_layouts) == 2


@pytest.mark.parametrize("name", ["mudan", "hostile"])
def test_the_same_input_gives_the_same_slides(name: str, request: pytest.FixtureRequest) -> None:
    """The file carries no time of its own, nor do the workbooks in it."""
    evaluation = request.getfixturevalue(name)
    assert slides(Delivery(evaluation)) == slides(Delivery(evaluation))


def test_names_that_look_like_formulas_stay_text(hostile: Evaluation) -> None:
    """Neither on a slide nor in a workbook behind a chart is anything a formula, a link or markup."""
    deck = _deck(Delivery(hostile))
    found = [chart for slide in deck.slides for chart in _charts(slide)]
    assert found
    for chart in found:
        book = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        assert not [cell for row in book.active.iter_rows() for cell in row if cell.data_type == "f"]
    parts = unzipped(slides(Delivery(hostile)))
    links = [name for name, part in parts.items() if name.endswith(".rels") and b'"External"' in part]
    assert links == []


def test_a_release_on_one_district_names_no_peer(city: Evaluation) -> None:
    """Slides, notes and workbooks of an edition for release on one district hold no other's name."""
    own = city.project.districts[0]
    readers = audience_of([city], "release", own)
    deck = _deck(Delivery(city, readers, "正式稿", own))
    for slide in deck.slides:
        assert not readers.names_a_peer(_texts(slide) + slide.notes_slide.notes_text_frame.text)
        for chart in _charts(slide):
            assert not readers.names_a_peer(str(_book(chart)))


def test_a_table_of_very_many_goes_on_over_three_slides(wide: Evaluation) -> None:
    """150 districts: charts without labels on each other, tables no longer than three slides."""
    deck = _deck(Delivery(wide))
    assert len(deck.slides) < 20
    ranking = next(s for s in deck.slides if "居首" in _texts(s))
    (chart,) = _charts(ranking)
    assert len(list(chart.plots[0].categories)) == 150


def test_a_district_without_a_figure_says_so(wide: Evaluation) -> None:
    """Where a bar is missing its category has the word for why: nothing given is not zero."""
    figure = next(each for each in wide.district_figures if each.key == "budget")
    name = next(iter(figure.values))
    missing = replace(figure.values[name], expression=Given("预算", Missing.NOT_PROVIDED))
    gap = replace(figure, values={**figure.values, name: missing})
    chart = district_figure(gap)
    assert chart is not None
    native = chart.native
    assert native is not None
    assert native.categories[0] == f"{name}（未提供）"
    assert native.series[0].values[0] is None


def test_a_deck_says_nothing_of_a_template(linyi: Evaluation) -> None:
    """Its producer is the program; neither it nor a workbook behind a chart names a library, an office program or a printer."""
    parts = unzipped(slides(Delivery(linyi)))
    assert "<Application>Wenxiao 问效</Application>" in parts["docProps/app.xml"].decode()
    assert b"python-pptx" not in b"".join(parts.values())
    assert not [name for name in parts if "printerSettings" in name]
    books = [unzipped(part) for name, part in parts.items() if name.endswith(".xlsx")]
    assert books
    assert all("Wenxiao 问效" in book["docProps/app.xml"].decode() for book in books)
