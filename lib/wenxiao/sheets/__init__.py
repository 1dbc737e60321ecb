"""Bytes → grid of cells with addresses → tables with declared fields. Knows nothing of evaluation.

`read_workbook` gives the tables of a file with what was doubtful about them; `open_grids` the raw sheets.
"""

from wenxiao.model import SheetError
from wenxiao.sheets.account import FileLine, account_of, survey
from wenxiao.sheets.cells.grid import Grid, Merge
from wenxiao.sheets.cells.texture import Texture
from wenxiao.sheets.containers.container import Container
from wenxiao.sheets.containers.opening import open_grids
from wenxiao.sheets.doubts import Decision
from wenxiao.sheets.reading import Reading, read_bytes, read_workbook

__all__ = [
    "Container",
    "Decision",
    "FileLine",
    "Grid",
    "Merge",
    "Reading",
    "SheetError",
    "Texture",
    "account_of",
    "open_grids",
    "read_bytes",
    "read_workbook",
    "survey",
]
