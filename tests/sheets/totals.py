"""The totals of a table held against their parts, as a report on it does."""

from __future__ import annotations

from wenxiao.evaluation import evaluate
from wenxiao.model import Finding, Table
from wenxiao.project import Project, load_profile

_CODES = frozenset({"total-differs", "subtotal-differs", "total-below-parts"})


def check_totals(table: Table) -> tuple[Finding, ...]:
    """The findings on sums of a project of one table."""
    found = evaluate(Project("表", (table,), ()), load_profile("national")).findings
    return tuple(finding for finding in found if finding.code in _CODES)
