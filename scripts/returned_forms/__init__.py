"""Returned forms (合成数据) with the mess that counties make of a template, and the truth of every number in them.

Independent of the reader: nothing here imports `wenxiao.sheets`. A form is filled in from seeded values, messed up, and
written in some container; each number that was written is recorded with its file, sheet and cell.
"""

from .figure import Figure, Written
from .page import Cell, Formula, Page
from .returned import Returned, returned

__all__ = ["Cell", "Figure", "Formula", "Page", "Returned", "Written", "returned"]
