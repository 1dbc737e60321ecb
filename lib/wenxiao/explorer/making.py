"""A report made by the command in a process of its own, and how far it is: the notebook stays alive, its kernel untouched."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from wenxiao.batch.log import FOLDER
from wenxiao.project import Workspace

_EVERY = 0.2
"""Seconds between two looks at the log."""


async def make_report(workspace: Workspace, run: str, told: Callable[[int, int], None]) -> tuple[str, ...]:
    """The command's lines if it failed, () if the report was made; `told(cell, cells)` is called as cells are reached."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from wenxiao.cli import main; main()", "run", run,
        cwd=workspace.root, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    waiting = asyncio.ensure_future(process.communicate())
    try:
        while not waiting.done():
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(waiting), _EVERY)
            reached = cells_of(workspace.outputs / FOLDER, process.pid)
            if reached is not None:
                told(*reached)
        said, _ = await waiting
    finally:
        if process.returncode is None:  # the cell was interrupted, or the panel is gone
            process.terminate()
    return tuple(said.decode("utf-8", "replace").splitlines()) if process.returncode else ()


def cells_of(folder: Path, process: int) -> tuple[int, int] | None:
    """The cell that the one run of a process is at, and of how many, by its log; None before the first."""
    for path in folder.glob(f"*-{process}.jsonl"):
        for line in reversed(path.read_text(encoding="utf-8").splitlines()):
            with suppress(ValueError):  # the last line may be half written
                event = json.loads(line)
                if event["event"] == "cell":
                    return event["cell"], event["cells"]
    return None
