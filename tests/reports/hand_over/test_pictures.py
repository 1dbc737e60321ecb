"""Charts as pictures for paper."""

from io import BytesIO

from PIL import Image
from wenxiao.evaluation import Evaluation, audience_of
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.pictures import DPI, MILLIMETRES, pictures


def test_a_picture_is_150_mm_wide_at_300_dpi(linyi: Evaluation) -> None:
    """The pixels and the resolution the file states make up the width asked for, with a heading and without."""
    picture = pictures(Delivery(linyi))[2]
    for drawn, shorter in ((picture.png, False), (picture.bare, True)):
        image = Image.open(BytesIO(drawn))
        assert image.width == round(MILLIMETRES / 25.4 * DPI)
        assert round(image.info["dpi"][0]) == DPI
        assert (abs(image.height / image.width * MILLIMETRES - picture.height) < 0.1) is shorter


def test_the_pictures_are_numbered_in_the_order_of_the_report(linyi: Evaluation) -> None:
    """Names say what each is; captions, titles and alternative texts are there for whoever sets a page."""
    made = pictures(Delivery(linyi))
    assert [each.name for each in made] == [
        "01-资金来源与使用情况",
        "02-产出完成情况",
        "03-综合得分与等级",
        "04-一级指标得分率",
        "05-一级指标失分",
        "06-各县区综合得分",
    ]
    assert made[3].chart.caption == "一级指标得分率"
    assert made[3].chart.title == "决策得分率最低（86.77%）；产出失分最多（3.34 分）"
    assert all(each.chart.alt and each.chart.subtitle for each in made)


def test_the_same_input_gives_the_same_picture(mudan: Evaluation) -> None:
    """Drawn twice, the bytes are the same."""
    first, second = (pictures(Delivery(mudan))[2].png for _ in range(2))
    assert first == second


def test_a_release_on_one_district_draws_no_peer(linyi: Evaluation) -> None:
    """The chart of all districts stays out of the edition that must not name the others."""
    readers = audience_of([linyi], "release", "罗庄区")
    names = [each.chart.caption for each in pictures(Delivery(linyi, readers, "正式稿", "罗庄区"))]
    assert names == ["在各县区中的位置"]


def test_a_picture_is_packed_as_small_as_it_can_be_quickly(linyi: Evaluation) -> None:
    """Pillow's own way, which takes several times as long, gains nothing on what is kept."""
    kept, packed = pictures(Delivery(linyi))[0].png, BytesIO()
    Image.open(BytesIO(kept)).save(packed, "png", optimize=True)
    assert len(kept) < 1.02 * packed.tell()
