"""SVG goes into a page as text, alone with its ids and its style."""

from wenxiao.reports.fragment import inline_figure

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
