"""All files of one edition of the hand-over, by their names in its folder."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from wenxiao.reports.hand_over.delivery import Delivery
from wenxiao.reports.hand_over.document import document
from wenxiao.reports.hand_over.pictures import pictures
from wenxiao.reports.results import json_text, results

REPORT, RESULTS = "report.docx", "results.json"

SHOWN: Mapping[str, str] = MappingProxyType({REPORT: "评价报告.docx", RESULTS: "结果数据.json"})
"""What people call a file whose own name stays the same on every system and in every language."""


def files_of(delivery: Delivery, parameters: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of a delivery by name, a folder before a slash; the same delivery gives the same bytes.

    `parameters` are those of the run, as `results.json` records them.
    """
    drawn = pictures(delivery)
    made = {REPORT: document(delivery, drawn)}
    made |= {f"charts/{picture.name}.png": picture.png for picture in drawn}
    notebook = "district_report" if delivery.district else "project_report"
    recorded = results(
        delivery.evaluation, notebook=notebook, parameters=parameters, district=delivery.district
    )
    made[RESULTS] = json_text(recorded.results.model_dump(mode="json")).encode()
    return made
