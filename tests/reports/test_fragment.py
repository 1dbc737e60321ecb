"""Fragments are inert, well-formed, and spelt as nbconvert's last pass spells them."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from wenxiao.reports.fragment import inert, inline_figure

PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<br>",
        "<b class=' a  b '>",
        "</b>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<td headers=x>",
        "</table>",
        "&nbsp;",
        "&lt;",
        "&",
        "<",
        ">",
        '"',
        "'",
        "<pre>",
        "</pre>",
        " \n ",
        "文字",
        "<svg viewBox='0 0 1 1'>",
        "<path d='M0'/>",
        "</svg>",
        "<style>",
        "</style>",
        "<![CDATA[",
        "]]>",
        "<title>",
        "</title>",
        "<textarea>",
        "<a href='http://x'>",
        "</a>",
        '<i x="\'">',
        "\r",
        "<?php",
        "\u202e",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_fragment_survives_the_last_pass_unchanged(fragment: str) -> None:
    """Whatever comes in, what goes out is the same after a parser has read and written it, and after a second time."""
    made = inert(fragment)
    assert str(BeautifulSoup(made, "html.parser")) == made
    assert inert(made) == made
    assert "<script" not in made
    assert "http:" not in made


@pytest.mark.parametrize(
    ("hostile", "left"),
    [
        ("<script>alert(1)</script>好", "好"),
        ('<p onmouseover="go()">好</p>', "<p>好</p>"),
        ('<a href="javascript:go()">好</a>', "<a>好</a>"),
        ('<a href="https://example.org">好</a>', "<a>好</a>"),
        ('<img src="https://example.org/x.png" alt="图">', '<img alt="图"/>'),
        ('<p style="background: url(https://example.org)">好</p>', "<p>好</p>"),
        ("<style>main { display: none }</style>好", "好"),
        ('<iframe src="x"></iframe><meta http-equiv="refresh" content="0"><base href="x">好', "好"),
        ("</main></body></html><b>好</b>", "<b>好</b>"),
        ('<body onload="go()">好</body>', "好"),
        ("<svg><foreignObject><p>x</p></foreignObject><text>好</text></svg>", "<svg><text>好</text></svg>"),
    ],
)
def test_what_runs_loads_or_reaches_out_is_gone(hostile: str, left: str) -> None:
    """Scripts, handlers, frames, styles, external addresses and stray end tags go; the words stay."""
    assert inert(hostile) == left


def test_what_a_report_uses_stays() -> None:
    """Popovers, links within the page, embedded images, inline styles and table structure stay as they are."""
    kept = (
        '<button class="wx-fig" popovertarget="p1" type="button">53.63%</button><div id="p1" popover="">公式</div>'
        '<a href="#line-3">计算底稿</a><img alt="图" src="data:image/png;base64,AAAA"/>'
        '<td colspan="2" style="background: #dbe9f6">1</td>'
    )
    assert inert(kept) == kept


def test_text_is_text() -> None:
    """Escaped markup stays escaped, and a formula or a direction mark is nothing but text."""
    assert (
        inert("<td>&lt;script&gt; =SUM(A1) &#34;\u202e</td>")
        == '<td>&lt;script&gt; =SUM(A1) "〔U+202E〕</td>'
    )


SVG = (
    '<?xml version="1.0"?><!DOCTYPE svg><svg viewBox="0 0 9 9"><metadata>2026</metadata>'
    '<defs><style type="text/css">*{stroke-linejoin: round}</style></defs>'
    '<clipPath id="p"><rect/></clipPath><g id="axes_1" clip-path="url(#p)"><text>决策</text></g></svg>'
)


def test_two_figures_share_no_id() -> None:
    """Ids that something refers to carry the figure's name, others are gone."""
    one, two = inline_figure(SVG, "figure-1"), inline_figure(SVG, "figure-2")
    assert 'id="figure-1-p"' in one
    assert "url(#figure-1-p)" in one
    assert 'id="figure-2-p"' in two
    assert "axes_1" not in one


def test_a_figure_brings_no_prolog_and_no_style_for_others() -> None:
    """What matplotlib says of everything is said of this figure only; prolog and metadata are gone."""
    figure = inline_figure(SVG, "f")
    assert figure.startswith(
        '<svg viewBox="0 0 9 9" style="stroke-linejoin: round" role="img" aria-label="图">'
    )
    assert "<style" not in figure
    assert "2026" not in figure
    assert "<text>决策</text>" in figure


def test_a_figure_keeps_the_name_it_has() -> None:
    """A figure that names itself by a title keeps role, label and the link between them."""
    svg = '<svg role="img" aria-labelledby="t"><title id="t">得分率</title></svg>'
    assert (
        inline_figure(svg, "f")
        == '<svg role="img" aria-labelledby="f-t"><title id="f-t">得分率</title></svg>'
    )


def test_what_is_no_svg_shows_nothing() -> None:
    """A broken document gives an empty figure, not a broken page."""
    assert inline_figure("<svg viewBox=", "f") == ""
