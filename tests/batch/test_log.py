"""The log of a call: a line of JSON an event, whole whatever happens next."""

import json
from pathlib import Path

import pytest
from upath import UPath
from wenxiao.batch import Failure, Outcome, Progress, Run
from wenxiao.batch.log import Log


def test_a_line_an_event(tmp_path: Path) -> None:
    """Cells with their seconds, ends with memory and cause; written at once, in `logs` of the outputs."""
    run = Run("report", "one", {}, tmp_path, str(tmp_path / "outputs"))
    failure = Failure("report", "one", "ValueError", ("坏了",), 3, "x = 1")
    events = [Progress(run, 1, 4), Outcome(run, 1.5, {}, None, 5), Outcome(run, 2.0, failure=failure)]
    with Log(run.outputs) as log:
        passed = []
        for event in log.following(events):
            passed.append(event)
            assert len(Path(log.place.path).read_text(encoding="utf-8").splitlines()) == len(passed)
        log.write("finished", made=1)
    assert passed == events
    assert log.place.parent == UPath(tmp_path / "outputs" / "logs")
    lines = [json.loads(line) for line in Path(log.place.path).read_text(encoding="utf-8").splitlines()]
    assert [line.pop("time")[-6:] for line in lines] == ["+00:00"] * 4
    assert lines == [
        {"event": "cell", "run": "report/one", "cell": 1, "cells": 4, "seconds": 0.0},
        {"event": "done", "run": "report/one", "seconds": 1.5, "memory": 5},
        {
            "event": "failed",
            "run": "report/one",
            "seconds": 2.0,
            "memory": 0,
            "name": "ValueError",
            "cell": 3,
            "line": "x = 1",
            "messages": ["坏了"],
        },
        {"event": "finished", "made": 1},
    ]


def test_a_log_far_away_arrives_at_the_end(tmp_path: Path) -> None:
    """Where the outputs are no local folder, the log is there once it is closed."""
    run = Run("report", "one", {}, tmp_path, "memory://logged")
    with Log(run.outputs) as log:
        log.write("started")
    assert json.loads(log.place.read_text(encoding="utf-8"))["event"] == "started"


def test_a_log_that_a_store_refuses_is_said_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the runs came to is told all the same: the log only knows why it is lost."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("AccessDenied")

    with Log("memory://refused") as log:
        log.write("started")
        monkeypatch.setattr(type(log.place), "write_text", refuse)
    assert log.lost == "AccessDenied"
