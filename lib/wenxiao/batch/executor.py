"""What any way of executing runs offers: here, on forked processes, on other machines."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Protocol

from wenxiao.batch.run import Outcome, Progress, Run


class Executor(Protocol):
    """Executes runs, each on its own: whatever happens to one is the outcome of that one."""

    def execute(self, runs: Sequence[Run]) -> Generator[Progress | Outcome, None, None]:
        """Progress as it comes, and exactly one outcome a run, in the order they end.

        Closing the iterator, or an exception in the process that reads it, stops all that still runs.
        """
        ...
