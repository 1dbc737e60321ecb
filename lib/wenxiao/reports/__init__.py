"""What leaves the house: the page of a notebook, its results as data, the index of all runs."""

from wenxiao.reports.exporter import exporter, to_html
from wenxiao.reports.index import write_index
from wenxiao.reports.results import (
    ResultsOutput,
    json_text,
    lift_results,
    results,
    results_schema,
    write_json,
)

__all__ = [
    "ResultsOutput",
    "exporter",
    "json_text",
    "lift_results",
    "results",
    "results_schema",
    "to_html",
    "write_index",
    "write_json",
]
