"""What the command asks of the warm parent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wenxiao.batch.run import Run


@dataclass(frozen=True)
class Order:
    """A run to make, with the key of its Decision; `shared` says that other runs are of the same project.

    A `loan` is a notebook ready to run, for papermill in another process: it is executed in place, and nothing else is made.
    """

    run: Run
    key: str
    shared: bool = False
    loan: Path | None = None
