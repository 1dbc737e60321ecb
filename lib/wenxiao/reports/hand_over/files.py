"""All files of one edition of the hand-over, by their names in its folder."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from wenxiao.reports.hand_over.archive import QUALITY, archive
from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.document.report import document
from wenxiao.reports.hand_over.not_read import NOT_READ, not_read_of
from wenxiao.reports.hand_over.pictures import pictures
from wenxiao.reports.hand_over.quality import quality_sheet
from wenxiao.reports.hand_over.revision import Revision
from wenxiao.reports.hand_over.slides import slides
from wenxiao.reports.hand_over.table_book import report_tables
from wenxiao.reports.records import Results
from wenxiao.reports.results import json_text, results

REPORT, RESULTS, TABLES, CHARTS = "report.docx", "results.json", "报告用表.xlsx", "charts"
SLIDES, REVISION, ARCHIVE = "charts.pptx", "修改情况.html", "archive.zip"

NAMED_BY_LANGUAGE = (REPORT, SLIDES, CHARTS, ARCHIVE)
"""What a command may call by another name in another language; the rest has one name everywhere."""


def results_of(delivery: Delivery, parameters: Mapping[str, Any]) -> Results:
    """The results of a delivery; `parameters` are those of the run."""
    notebook = "district_report" if delivery.district else "project_report"
    return results(
        delivery.evaluation, notebook=notebook, parameters=parameters, district=delivery.district
    ).results


def files_of(
    delivery: Delivery,
    recorded: Results,
    revision: Revision | None = None,
    beside: Mapping[str, bytes] = MappingProxyType({}),
) -> dict[str, bytes]:
    """The files of a delivery by name, a folder before a slash; the same delivery gives the same bytes.

    `recorded` are its results, `revision` is what changed since the edition before it, `beside` what is archived with its
    files: the project's own (`project_files`) and the page of the same run. An edition for release has no quality sheet.
    """
    drawn = pictures(delivery)
    made = {
        REPORT: document(delivery, drawn, revision),
        TABLES: report_tables(delivery),
        SLIDES: slides(delivery),
        RESULTS: json_text(recorded.model_dump(mode="json")).encode(),
    }
    made |= {f"{CHARTS}/{picture.name}.png": picture.png for picture in drawn}
    if revision is not None:
        made[REVISION] = revision.page.encode()
    if delivery.audience.sees_findings:
        listed = beside.get(NOT_READ)
        not_read = None if listed is None else not_read_of(listed, delivery.district)
        made[QUALITY] = quality_sheet(delivery, not_read)
    made[ARCHIVE] = archive(delivery, {**made, **beside})
    return made
