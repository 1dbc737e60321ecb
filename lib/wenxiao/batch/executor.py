"""What any way of executing runs offers: here in forked processes or kernels, on other machines."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from wenxiao.batch.run import Outcome, Progress, Run

NO_KEYS: Mapping[str, str] = MappingProxyType({})


class Executor(Protocol):
    """Executes runs, each on its own: whatever happens to one is the outcome of that one."""

    def execute(
        self, runs: Sequence[Run], keys: Mapping[str, str] = NO_KEYS
    ) -> Generator[Progress | Outcome, None, None]:
        """Progress as it comes, and exactly one outcome a run, in the order they end.

        `keys` are those of the runs' Decisions, by `Run.key`, for their manifests. Closing the iterator, or an exception in
        the process that reads it, stops all that still runs.
        """
        ...


class Retrying:
    """Executes runs by another executor, and those that failed again, up to so many times; an Executor."""

    def __init__(self, executor: Executor, retries: int) -> None:
        self._executor = executor
        self._retries = retries

    def execute(
        self, runs: Sequence[Run], keys: Mapping[str, str] = NO_KEYS
    ) -> Generator[Progress | Outcome, None, None]:
        """Progress and outcomes, that of the last attempt only; see Executor."""
        for attempt in range(self._retries + 1):
            failed: deque[Run] = deque()
            for event in self._executor.execute(runs, keys):
                if isinstance(event, Outcome) and event.failure and attempt < self._retries:
                    failed.append(event.run)
                else:
                    yield event
            runs = tuple(failed)
            if not runs:
                return
