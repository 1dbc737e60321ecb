"""What every chart promises at any size: nothing overlaps, nothing leaves the picture, every glyph is there, grey reads."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from matplotlib import get_data_path
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from wenxiao.charts import lettering
from wenxiao.charts.page import Box, Dot, Page, Stroke, Style
from wenxiao.charts.picture import figure_of
from wenxiao.charts.style import WIDTH, face, luminance, styled

from tests.charts.cases import BY_SIZE, CASES, EACH_WIDTH, SIZES, chart
from tests.charts.cases import page as page_of

TOUCH = 0.5  # pixels by which hinted outlines may meet
APART = 1.25  # contrast that two fills side by side need in grey print
READABLE = 4.5  # contrast of text, WCAG 2.2 AA


def _text_boxes(page: Page, figure: Figure) -> np.ndarray:
    """Left, top, right and bottom of each line of text as matplotlib draws it, in pixels of the page."""
    with styled():
        renderer = FigureCanvasAgg(figure).get_renderer()
        drawn = [text.get_window_extent(renderer).extents for text in figure.texts]
    return np.array([(x0, page.height - y1, x1, page.height - y0) for x0, y0, x1, y1 in drawn], dtype=float)


def _overlaps(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    wide = np.minimum(a[:, None, 2], b[None, :, 2]) - np.maximum(a[:, None, 0], b[None, :, 0])
    high = np.minimum(a[:, None, 3], b[None, :, 3]) - np.maximum(a[:, None, 1], b[None, :, 1])
    return (wide > TOUCH) & (high > TOUCH)


def _boxes(page: Page) -> list[tuple[str, Box]]:
    return [(style.fill, box) for style, shapes in page.shapes for box in shapes if isinstance(box, Box)]


def _covering(page: Page) -> Iterator[tuple[float, float, float, float]]:
    """What no text may cross: dots, and where there is no grid the leaders."""
    for style, shapes in page.shapes:
        for shape in shapes:
            if isinstance(shape, Dot):
                r = style.across / 2
                yield shape.x - r, shape.y - r, shape.x + r, shape.y + r
            elif isinstance(shape, Stroke) and not page.plots:
                xs, ys = zip(*shape.points, strict=True)
                yield min(xs) - 1, min(ys), max(xs) + 1, max(ys)


def _contrast(a: str, b: str) -> float:
    lighter, darker = sorted((luminance(a) + 0.05, luminance(b) + 0.05), reverse=True)
    return lighter / darker


@pytest.mark.parametrize("name", EACH_WIDTH)
def test_text_overlaps_nothing(name: str) -> None:
    """No text covers another, a dot or a leader, none leaves the picture, and none stands in a plot but inside a bar."""
    page = page_of(name)
    texts = [line.words for line in page.lines]
    boxes = _text_boxes(page, figure_of(page))
    clash = np.argwhere(np.triu(_overlaps(boxes, boxes), 1))
    assert [(texts[i].text, texts[j].text) for i, j in clash] == []
    marks = np.array(list(_covering(page)), dtype=float).reshape(-1, 4)
    assert [texts[i].text for i, _ in np.argwhere(_overlaps(boxes, marks))] == []
    assert boxes[:, :2].min() >= -TOUCH
    assert boxes[:, 2].max() <= page.width + TOUCH
    assert boxes[:, 3].max() <= page.height + TOUCH
    fills = _boxes(page)
    bars = np.array([(b.x, b.y, b.x + b.wide, b.y + b.high) for _, b in fills], dtype=float).reshape(-1, 4)
    inside: dict[int, str] = {}
    for i, j in np.argwhere(_overlaps(boxes, bars)):
        assert boxes[i, 0] >= bars[j, 0], texts[i]
        assert boxes[i, 2] <= bars[j, 2], texts[i]
        inside[int(i)] = fills[j][0]
    for i, fill in inside.items():
        assert _contrast(texts[i].colour, fill) >= READABLE, (texts[i], fill)
    plots = np.array([(p.left, p.top, p.left + p.wide, p.bottom) for p in page.plots]).reshape(-1, 4)
    in_plots = {int(i) for i, _ in np.argwhere(_overlaps(boxes, plots))}
    assert [texts[i].text for i in in_plots - set(inside)] == []


@pytest.mark.parametrize("name", EACH_WIDTH)
def test_marks_stay_inside(name: str) -> None:
    """No bar, dot or line leaves the picture, and none is turned inside out."""
    page = page_of(name)
    for style, shapes in page.shapes:
        for shape in shapes:
            for x, y in _corners(style, shape):
                assert -TOUCH <= x <= page.width + TOUCH, (style, shape)
                assert -TOUCH <= y <= page.height + TOUCH, (style, shape)
            if isinstance(shape, Box):
                assert shape.wide >= 0
                assert shape.high > 0


def _corners(style: Style, shape: Box | Dot | Stroke) -> tuple[tuple[float, float], ...]:
    if isinstance(shape, Stroke):
        return shape.points
    if isinstance(shape, Box):
        return (shape.x, shape.y), (shape.x + shape.wide, shape.y + shape.high)
    reach = style.across / 2 + style.thick / 2
    return (shape.x - reach, shape.y - reach), (shape.x + reach, shape.y + reach)


@pytest.mark.parametrize("name", CASES)
def test_neighbours_differ_in_grey(name: str) -> None:
    """Two fills side by side differ in lightness, or each has its word inside: a grey print tells them apart."""
    page = page_of(name)
    rows: dict[tuple[float, float], list[tuple[str, Box]]] = {}
    for fill, box in _boxes(page):
        rows.setdefault((box.y, box.high), []).append((fill, box))
    for row in rows.values():
        for (fill, a), (other, b) in combinations(row, 2):
            touching = abs(a.x + a.wide - b.x) <= 2 or abs(b.x + b.wide - a.x) <= 2
            if touching and fill != other:
                named = all(any(_holds(box, line.x, line.y) for line in page.lines) for box in (a, b))
                assert named or _contrast(fill, other) >= APART, (fill, other)


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x <= x <= box.x + box.wide and box.y <= y <= box.y + box.high


def test_own_face_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any font of the system every glyph is there: the face of the package and matplotlib's own suffice."""
    own = [entry for entry in fontManager.ttflist if entry.fname.startswith(get_data_path())]
    monkeypatch.setattr(fontManager, "ttflist", own)
    for cache in (face, lettering._advance, lettering._ems, fontManager._findfont_cached):
        cache.cache_clear()  # a missing glyph is a warning, and a warning is an error
    try:
        for name in CASES:
            if "150" not in name:
                assert chart(name).png(48).startswith(b"\x89PNG")
    finally:
        monkeypatch.undo()
        face.cache_clear()
        fontManager._findfont_cached.cache_clear()


@pytest.mark.parametrize("name", CASES)
def test_every_case_is_described(name: str) -> None:
    """Title, subtitle and alternative are there, and every row of the data table is as long as its header."""
    made = chart(name)
    assert made.title
    assert made.subtitle
    assert made.alt.endswith("。")
    assert len(made.alt) < 6000
    assert {len(row) for row in made.data.texts} == {len(made.data.headers)}


@pytest.mark.parametrize("kind", BY_SIZE)
def test_one_district_is_no_comparison(kind: str) -> None:
    """A chart of districts needs two of them; every one asked for by the name of a district bears that there is one."""
    assert BY_SIZE[kind](1) is None


@pytest.mark.parametrize("kind", ["figure", "losses", "intervals"])
def test_long_lists_fit_a_page(kind: str) -> None:
    """A chart of 150 rows is set in panels, no higher than a printed page at its width."""
    page = chart(f"{kind}, 150").page()
    assert len(page.plots) == 3
    assert page.height / WIDTH < 247 / 160


def test_ones_own_place_among_many_stands_among_its_neighbours() -> None:
    """A ranking of 150 for one of them shows it with those next to it and at the ends, and says so."""
    made = chart("ranking, 150")
    assert len(made.page().plots) == 1
    assert len(made.data.rows) < 25
    assert "共 150 个评价对象，只列首末各 3 个" in made.subtitle


@pytest.mark.parametrize("kind", BY_SIZE)
def test_size_of_many(kind: str) -> None:
    """The SVG of twelve districts takes at most 10 KB, of 150 at most 48 KB, and each more row about as much as the last."""
    small, large = (len(chart(f"{kind}, {size}").svg.encode()) for size in (12, 150))
    assert small <= 10_000
    assert large <= 48_000


def test_sizes_are_those_asked_for() -> None:
    """Two, five, twelve, forty and 150 districts are tried with every chart of districts."""
    assert SIZES == (2, 5, 12, 40, 150)


def test_height_grows_where_panels_are_full() -> None:
    """400 rows take more height, not less room each."""
    assert chart("400 districts").page().height > 2 * chart("150 districts").page().height
