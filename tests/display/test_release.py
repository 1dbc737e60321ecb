"""What an edition for release keeps of a block: nothing internal, and of one district no word on its peers."""

import pytest
from wenxiao.display import Block, Group, sentence
from wenxiao.display.inline import Quiet
from wenxiao.display.release import for_audience
from wenxiao.display.summary import Strip, Tile
from wenxiao.display.tables import Head, ReportTable, Row
from wenxiao.evaluation import INTERNAL, Audience

RELEASE = Audience(release=True, peers=frozenset({"甲县"}), own=("乙县",))


@pytest.mark.parametrize(
    "block",
    [
        sentence("核对差异 3 项。", internal=True),
        sentence("甲县最高。"),
        Group((sentence("甲县最高。"),)),
        Strip((Tile("最高", "90", "甲县"),)),
        ReportTable("甲县与乙县", Head("指标"), (Head("差"),), (Row("决策", ("1",)),)),
        ReportTable("对照", Head("指标"), (Head("甲县"),), (Row("决策", ("1",)),)),
        ReportTable("相邻", Head("两个县区"), (Head("差"),), (Row("甲县、乙县", ("1",)),)),
    ],
)
def test_what_a_release_may_not_hold(block: Block) -> None:
    """An internal block, and one that cannot be told without a peer's name, is left out whole; in the house it stays."""
    assert for_audience(block, RELEASE) is None
    assert for_audience(block, INTERNAL) is block


def test_a_cell_that_names_a_peer_is_covered() -> None:
    """A row of the reader's own stays, with the cell covered and a word why."""
    table = ReportTable(
        "基本信息", Head("事项"), (Head("内容", words=True),), (Row("范围", ("甲县、乙县",)),)
    )
    cut = for_audience(table, RELEASE)
    assert isinstance(cut, ReportTable)
    assert cut.rows == (Row("范围", (Quiet("公开稿不列"),)),)


def test_the_text_beside_a_page_is_cut_as_well() -> None:
    """What a terminal or a notebook shows as text holds no more than the page."""
    group = Group(
        (sentence("乙县 90 分。"), sentence("差异 1 项。", internal=True), sentence("甲县 91 分。"))
    )
    cut = for_audience(group, RELEASE)
    assert cut is not None
    assert cut.text() == "乙县 90 分。"
