"""Runs on this machine: each in a child of the fork server, or in a kernel where a notebook needs one or where that is asked."""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from wenxiao.batch.fork.fork_pool import ForkPool
from wenxiao.batch.kernel_pool import KernelPool
from wenxiao.batch.notebook.engine_choice import why_kernel_of
from wenxiao.batch.run import NO_KEYS, Outcome, Progress, Run
from wenxiao.isolation.limits import Limits

Engine = Literal["wenxiao", "kernel"]


class LocalPool:
    """Executes up to `jobs` runs at a time; an Executor."""

    def __init__(self, jobs: int, limits: Limits = Limits(), engine: Engine = "wenxiao") -> None:  # noqa: B008 - frozen
        self.engine = engine
        self._forks = ForkPool(jobs, limits)
        self._kernels = KernelPool(jobs, limits)

    def preload(self, root: Path) -> None:
        """Starts preloading for the workspace at `root` while this process goes on."""
        if self.engine == "wenxiao" and hasattr(os, "fork"):
            self._forks.preload(root)

    def close(self) -> None:
        """Ends what was preloaded and is not used."""
        self._forks.close()

    def in_kernels(self, runs: Sequence[Run]) -> Mapping[str, str]:
        """Why a kernel runs them, by notebook, for those that it runs though the engine is another."""
        if self.engine == "kernel":
            return {}
        sources = {run.notebook: run.source for run in runs}
        reasons = {notebook: why_kernel_of(source) for notebook, source in sources.items()}
        return {notebook: reason for notebook, reason in reasons.items() if reason}

    def execute(
        self, runs: Sequence[Run], keys: Mapping[str, str] = NO_KEYS
    ) -> Generator[Progress | Outcome, None, None]:
        """Progress and outcomes; see Executor."""
        elsewhere = self.in_kernels(runs)
        forked = [run for run in runs if self.engine == "wenxiao" and run.notebook not in elsewhere]
        try:
            if forked:
                yield from self._forks.execute(forked, keys)
            others = [run for run in runs if self.engine == "kernel" or run.notebook in elsewhere]
            if others:
                yield from self._kernels.execute(others, keys)
        finally:
            self.close()
