"""What a notebook's cells become on the page."""

import re
from collections.abc import Callable

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from wenxiao.reports import to_html

Shows = Callable[..., NotebookNode]
PageOf = Callable[..., str]


def _html(text: str) -> dict[str, str]:
    return {"text/html": text}


def _main(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_page_is_one_inert_file(report: NotebookNode) -> None:
    """The page names its language and its policy, loads nothing, runs nothing and has no address in it."""
    page = to_html(report)
    assert page.startswith('<!DOCTYPE html>\n\n<html lang="zh-CN">')
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in page
    assert "http:" not in page
    assert "https:" not in page
    assert not re.search(r"<script|<iframe|<img[^>]+src=\"(?!data:)|@import|javascript:", page)


def test_shell_is_small(page_of: PageOf, shows: Shows) -> None:
    """The page around a report weighs at most about 30 KB."""
    assert len(page_of(shows(_html("<h1>报告</h1>"))).encode()) <= 30_000


def test_title_is_that_of_the_report(report: NotebookNode, page_of: PageOf, shows: Shows) -> None:
    """The title is the report's h1; there is one h1, and a second becomes a section."""
    page = to_html(report)
    assert "<title>示例市老旧小区改造补助资金全周期跟踪问效</title>" in page
    assert page.count("<h1") == 1
    twice = page_of(shows(_html("<h1>甲 &lt;乙&gt;</h1><h1>丙</h1>")))
    assert "<title>甲 &lt;乙&gt;</title>" in twice
    assert '<h2 id="section-1">丙</h2>' in twice


def test_page_without_a_title_takes_that_of_the_notebook(page_of: PageOf, shows: Shows) -> None:
    """Where no output has an h1, the first heading of a text cell is the title."""
    page = page_of(new_markdown_cell("# 问效报告\n\n说明。"), shows(_html("<p>正文</p>")))
    assert "<title>问效报告</title>" in page
    assert "<h1>问效报告</h1>" in page


def test_a_part_alone_in_its_section_has_no_number(page_of: PageOf, shows: Shows) -> None:
    """（一） stands where a （二） follows, in the text and in the contents alike."""
    page = page_of(
        shows(_html("<h1>报告</h1><h2>一、资金</h2><h3>（一）预算</h3>")),
        shows(_html("<h2>二、产出</h2><h3>（一）数量</h3><h3>（二）质量</h3>")),
    )
    assert re.findall(r"<h3[^>]*>([^<]+)</h3>", page) == ["预算", "（一）数量", "（二）质量"]
    assert "（一）预算" not in page


def test_contents_list_has_every_heading_once(report: NotebookNode) -> None:
    """The list beside the text and the folded one lead to every heading of the second and third level."""
    page = to_html(report)
    words = ["一、基本情况", "资金", "二、评价结论", "三、勾稽核对", "附 编制说明"]
    links = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', page[: page.index("<main")])
    assert [link[1] for link in links if link[1] != "跳到正文"] == words * 2
    assert all(f'id="{anchor}"' in page for anchor, _ in links)


def test_ids_stay_unique(page_of: PageOf, shows: Shows) -> None:
    """An output whose ids are taken gets others, and what refers to them inside it follows."""
    fragment = '<button popovertarget="p1">1</button><div id="p1" popover>{}</div><h2 id="s1">节</h2>'
    page = page_of(shows(_html(fragment.format("甲"))), shows(_html(fragment.format("乙"))))
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert 'popovertarget="p1-2"' in page
    assert 'href="#s1-2"' in page


def test_the_same_popover_stands_once(page_of: PageOf, shows: Shows) -> None:
    """A figure that several outputs show opens one popover in the page, from each of its places."""
    fragment = '<button popovertarget="{0}">1</button><div id="{0}" popover>甲</div>'
    page = page_of(shows(_html(fragment.format("p1"))), shows(_html(fragment.format("q1"))))
    assert page.count('popovertarget="p1"') == 2
    assert page.count('popover=""') == 1
    assert "q1" not in page


def test_what_text_cells_explain_is_told_at_the_end(page_of: PageOf, shows: Shows) -> None:
    """Text cells explain the method: 编制说明 tells it by the headings of what they explain, before 计算底稿 with its own note."""
    section = _html('<div class="wx"><h2 id="s1">一、资金</h2>\n<p>正文</p></div>')
    lines = _html('<div class="wx"><h2>附　计算底稿</h2><div class="wx-lines">各行</div></div>')
    page = page_of(
        new_markdown_cell("## 资金\n\n口径说明。"),
        shows(section),
        new_markdown_cell("按行列出。"),
        shows(lines),
    )
    places = [
        page.index(words, page.index("<main"))
        for words in (
            "一、资金</h2>",
            "<p>正文",
            "编制说明</h2>",
            "<dt>资金</dt>",
            "口径说明。",
            "计算底稿</h2>",
            "按行列出。",
            "各行",
        )
    ]
    assert places == sorted(places)
    assert page.count("编制说明</a>") == 2


def test_text_cell_without_a_heading_below_is_a_note_below(page_of: PageOf, shows: Shows) -> None:
    """Where the code cell shows no heading, the note stands below what it shows, as that of a table does."""
    page = page_of(new_markdown_cell("口径说明。"), shows(_html("<p>甲</p>"), _html("<p>乙</p>")))
    assert page.index("<p>乙</p>") < page.index("口径说明。")


def test_text_cell_goes_with_what_it_explains(page_of: PageOf, shows: Shows) -> None:
    """The note to a section left out, and what introduces the notebook, are left out too."""
    page = page_of(
        new_markdown_cell("# 笔记\n\n怎样使用。"),
        shows(_html("<h1>报告</h1>")),
        new_markdown_cell("没有数据的一节。"),
        shows(),
    )
    assert "怎样使用" not in page
    assert "没有数据的一节" not in page


def test_text_cell_is_inert(page_of: PageOf, shows: Shows) -> None:
    """HTML in a text cell is text."""
    assert "&lt;b&gt;x&lt;/b&gt;" in page_of(new_markdown_cell("<b>x</b>"), shows(_html("<p>正文</p>")))


def test_results_streams_and_widgets_do_not_show(page_of: PageOf, shows: Shows) -> None:
    """The results, what was printed, warnings, scripts and widgets are no part of the page."""
    noise = new_code_cell(
        "noise()",
        outputs=[
            new_output("stream", name="stdout", text="印出"),
            new_output("stream", name="stderr", text="警告"),
            new_output("display_data", {"application/javascript": "go()", "text/plain": "脚本"}),
            new_output(
                "display_data", {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "控件"}
            ),
            new_output("display_data", {"application/vnd.wenxiao.results+json": {}, "text/plain": "结果"}),
        ],
    )
    page = _main(page_of(shows(_html("<h1>报告</h1>")), noise))
    assert not any(word in page for word in ("印出", "警告", "脚本", "控件", "结果"))


def test_pictures_have_a_text(page_of: PageOf, shows: Shows) -> None:
    """A bitmap is embedded with an alternative text, an SVG stands in the page as an image with a name."""
    page = page_of(shows({"image/png": "AAAA\n"}, {"image/svg+xml": '<svg viewBox="0 0 1 1"></svg>'}))
    assert '<img alt="图" src="data:image/png;base64,AAAA"/>' in page
    assert '<svg aria-label="图" role="img" viewbox="0 0 1 1"></svg>' in page


def test_code_is_absent_unless_asked_for(page_of: PageOf, shows: Shows) -> None:
    """Code does not show; `wenxiao.show_code` in the notebook's metadata, or a tag on a cell, folds it in."""
    cell = shows(_html("<p>正文</p>"), source="secret < 1")
    assert "secret" not in page_of(cell)
    folded = page_of(cell, wenxiao={"show_code": True})
    assert "<summary>代码</summary>" in folded
    assert "secret &lt; 1" in folded
    cell.metadata["tags"] = ["show-code"]
    assert "secret" in page_of(cell)


def test_failure_is_readable(page_of: PageOf, shows: Shows) -> None:
    """A failed notebook says so at the top, and at the cell in the words of the error; the traceback is folded."""
    marker = new_markdown_cell(
        "<span>An Exception was encountered</span>", metadata={"tags": ["papermill-error-cell-tag"]}
    )
    error = new_output(
        "error",
        ename="ProjectError",
        evalue="资金.xlsx［资金］C5：金额不是数字。\n人口.xlsx：打不开。",
        traceback=["\x1b[0;31mTraceback\x1b[0m", "line <1>"],
    )
    page = page_of(marker, shows(_html("<h1>报告</h1>")), new_code_cell("load()", outputs=[error]))
    assert "第 2 个代码单元" in page
    assert 'href="#failure"' in page
    assert "<p>资金.xlsx［资金］C5：金额不是数字。</p>\n<p>人口.xlsx：打不开。</p>" in page
    assert "line &lt;1&gt;" in page
    assert "\x1b" not in page
    assert "An Exception" not in page


def test_stylesheet_of_a_live_notebook_is_left_out(page_of: PageOf, shows: Shows) -> None:
    """The style that a notebook shows for itself does not come twice."""
    page = page_of(shows(_html("<style>.wx { color: red }</style>")), shows(_html("<h1>报告</h1>")))
    assert "color: red" not in page
    assert page.count("<style>") == 1
