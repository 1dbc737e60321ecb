"""The second round of a season: corrected forms come back, some errors mended, some still there, some new, some forms not at all."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from tests.seasons.season import FormTruth, Planted, Season, hand_in, put_errors


@dataclass(frozen=True)
class SecondRound:
    """The truth of a second round: its forms, and what of the first is mended, still there and new, and who did not come back."""

    folder: Path
    forms: tuple[FormTruth, ...]
    mended: tuple[Planted, ...]
    open: tuple[Planted, ...]
    new: tuple[Planted, ...]
    not_returned: tuple[FormTruth, ...]


def second_round(season: Season, folder: Path, seed: int) -> SecondRound:
    """Writes the forms that had errors once more, as corrected by their units; returns the truth."""
    rng = random.Random(f"second {seed}")
    back, away = [], []
    mended: list[Planted] = []
    for entry in season.entries:
        if not entry.planted:
            continue
        if rng.random() < 0.15:
            away.append(entry.truth())
            continue
        before = entry.errors()
        kept = [] if rng.random() < 0.6 else entry.planted
        if not kept:
            mended += before
        back.append((entry.returned(kept), kept))
    news = []
    for entry, _ in back:
        held = list(entry.planted)
        if rng.random() < 0.2:
            put_errors(entry, rng, len(held) + 1)
        news.append(len(held))
    hand_in([entry for entry, _ in back], folder, rng)
    errors = [(entry.errors(), held) for (entry, _), held in zip(back, news, strict=True)]
    return SecondRound(
        folder, tuple(entry.truth() for entry, _ in back), tuple(mended),
        tuple(error for each, held in errors for error in each[:held]),
        tuple(error for each, held in errors for error in each[held:]), tuple(away),
    )  # fmt: skip
