"""What was tried, and whether it held."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Trial:
    """One attempt; `faults` are what did not hold, none where all did; `outcome` is how it ended, to be counted."""

    case: str
    outcome: str
    faults: tuple[str, ...] = ()
