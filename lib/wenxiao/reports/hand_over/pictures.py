"""The charts of a hand-over as pictures for paper: PNG at 300 dpi, 150 mm wide, the column of an official page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

from PIL import Image

from wenxiao.charts import Chart
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.filled import drawn

MILLIMETRES, DPI = 150, 300
_NOT_IN_A_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\s]+')
_LONGEST = 40


@dataclass(frozen=True, eq=False)
class Picture300:
    """A chart as PNG of 150 mm at 300 dpi.

    `name` is a file name without its suffix (01-资金来源与使用情况). `png` stands alone and carries title and subtitle, `bare`
    is for a page that says them itself. Each is drawn when it is first asked for.
    """

    name: str
    chart: Chart

    @cached_property
    def png(self) -> bytes:
        """The picture with its title and subtitle."""
        return self.chart.print(MILLIMETRES, DPI)

    @cached_property
    def bare(self) -> bytes:
        """The picture without them."""
        return self.chart.print(MILLIMETRES, DPI, heading=False)

    @property
    def width(self) -> float:
        """Millimetres across."""
        return float(MILLIMETRES)

    @property
    def height(self) -> float:
        """Millimetres of `bare` from top to bottom."""
        across, down = Image.open(BytesIO(self.bare)).size
        return MILLIMETRES * down / across


def pictures(delivery: Delivery) -> tuple[Picture300, ...]:
    """The charts the data supports and the readers may see, in the order of the report."""
    return tuple(
        Picture300(f"{number:02}-{_file_name(chart.caption)}", chart)
        for number, chart in enumerate(drawn(delivery)[0], 1)
    )


def _file_name(words: str) -> str:
    """Words as part of a file name on every system: a name from a sheet may hold anything.

    >>> _file_name('各县区投资/"户"')
    '各县区投资 户'
    """
    return _NOT_IN_A_NAME.sub(" ", words).strip(" .")[:_LONGEST] or "图"
