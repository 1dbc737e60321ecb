"""The dependencies of the lock held against what is allowed: `python -m scripts.audit`; vulnerabilities where there is a network.

Licences come from the metadata of what is installed. Known vulnerabilities are asked of the OSV database by `pip-audit` (run
through `uvx` or where it is installed); without a network that part is said not to have been done, and is no success.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from scripts.bundle.locked import locked

ROOT = Path(__file__).resolve().parents[1]
_STRONG = re.compile(
    r"(?<!L)(?<!LESSER )\bA?GPL|AFFERO|(?<!LESSER )GENERAL PUBLIC|PROPRIETARY|NON-?COMMERCIAL", re.IGNORECASE
)
"""What would bind a program that only imports the library, or forbid an office its use."""
_OR = re.compile(r"\bOR\b", re.IGNORECASE)


def licence_of(name: str) -> str:
    """The licence that an installed library states: its expression, else its classifiers, else the first line of its text."""
    said = distribution(name).metadata
    classes = [
        each.rpartition("::")[2].strip()
        for each in said.get_all("Classifier") or ()
        if each.startswith("License")
    ]
    first = (said.get("License") or "").strip().partition("\n")[0]
    return said.get("License-Expression") or " / ".join(classes) or first or "not stated"


def binding(licence: str) -> bool:
    """Whether a licence, in all its alternatives, is one of those that bind.

    >>> binding("GPL-3.0-only"), binding("LGPL-3.0"), binding("MIT OR GPL-2.0")
    (True, False, False)
    """
    return all(_STRONG.search(part) for part in _OR.split(licence))


def main() -> None:
    """Prints the licences by number; status 1 where one binds or is not stated, 3 where vulnerabilities were not looked up."""
    licences = {}
    for each in locked((ROOT / "requirements.lock").read_text(encoding="utf-8")):
        try:
            licences[each.name] = licence_of(each.name)
        except PackageNotFoundError:
            continue  # of another system
    for licence, count in Counter(licences.values()).most_common():
        print(f"{count:4}  {licence[:100]}")
    bad = {name: licence for name, licence in licences.items() if licence == "not stated" or binding(licence)}
    for name, licence in bad.items():
        print(f"to be looked at: {name}: {licence}")
    print(f"{len(licences)} libraries, {len(bad)} to be looked at")
    tool = [shutil.which("pip-audit")] if shutil.which("pip-audit") else [shutil.which("uvx"), "pip-audit"]
    done = None
    if tool[0]:
        command = [
            *map(str, tool),
            "--requirement",
            str(ROOT / "requirements.lock"),
            "--disable-pip",
            "--require-hashes",
        ]
        done = subprocess.run([*command, "--vulnerability-service", "osv"], check=False)
    if done is None or done.returncode not in (0, 1):
        print("known vulnerabilities: not looked up (pip-audit and a network are needed)")
    sys.exit(1 if bad or (done and done.returncode == 1) else 0 if done and not done.returncode else 3)


if __name__ == "__main__":
    main()
