"""The headline of a run: the few facts by which the index, the terminal and a comparison name it and sum it up.

It is small beside `results.json` (some 1 KB against hundreds), and every manifest carries it, so that the index of thousands
of runs reads thousands of small files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from wenxiao.fields.places import word_for
from wenxiao.project.member_name import member_name
from wenxiao.reports.records import SCHEMA_VERSION

HEADLINE_VERSION = 2
"""Counted up when a key goes or means something else; a headline of another version is made anew from the results."""


def headline(results: Mapping[str, Any]) -> dict[str, Any]:
    """The headline of a run with these results (as `results.json` holds them); JSON-able, the same for the same results.

    `score`, `rank`, `budget` and `execution` are figures (value as an exact decimal string or null, why it is missing, the
    text a reader sees), or null where the run has none (several projects). `findings` counts by severity; it is null where the
    edition withholds them. `order` is the district's place in administrative order, from 0; `word` is what the project calls
    its districts (县区, 镇街); `sent_as` the name of the page beside `report.html`, for whoever sends it on ('' for none).
    """
    subject, verdict = results["subject"] or {}, results["verdict"]
    parameters = results["run"]["parameters"]
    audience = parameters.get("audience", "internal")
    district = subject.get("district", "")
    return {
        "version": HEADLINE_VERSION,
        "schema_version": results["schema_version"],
        "notebook": results["run"]["notebook"],
        "project": subject.get("project", ""),
        "projects": [member["subject"]["title"] for member in results["members"]],
        "title": subject.get("title", ""),
        "kind": subject.get("kind", ""),
        "place": subject.get("place", ""),
        "year": subject.get("year", ""),
        "district": district,
        "word": word_for(subject.get("districts", ())),
        "order": subject.get("order"),
        "audience": audience,
        "edition": parameters.get("edition", ""),
        "score": verdict and verdict["score"],
        "grade": verdict and verdict["grade"],
        "printed_grade": verdict["printed_grade"] if verdict else "",
        "rank": _rank(results["ranking"], district),
        "budget": _budget(results),
        "execution": verdict and _execution(verdict),
        "findings": None if audience == "release" else _counted(results),
        "inputs": results["run"]["inputs"],
        "profile": results["run"]["profile"],
        "sent_as": _sent_as(subject, results["run"]["notebook"], audience),
    }


def is_current(found: object) -> bool:
    """Whether something read from a manifest is a headline of this version, of results of this version."""
    return (
        isinstance(found, dict)
        and found.get("version") == HEADLINE_VERSION
        and found.get("schema_version") == SCHEMA_VERSION
    )


def _execution(verdict: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **verdict["execution_rate"],
        "label": verdict["execution_label"],
        "basis": verdict["execution_basis"],
    }


def _sent_as(subject: Mapping[str, Any], notebook: str, audience: str) -> str:
    """The name by which a page is still known once it was sent on (临沂市2021-平邑县.html); '' for a run on no project."""
    title, place = subject.get("title", ""), subject.get("place", "")
    about = subject.get("district", "") or title.removeprefix(place) or title
    if not about:
        return ""
    if notebook == "district_ranking":
        about += f"-{word_for(subject.get('districts', ()))}排名"
    if audience == "release":
        about += "-公开稿"
    head = f"{place}{subject.get('year', '')}"
    return member_name((f"{head}-{about}" if head else about).replace("/", "_")) + ".html"


def _budget(results: Mapping[str, Any]) -> dict[str, Any] | None:
    """The budget of the whole project, or of a season; null where the run has no such measure."""
    for measure in results.get("measures", ()):
        if measure["key"] in ("budget/全项目", "season_budget/合计"):
            return {key: measure[key] for key in ("value", "missing", "text")}
    return None


def _rank(ranking: Mapping[str, Any] | None, district: str) -> dict[str, Any] | None:
    """A district's rank; null where it has none."""
    for place in ranking["places"] if ranking and district else ():
        if place["district"] == district and place["rank"] is not None:
            text = place["rank"] + ("（并列）" if place["tied"] else "")
            return {"value": place["rank"], "missing": None, "text": text}
    return None


def _counted(results: Mapping[str, Any]) -> dict[str, int]:
    """Findings by severity, those of all projects where there are several."""
    parts = (results, *results["members"])
    counts = Counter(
        finding["severity"] for part in parts for finding in part["findings"] if not finding.get("state")
    )
    return {severity: counts[severity] for severity in ("error", "warning", "hint")}
