"""A content declared in this file alone stands on the page, in Word, on slides, in the results, and not in a release."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import docx
import pytest
from pptx import Presentation
from wenxiao import contents
from wenxiao.charts import Chart, Data
from wenxiao.charts.native import NativeChart, Series
from wenxiao.charts.page import Page as Canvas
from wenxiao.charts.page import Room
from wenxiao.contents import CONTENTS, Content, Outlet, Part, Subject, content
from wenxiao.display import Head, Page, Plain, ReportTable, Row
from wenxiao.evaluation import INTERNAL, Evaluation, audience_of, evaluate
from wenxiao.model import Constant, Measure, Unit
from wenxiao.project import load_profile, load_project
from wenxiao.reports import results
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.document.report import document
from wenxiao.reports.hand_over.filled import filled
from wenxiao.reports.hand_over.pictures import pictures
from wenxiao.reports.hand_over.slides import slides

from tests.reports import reviewed_city

SAID, TABLE, SEEN, CAPTION, LISTED = (
    "停车位按清单计数。",
    "停车位情况",
    "新增 42 个停车位",
    "停车位",
    "停车位明细",
)
SPACE = Unit("个", "pieces")
SPACES = Measure("parking/new", "新增停车位", Constant(Fraction(42)), SPACE, 0, subject="全项目")


def _drawn(room: Room) -> Canvas:
    return room.page(40)


def _table(title: str) -> ReportTable:
    return ReportTable(
        title, Head("类别", words=True), (Head("新增", "个"),), (Row("地面", (Plain(SPACES),)),)
    )


def _parts(subject: Subject) -> Iterator[object]:
    yield SAID
    yield _table(TABLE)
    data = Data(("类别", "新增"), (("地面", SPACES),))
    native = NativeChart("bars", "类别", ("地面",), (Series("新增", data.figures("新增"), "#1f4e79", "0"),))
    yield Chart("parking", SEEN, "单位：个", "条形图：新增停车位。", data, _drawn, CAPTION, native)
    yield Part(_table(f"{subject.project.title}{LISTED}"), Outlet.PAGE)


@pytest.fixture(scope="module")
def linyi(checkout: Path) -> Evaluation:
    """The evaluation of a project with outputs."""
    return evaluate(load_project(checkout / "data/linyi-2021"), load_profile("national"))


@pytest.fixture(params=[False, True], ids=["public", "internal"])
def parking(request: pytest.FixtureRequest) -> Iterator[Content]:
    """The content, standing with the outputs, for all readers or for the house."""
    made = content(
        "停车位", name="parking", internal=request.param, place="outputs", measures=lambda _: (SPACES,)
    )
    yield made(_parts)
    del CONTENTS["parking"]


@pytest.mark.parametrize("audience", ["internal", "release"])
def test_it_stands_on_the_page(
    parking: Content, linyi: Evaluation, audience: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the content it belongs to stands, with all its parts; a house's content in no edition for release."""
    page = Page(linyi, audience=audience)
    page.section("基本情况")
    page.part(contents.outputs)
    shown = capsys.readouterr().out
    stands = not parking.internal or audience == "internal"
    for text in (SAID, TABLE, SEEN, LISTED):
        assert (text in shown) is stands, text


def test_it_stands_in_the_files(parking: Content, linyi: Evaluation) -> None:
    """In Word with a numbered table and a picture, among the tables, on a slide with a native chart; no house's content."""
    delivery = Delivery(linyi)
    report = docx.Document(BytesIO(document(delivery, pictures(delivery))))
    written = "\n".join(paragraph.text for paragraph in report.paragraphs)
    deck = Presentation(BytesIO(slides(delivery)))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    stands = not parking.internal
    assert (SAID in written) is stands
    assert (SEEN in written) is stands
    assert LISTED not in written
    assert (f"{TABLE}表" in [table.title for table in filled(delivery).tables]) is stands
    assert (CAPTION in [picture.chart.caption for picture in pictures(delivery)]) is stands
    assert (SEEN in titles) is stands
    if stands:
        (chart,) = (s.chart for s in deck.slides[titles.index(SEEN)].shapes if s.has_chart)
        assert list(chart.plots[0].series[0].values) == [42]


@pytest.mark.parametrize("audience", ["internal", "release"])
def test_its_figures_stand_in_the_results(parking: Content, linyi: Evaluation, audience: str) -> None:
    """With those of the evaluation; a house's content leaves none in an edition for release."""
    made = results(linyi, notebook="project_report", parameters={"audience": audience}).results
    found = [measure for measure in made.measures if measure.key == SPACES.key]
    assert bool(found) is (not parking.internal or audience == "internal")


def test_it_stands_in_a_release_by_its_own_rule(parking: Content, linyi: Evaluation) -> None:
    """The same rule for page, files and results."""
    readers = audience_of([linyi], "release")
    assert parking.stands(readers) is not parking.internal
    assert bool([*parking.shown(Subject((linyi,)), Outlet.PAGE, readers)]) is not parking.internal


def test_contents_are_known_by_name() -> None:
    """An attribute of the room is the content of that name; another name says which there are."""
    assert all(getattr(contents, name) is each for name, each in CONTENTS.items())
    with pytest.raises(AttributeError, match="funds"):
        contents.nothing  # noqa: B018


def test_a_release_does_not_teach_how_to_move_a_rank(linyi: Evaluation) -> None:
    """What is lacked to the next place, what turns two round and weights on trial stand for the house alone."""
    readers = audience_of([linyi], "release")
    assert not any(CONTENTS[name].stands(readers) for name in ("swaps", "trial", "allocation"))
    subject = Subject((linyi,))
    for audience, stands in ((INTERNAL, True), (readers, False)):
        shown = [each.block for each in contents.differences.shown(subject, Outlet.PAGE, audience)]
        assert any("距" in block.text() for block in shown) is stands
    made = results(linyi, notebook="project_report", parameters={"audience": "release"}).results
    assert made.robustness is not None
    assert (made.robustness.swaps, made.trials) == (None, ())


def test_opinions_stay_in_the_house(tmp_path: Path) -> None:
    """The opinions on the draft are annexed to a report for the house, and to none for release."""
    reviewed_city.write(tmp_path / "city")
    city = evaluate(load_project(tmp_path / "city"), load_profile("national"))
    assert len(filled(Delivery(city)).opinions) == 1
    assert filled(Delivery(city, audience_of([city], "release"))).opinions == ()
