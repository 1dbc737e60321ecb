"""Returned forms with random mess through `wenxiao collect`: `python -m scripts.returned_forms --forms 2000 --first 0`.

Resumes: what an earlier call did with the same seeds is kept in outputs/fuzz and not done again (`--anew` does it again).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from wenxiao.project.made_files import recording

from .campaign import BATCH, Account, city_of

KEPT = Path(__file__).resolve().parents[2] / "outputs" / "fuzz"


def main() -> None:
    """Runs the campaign and prints its account; status 1 where a number was lost."""
    parser = argparse.ArgumentParser(prog="python -m scripts.returned_forms", description=__doc__)
    parser.add_argument("--forms", type=int, default=2000, help="how many counties return a form")
    parser.add_argument("--first", type=int, default=0, help="the seed of the first")
    parser.add_argument("--anew", action="store_true", help="forget what earlier calls did")
    asked = parser.parse_args()
    whole, start = Account(), time.monotonic()
    with recording(KEPT, "scripts.returned_forms"):
        _campaign(asked, whole)
    _print(whole, time.monotonic() - start)
    sys.exit(1 if whole.against else 0)


def _campaign(asked: argparse.Namespace, whole: Account) -> None:
    for first in range(asked.first, asked.first + asked.forms, BATCH):
        kept = KEPT / f"{first:06}.json"
        account = None if asked.anew or not kept.is_file() else _read(kept)
        if account is None:
            with tempfile.TemporaryDirectory() as folder:
                account = city_of(first, Path(folder) / "某市")
            kept.write_text(json.dumps(account.__dict__, ensure_ascii=False, indent=1), encoding="utf-8")
        whole.add(account)
        for said in account.against:
            print(said)


def _read(path: Path) -> Account:
    said = json.loads(path.read_text(encoding="utf-8"))
    return Account(
        **{key: Counter(value) if isinstance(value, dict) else value for key, value in said.items()}
    )


def _print(account: Account, seconds: float) -> None:
    print(
        f"{account.forms} forms in {account.files} files, seeds {min(account.seeds)}–{max(account.seeds)}, {seconds:.0f} s"
    )
    for title, counted in (
        ("numbers", account.outcomes),
        ("not read, by reason", account.reasons),
        ("mess", account.done),
    ):
        print(f"\n{title}: {counted.total()}")
        for name, count in counted.most_common():
            print(f"  {count:8}  {name}")
    print(f"\nagainst the law: {len(account.against)}")


if __name__ == "__main__":
    main()
