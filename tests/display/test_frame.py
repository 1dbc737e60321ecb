"""A pandas frame or Markdown of one's own in a page: shown as the page's own tables and words are."""

import pandas as pd
import wenxiao as wx
from IPython.display import Markdown
from wenxiao.display import html_of
from wenxiao.display.frame import frame_table
from wenxiao.display.values import block_of


def test_a_frame_is_a_table_with_title_and_unit() -> None:
    """Index and columns are heads, figures have two decimals, whole numbers none, what is missing says so; text stays text."""
    frame = pd.DataFrame(
        {"得分": [91.256, None], "名次": [1, 2], "备注": ["<b>", ""]}, index=["甲县", "乙县"]
    )
    frame.attrs.update(title="自算指标", unit="分", note="按月报计算。")
    table = frame_table(frame)
    assert table is not None
    assert [(row.stub, row.cells) for row in table.rows] == [
        ("甲县", ("91.26", "1", "<b>")),
        ("乙县", ("未提供", "2", "")),
    ]
    html = html_of(frame)
    assert "自算指标" in html
    assert "&lt;b&gt;" in html
    assert frame_table(pd.DataFrame()) is None


def test_a_frame_of_figures_and_markdown_are_blocks() -> None:
    """What wx.frame gives goes into a page as it is; Markdown is inert."""
    evaluation = wx.evaluate("linyi-2021")
    block = block_of(wx.frame(evaluation.ranking)[["县区", "得分", "名次"]])
    assert block is not None
    assert "罗庄区" in block.text()
    assert "<script" not in html_of(Markdown("**加粗** <script>alert(1)</script>"))
    assert "<strong>加粗</strong>" in html_of(Markdown("**加粗**"))
