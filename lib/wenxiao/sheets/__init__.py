"""Bytes → grid of cells with addresses → tables with declared fields. Knows nothing of evaluation.

`read_workbook` gives the tables of a file with what was doubtful about them; `open_grids` the raw sheets.
"""

from wenxiao.model import SheetError
from wenxiao.sheets.container import Container
from wenxiao.sheets.grid import Grid, Merge, Texture
from wenxiao.sheets.opening import open_grids
from wenxiao.sheets.reading import Decision, Reading, read_bytes, read_workbook

__all__ = [
    "Container",
    "Decision",
    "Grid",
    "Merge",
    "Reading",
    "SheetError",
    "Texture",
    "open_grids",
    "read_bytes",
    "read_workbook",
]
