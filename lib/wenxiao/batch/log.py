"""The log of one call of `wenxiao run`: a line of JSON an event, in `logs/` of the outputs.

Every line has `time` (UTC) and `event`: `started` (with the command's settings), `skipped` (run, reason), `cell` (run, cell,
cells, seconds since the run's first), `done` and `failed` (run, seconds, memory in bytes, and of a failure its name, cell,
line and messages), `finished` (counts). Secrets are in none of them.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import tempfile
import time
from collections.abc import Generator, Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from wenxiao.batch.run import Outcome, Progress
from wenxiao.project.made_files import refuse_links
from wenxiao.project.place import local, place_of

FOLDER = "logs"


class Log:
    """A log that is written as things happen; where the outputs are no local folder, it is sent there at the end."""

    def __init__(self, outputs: str) -> None:
        refuse_links(place_of(outputs), FOLDER)
        now = dt.datetime.now(dt.UTC)
        self.place = place_of(outputs) / FOLDER / f"{now:%Y%m%dT%H%M%S}-{os.getpid()}.jsonl"
        self._path = local(self.place)
        self._first: dict[str, float] = {}
        self.lost = ""
        """Why it could not be sent to where the outputs are; '' where it lies there."""
        if self._path is None:
            self._file: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed at the end
        else:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = Path.open(self._path, "a", encoding="utf-8", newline="\n")

    def __enter__(self) -> Log:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        del kind, error, trace
        with self._file:
            if self._path is None:
                self._file.seek(0)
                try:
                    self.place.parent.mkdir(parents=True, exist_ok=True)
                    self.place.write_text(self._file.read(), encoding="utf-8")
                except OSError as refused:
                    # What the runs came to is known, and is told whatever becomes of the log.
                    self.lost = str(refused.strerror or refused)

    def write(self, event: str, **facts: Any) -> None:
        """Writes the event to the file at once, so that a crash does not lose it."""
        now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        line = json.dumps({"time": now, "event": event, **facts}, ensure_ascii=False, default=str)
        self._file.write(line + "\n")
        self._file.flush()

    def following(self, events: Iterable[Progress | Outcome]) -> Generator[Progress | Outcome, None, None]:
        """The same events, each in the log."""
        for event in events:
            key = event.run.key
            if isinstance(event, Progress):
                since = time.monotonic() - self._first.setdefault(key, time.monotonic())
                self.write("cell", run=key, cell=event.cell, cells=event.cells, seconds=round(since, 3))
            else:
                self._first.pop(key, None)
                self._ended(event)
            yield event

    def _ended(self, outcome: Outcome) -> None:
        facts: dict[str, Any] = {
            "run": outcome.run.key,
            "seconds": round(outcome.seconds, 3),
            "memory": outcome.memory,
        }
        failure = outcome.failure
        if failure is None:
            self.write("done", **facts)
        else:
            cause = {
                "name": failure.name,
                "cell": failure.cell,
                "line": failure.line,
                "messages": list(failure.messages),
            }
            self.write("failed", **facts, **cause)
