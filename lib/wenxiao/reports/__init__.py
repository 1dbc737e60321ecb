"""What leaves the house: the page of a notebook, its results as data, the index of all runs."""

from wenxiao.reports.exporter import exporter, to_html

__all__ = ["exporter", "to_html"]
