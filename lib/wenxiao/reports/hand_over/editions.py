"""The editions of a run that lie in its folder, and which of them another one follows."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from wenxiao.model import RunError
from wenxiao.reports.comparison.side import read_results
from wenxiao.reports.hand_over.delivery import EDITIONS, Delivery
from wenxiao.reports.records import Results

_KEPT = re.compile(r"(.+)（第(\d+)次）")
_RESULTS = "results.json"
MANIFEST = "manifest.json"
"""What an edition's folder holds, with hashes; written with the rest."""


@dataclass(frozen=True)
class Edition:
    """An edition that was handed over: the name of its folder, what it said, its words by section as hashes."""

    name: str
    results: Results
    texts: Mapping[str, str] = field(default_factory=dict)


def texts_of(delivery: Delivery) -> dict[str, str]:
    """The hash of the analyst's words by section: whether they changed can be told without keeping them."""
    sections = delivery.project.narrative.sections
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in sections.items()}


@dataclass(frozen=True)
class Editions:
    """The editions in the folder of a run: the last of each stage by its name, those before it numbered."""

    folder: Path

    def before(self, delivery: Delivery) -> Edition | None:
        """The edition that a delivery follows: the last of the stage before it, else one of its own made earlier.

        What goes out of the house is compared only with what went out before: a reader of the one must not learn what
        stood in the other. None where there is none, or none that can still be read.
        """
        stages = EDITIONS[: EDITIONS.index(delivery.edition)]
        last = self._kept(delivery.edition)
        names = [*reversed(stages), *([self._name(delivery.edition, last)] if last else [])]
        found = (self._read(name, delivery) for name in names)
        return next((each for each in found if each is not None), None)

    def replaced(self, delivery: Delivery) -> Edition | None:
        """The edition of the same name under the name it will be kept by, where a delivery follows no other stage."""
        stages = EDITIONS[: EDITIONS.index(delivery.edition)]
        if any(self._read(name, delivery) for name in stages):
            return None
        there = self._read(delivery.edition, delivery)
        return replace(there, name=self.next_kept(delivery.edition).name) if there else None

    def next_kept(self, edition: str) -> Path:
        """Where the edition of that name is kept when another takes its place."""
        return self.folder / self._name(edition, self._kept(edition) + 1)

    def _kept(self, edition: str) -> int:
        """How many of a name are kept."""
        names = [path.name for path in self.folder.iterdir()] if self.folder.is_dir() else []
        found = (_KEPT.fullmatch(name) for name in names)
        return max((int(each[2]) for each in found if each and each[1] == edition), default=0)

    @staticmethod
    def _name(edition: str, number: int) -> str:
        return f"{edition}（第{number}次）"

    def _read(self, name: str, delivery: Delivery) -> Edition | None:
        path = self.folder / name / _RESULTS
        try:
            found = read_results(path.read_bytes(), name)
            texts = json.loads((self.folder / name / MANIFEST).read_text(encoding="utf-8"))["texts"]
        except (OSError, RunError, ValueError, KeyError):
            return None
        released = found.run.parameters.get("audience") == "release"
        return None if delivery.audience.release and not released else Edition(name, found, texts)
