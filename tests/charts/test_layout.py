"""What every chart promises at any size: nothing overlaps, nothing leaves the picture, every glyph is there."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from wenxiao.charts.style import styled

from tests.charts.cases import CASES, chart

TOUCH = 0.5  # pixels by which hinted outlines may meet


def _boxes(extents: list[tuple[float, float, float, float]]) -> np.ndarray:
    return np.array(extents, dtype=float).reshape(-1, 4)


def _overlaps(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    wide = np.minimum(a[:, None, 2], b[None, :, 2]) - np.maximum(a[:, None, 0], b[None, :, 0])
    high = np.minimum(a[:, None, 3], b[None, :, 3]) - np.maximum(a[:, None, 1], b[None, :, 1])
    return (wide > TOUCH) & (high > TOUCH)


@pytest.mark.parametrize("name", CASES)
def test_text_overlaps_nothing(name: str) -> None:
    """No text covers another or a plot, and none leaves the picture."""
    figure = chart(name).figure()
    with styled():
        renderer = FigureCanvasAgg(figure).get_renderer()
        texts = [text for text in figure.texts if text.get_text()]
        boxes = _boxes([text.get_window_extent(renderer).extents for text in texts])
    clash = np.argwhere(np.triu(_overlaps(boxes, boxes), 1))
    assert [(texts[i].get_text(), texts[j].get_text()) for i, j in clash] == []
    plots = _boxes([axes.get_window_extent().extents for axes in figure.axes])
    assert [texts[i].get_text() for i, _ in np.argwhere(_overlaps(boxes, plots))] == []
    width, height = figure.bbox.width, figure.bbox.height
    outside = (
        (boxes[:, 0] < -TOUCH)
        | (boxes[:, 1] < -TOUCH)
        | (boxes[:, 2] > width + TOUCH)
        | (boxes[:, 3] > height + TOUCH)
    )
    assert [texts[i].get_text() for i in np.flatnonzero(outside)] == []


@pytest.mark.parametrize("name", CASES)
def test_every_case_is_described(name: str) -> None:
    """Title, subtitle and alternative are there, and every row of the data table is as long as its header."""
    made = chart(name)
    assert made.title
    assert made.subtitle
    assert made.alt.endswith("。")
    assert {len(row) for row in made.data.texts} == {len(made.data.headers)}


@pytest.mark.parametrize("name", ["150 places", "150 districts"])
def test_long_lists_fit_a_page(name: str) -> None:
    """A chart of 150 rows is set in panels, no higher than a printed page at its width."""
    figure = chart(name).figure()
    assert len(figure.axes) == 3
    assert figure.bbox.height / figure.bbox.width < 247 / 160


def test_height_grows_where_panels_are_full() -> None:
    """400 rows take more height, not less room each."""
    assert chart("400 districts").figure().bbox.height > 2 * chart("150 districts").figure().bbox.height
