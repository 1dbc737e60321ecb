"""The values of options as people write them: durations, sizes, parts of a plan."""

from __future__ import annotations

import re
from typing import Any, Literal

import click

from wenxiao.language import _


class Amount(click.ParamType[Any]):
    """A duration or a size as people write it."""

    def __init__(self, name: Literal["duration", "size"]) -> None:
        self.name = name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Seconds or bytes."""
        from wenxiao.isolation import limits  # noqa: PLC0415

        if not isinstance(value, str):
            return value
        try:
            return getattr(limits, self.name)(value)
        except ValueError:
            words = {
                "size": _("{value!r} is no size; write 500MB or 2GB"),
                "duration": _("{value!r} is no duration; write 90s, 5m or 1h"),
            }
            self.fail(words[self.name].format(value=value), param, ctx)


class Shard(click.ParamType[Any]):
    """One of several equal parts of a plan."""

    name = "i/n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number of the part, from 1, and how many there are."""
        match = re.fullmatch(r"(\d+)/(\d+)", value)
        if not match or not 1 <= int(match[1]) <= int(match[2]):
            words = _("{value!r} is no part; write 1/4 for the first of four")
            self.fail(words.format(value=value), param, ctx)
        return int(match[1]), int(match[2])
