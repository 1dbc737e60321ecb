"""How often the audit finds an error that reviewers report in a form of a season, and what it says of honest forms.

Run it with `make seasons SEASON_FORMS=60`. A kind counts as found where a finding that the same form without the error does not
have names a cell that was changed, or its indicator. Errors that several documents show are counted by `across`.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import wenxiao as wx
from wenxiao.model import Severity

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.evaluation.filled_forms import Form, write
from tests.seasons.errors import KINDS, cells, plant, shows, where
from tests.seasons.honest import chosen
from tests.seasons.layouts import lay_out
from tests.seasons.season import Season

EACH = 9
"""Errors tried on each form, one at a time."""
FEW = 0.9
"""Below this share a kind is called weak."""


def findings(form: Form, suffix: str) -> tuple[wx.Finding, ...]:
    """The findings of one form, written and read back."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / f"自评表{suffix}", [form])
        profile = "hubei" if form.layout["style"] == "hubei-project" else "self-evaluation"
        return wx.evaluate(wx.load_project(folder), wx.load_profile(profile)).findings


def named(new: Iterable[wx.Finding], form: Form, marks: tuple[str, ...], suffix: str) -> bool:
    """Whether one of the findings names a cell that was changed, or its indicator."""
    at, name = cells(form, marks, suffix), where(form, marks)
    return any(
        marks == ("*",)
        or (name and name in finding.message)
        or any(cell.address in at for cell in finding.cells)
        for finding in new
    )


def across(season: Season, codes: dict[str, int], found: Iterable[wx.Finding]) -> dict[int, tuple[int, int]]:
    """Found and planted by kind, of the errors that several documents show; `codes` says which code of a finding is of which kind.

    An error is found where a finding of its kind names its project or its file.
    """
    told = [
        (codes[each.code], each.subject + each.message + str(each.cells))
        for each in found
        if each.code in codes
    ]
    counts: dict[int, tuple[int, int]] = {}
    for error in season.between:
        hit = any(
            kind == error.kind and (error.project in text or (error.file and error.file in text))
            for kind, text in told
        )
        hits, planted = counts.get(error.kind, (0, 0))
        counts[error.kind] = hits + hit, planted + 1
    return counts


def main() -> None:
    """Plants errors of every kind into honest forms and prints how many are found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--verbose", action="store_true", help="rows of what was missed and of what was cried on honest forms"
    )
    arguments = parser.parse_args()
    planted: Counter[int] = Counter()
    hits: Counter[int] = Counter()
    loud: Counter[str] = Counter()
    for seed in range(arguments.seed, arguments.seed + arguments.forms):
        rng = random.Random(f"season {seed}")
        base, suffix = lay_out(chosen(rng)), rng.choice((".xlsx", ".xls", ".docx"))
        quiet = findings(base, suffix)
        cried = [finding for finding in quiet if finding.severity < Severity.HINT]
        loud.update(finding.severity.label for finding in cried)
        if arguments.verbose:
            for finding in cried:
                show(
                    f"CRIED {seed}{suffix} {finding.severity.label} {finding.code} {finding.message}",
                    base,
                    [c.address for c in finding.cells],
                )
        before = {(finding.code, finding.message) for finding in quiet}
        rare = sorted(
            (kind for kind in KINDS if shows(kind, base)), key=lambda kind: (planted[kind], rng.random())
        )
        for kind in rare[:EACH]:
            if not (made := plant(base, kind, rng)):
                continue
            form, marks = made
            new = [
                finding for finding in findings(form, suffix) if (finding.code, finding.message) not in before
            ]
            planted[kind] += 1
            hits[kind] += (hit := named(new, form, marks, suffix))
            if arguments.verbose and not hit:
                show(
                    f"MISSED {kind} {KINDS[kind][0]} {seed}{suffix} {form.layout['style']}",
                    form,
                    list(cells(form, marks, suffix)),
                )
    for kind, (label, _) in KINDS.items():
        weak = " ←" if hits[kind] < FEW * planted[kind] else ""
        print(f"{kind} {label}\t{hits[kind]} of {planted[kind]}{weak}")
    print(f"all\t{hits.total()} of {planted.total()} ({hits.total() / max(planted.total(), 1):.1%})")
    print(f"on {arguments.forms} honest forms\t{dict(loud) or 'none'}")


def show(title: str, form: Form, at: list[str]) -> None:
    """Prints the rows of a form in which the cells stand."""
    print(title, at)
    for row in sorted({int(address[1:]) for address in at}):
        at_row = row - 1 - (3 if ".docx" in title else 0)
        if at_row < len(form.rows):
            print("   ", row, "|".join(str(value) for value in form.rows[at_row]))


if __name__ == "__main__":
    main()
