"""The values all other rooms speak in: cells, figures, kinds of missing, tables, measures, findings, errors.

Tables and their columns load numpy and pyarrow, which takes longer than most commands; they are loaded when first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from wenxiao.model.cells import CellRef, column_letters, column_number
from wenxiao.model.errors import (
    OutputError,
    ParameterError,
    Problem,
    ProfileError,
    ProjectError,
    RunError,
    SheetError,
    WenxiaoError,
)
from wenxiao.model.expression import (
    Case,
    Choice,
    Comparison,
    Condition,
    Constant,
    Count,
    Expression,
    Given,
    Named,
    Op,
    Operation,
    Rounded,
    difference,
    greatest,
    least,
    mean,
    product,
    quotient,
    total,
    words_of,
)
from wenxiao.model.finding import Finding, Severity, by_severity
from wenxiao.model.form import Form, UnreadBlock
from wenxiao.model.interval import Interval
from wenxiao.model.measure import Measure, Standing
from wenxiao.model.quantity import Missing, Quantity, quantity_text
from wenxiao.model.rounding import Exact, decimal_text, half_up, shown
from wenxiao.model.spreadsheet import SheetCell, spreadsheet_of
from wenxiao.model.units import Unit, known_units, unit_named
from wenxiao.model.valuation import inputs_of, interval_of, value_of

if TYPE_CHECKING:
    from wenxiao.model.column import Column, figures, words
    from wenxiao.model.table import Origin, Role, Table

_LATER = {
    **dict.fromkeys(("Column", "figures", "words"), "wenxiao.model.column"),
    **dict.fromkeys(("Origin", "Role", "Table"), "wenxiao.model.table"),
}

__all__ = [
    "Case",
    "CellRef",
    "Choice",
    "Column",
    "Comparison",
    "Condition",
    "Constant",
    "Count",
    "Exact",
    "Expression",
    "Finding",
    "Form",
    "Given",
    "Interval",
    "Measure",
    "Missing",
    "Named",
    "Op",
    "Operation",
    "Origin",
    "OutputError",
    "ParameterError",
    "Problem",
    "ProfileError",
    "ProjectError",
    "Quantity",
    "Role",
    "Rounded",
    "RunError",
    "Severity",
    "SheetCell",
    "SheetError",
    "Standing",
    "Table",
    "Unit",
    "UnreadBlock",
    "WenxiaoError",
    "by_severity",
    "column_letters",
    "column_number",
    "decimal_text",
    "difference",
    "figures",
    "greatest",
    "half_up",
    "inputs_of",
    "interval_of",
    "known_units",
    "least",
    "mean",
    "product",
    "quantity_text",
    "quotient",
    "shown",
    "spreadsheet_of",
    "total",
    "unit_named",
    "value_of",
    "words",
    "words_of",
]


def __getattr__(name: str) -> object:
    """A public name that loads numpy and pyarrow."""
    if name in _LATER:
        found: object = getattr(import_module(_LATER[name]), name)
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
