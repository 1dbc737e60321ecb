"""Charts in the faces of their readers: text measured with one face stays apart when a browser sets it in another."""

import pytest
from playwright.sync_api import Page

from tests.charts.cases import CASES, chart

FACES = ("Noto Sans CJK SC", "WenQuanYi Zen Hei", "'DejaVu Sans','Noto Sans CJK SC'")

CLASHES = """
(face) => {
  const svg = document.querySelector('svg');
  svg.style.fontFamily = face;
  const frame = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
  const found = [];
  boxes.forEach(([text, a], i) => {
    if (a.left < frame.left - 2 || a.right > frame.right + 2) found.push(['outside', text]);
    boxes.slice(i + 1).forEach(([other, b]) => {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const middle = Math.abs((a.top + a.bottom) / 2 - (b.top + b.bottom) / 2);
      if (wide > 1 && middle < 12) found.push([text, other]);
    });
  });
  return found;
}
"""


@pytest.mark.parametrize(
    "face", [FACES[0], *(pytest.param(face, marks=pytest.mark.acceptance) for face in FACES[1:])]
)
def test_text_stays_apart(page: Page, face: str) -> None:
    """In a browser no text covers its neighbour or leaves the picture, with narrower and with wider faces."""
    for name in CASES:
        page.set_content(f"<body style='width:720px;margin:40px'>{chart(name).svg}")
        assert page.evaluate(CLASHES, face) == [], name
