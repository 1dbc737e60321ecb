"""How often the audit finds an error planted into a filled form, and what it says of clean ones.

Run it with `make forms FORMS=30`; results of the last run are in docs/audit.md.
"""

from __future__ import annotations

import argparse
import copy
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

import wenxiao as wx
from wenxiao.model import Severity

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.evaluation.filled_forms import PLANTS, Form, address, lay_out, make, write


def findings(form: Form, suffix: str) -> tuple[wx.Finding, ...]:
    """The findings of one form, written and read back."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / f"自评表{suffix}", [lay_out(form)])
        profile = "hubei" if form.layout["style"] == "hubei" else "self-evaluation"
        return wx.evaluate(wx.load_project(folder), wx.load_profile(profile)).findings


def found(base: Form, form: Form, marks: tuple[str, ...], suffix: str) -> bool:
    """Whether a finding that the clean form in the same layout has not names a cell of what was changed."""
    after = findings(form, suffix)
    cells = {address(form.at[mark]) for mark in marks if mark in form.at}
    before = {(f.code, f.severity, cell.address) for f in findings(base, suffix) for cell in f.cells}
    new = [(f.code, f.severity, cell.address) for f in after for cell in f.cells]
    return any(key not in before and (marks == ("*",) or key[2] in cells) for key in new)


def main() -> None:
    """Plants errors of every kind into some forms and prints how many are found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    planted: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    loud: Counter[str] = Counter()
    for seed in range(arguments.seed, arguments.seed + arguments.forms):
        base = make(random.Random(seed))
        suffix = random.Random(seed).choice((".xlsx", ".xls"))
        loud.update(f.severity.label for f in findings(base, suffix) if f.severity < Severity.HINT)
        for kind in random.Random(seed).sample(sorted(PLANTS), 9):
            form, rng = copy.deepcopy(base), random.Random(f"{seed}{kind}")
            clean = copy.deepcopy(base)
            if kind == "等级与得分":
                clean.extra["grade"] = "优"
            if marks := PLANTS[kind](form, rng):
                planted[kind] += 1
                hits[kind] += found(clean, form, marks, suffix)
    for kind in PLANTS:
        print(f"{kind}\t{hits[kind]} of {planted[kind]}")
    print(f"all\t{hits.total()} of {planted.total()}")
    print(f"on {arguments.forms} clean forms\t{dict(loud) or 'none'}")


if __name__ == "__main__":
    main()
