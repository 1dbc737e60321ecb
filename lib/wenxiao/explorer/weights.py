"""Tried weights: of every scored indicator exactly, shown by level, kept in a file by the fewest names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from wenxiao.evaluation.robustness import ScoreMatrix
from wenxiao.evaluation.what_if import WhatIf, balanced
from wenxiao.model import decimal_text

Path = tuple[str, ...]


@dataclass(frozen=True)
class Weights:
    """The weight of every leaf of a tree of indicators, `real` and as `tried`; all sums are exact.

    A path of the tree stands for the leaves below it: () for all of them.
    """

    real: Mapping[Path, Fraction]
    tried: Mapping[Path, Fraction]

    @classmethod
    def of(cls, matrix: ScoreMatrix, trial: WhatIf) -> Weights:
        """The weights of a matrix beside those of a trial on it."""
        return cls(*({leaf.path: leaf.weight for leaf in each.leaves} for each in (matrix, trial.matrix)))

    @property
    def groups(self) -> tuple[Path, ...]:
        """The paths that have several parts to share their weight: the whole first, then each indicator that does."""
        inner = dict.fromkeys(leaf[:depth] for leaf in self.real for depth in range(len(leaf)))
        return tuple(sorted((path for path in inner if len(self.parts(path)) > 1 or not path), key=len))

    def parts(self, group: Path) -> tuple[Path, ...]:
        """The indicators directly below a path."""
        depth = len(group) + 1
        below = (leaf for leaf in self.real if leaf[: len(group)] == group and len(leaf) >= depth)
        return tuple(dict.fromkeys(leaf[:depth] for leaf in below))

    def weight(self, path: Path) -> Fraction:
        """The tried weight of an indicator."""
        return _sum(self.tried, path)

    def moved(self, part: Path, weight: Fraction, locked: Collection[Path] = ()) -> Weights:
        """These weights with one indicator set, those beside it shrunk or grown in proportion, `locked` ones kept.

        The weight of what they are parts of stays, and so do the proportions below each of them.
        """
        beside = self.parts(part[:-1])
        before = {"—".join(each): self.weight(each) for each in beside}
        after = balanced(before, "—".join(part), weight, {"—".join(each) for each in locked})
        tried = dict(self.tried)
        for each in beside:
            old, new = before["—".join(each)], after["—".join(each)]
            kept = self.tried if old else self.real  # what was 0 has no proportions of its own
            whole = _sum(kept, each)
            for leaf in self.real:
                if leaf[: len(each)] == each:
                    tried[leaf] = kept[leaf] * new / whole if whole else Fraction(0)
        return Weights(self.real, tried)

    @property
    def named(self) -> dict[str, str]:
        """The weights that differ from the real ones, each exactly, by the fewest names: parts moved together by their whole."""
        return {self._name(path): exact_text(self.weight(path)) for path in self._changed(())}

    def _changed(self, path: Path) -> Iterator[Path]:
        below = [leaf for leaf in self.real if leaf[: len(path)] == path]
        if all(self.tried[leaf] == self.real[leaf] for leaf in below):
            return
        old, new = _sum(self.real, path), self.weight(path)
        if path and all(self.tried[leaf] * old == self.real[leaf] * new for leaf in below):
            yield path
        else:
            for part in self.parts(path):
                yield from self._changed(part)

    def _name(self, path: Path) -> str:
        """An indicator's own name, or its path where several have that name."""
        paths = {leaf[:depth] for leaf in self.real for depth in range(1, len(leaf) + 1)}
        alone = sum(each[-1] == path[-1] for each in paths) == 1
        return path[-1] if alone else "—".join(path)


def _sum(weights: Mapping[Path, Fraction], path: Path) -> Fraction:
    return sum((weight for leaf, weight in weights.items() if leaf[: len(path)] == path), Fraction(0))


def exact_text(weight: Fraction) -> str:
    """A weight as a file holds it: decimals where they end, else the fraction itself.

    >>> exact_text(Fraction("17.50")), exact_text(Fraction(210, 13))
    ('17.5', '210/13')
    """
    text = decimal_text(weight)
    return text if Fraction(text) == weight else str(weight)
