"""What leaves the house: the page of a notebook, its results as data, its working paper, the index of all runs.

A notebook needs only `results` and `working_paper`; the converter behind `exporter` and `to_html` takes a
second to import and is loaded when one of them is first asked for, as is what writes the index.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from wenxiao.reports.results import (
    ResultsOutput,
    json_text,
    lift_results,
    results,
    results_schema,
    write_json,
)
from wenxiao.reports.working_paper import WorkingPaper, lift_working_paper, working_paper

if TYPE_CHECKING:
    from wenxiao.reports.conversion import exporter, to_html
    from wenxiao.reports.index import write_index
    from wenxiao.reports.season_workbook import season_book

TEMPLATES = Path(__file__).parent / "templates"
"""The folder of the template, which the installation also puts where Jupyter looks for templates."""

_LATER = {
    "exporter": "wenxiao.reports.conversion",
    "to_html": "wenxiao.reports.conversion",
    "season_book": "wenxiao.reports.season_workbook",
    "write_index": "wenxiao.reports.index",
}

__all__ = [
    "TEMPLATES",
    "ResultsOutput",
    "WorkingPaper",
    "exporter",
    "json_text",
    "lift_results",
    "lift_working_paper",
    "results",
    "results_schema",
    "season_book",
    "to_html",
    "working_paper",
    "write_index",
    "write_json",
]


def __getattr__(name: str) -> object:
    """The public names that are loaded when they are first used."""
    if name in _LATER:
        found: object = getattr(import_module(_LATER[name]), name)
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
