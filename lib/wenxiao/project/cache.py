"""The cache of this machine's user: what can be found out again, kept so that it need not be. Nothing relies on it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from platformdirs import user_cache_path
from pydantic_core import from_json, to_json
from upath import UPath

from wenxiao.project.place import write_whole

CACHE_VARIABLE = "WENXIAO_CACHE"


def cache_folder(name: str) -> Path:
    """The folder of that name in `WENXIAO_CACHE`, else in the place that the system has for caches; it may not be there."""
    named = os.environ.get(CACHE_VARIABLE)
    return (Path(named) if named else user_cache_path("wenxiao", appauthor=False)) / name


def recall(path: Path) -> dict[str, object]:
    """What `remember` kept at a path of the cache; empty if nothing, or nothing sound, is there."""
    try:
        found = from_json(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def remember(path: Path, value: dict[str, object]) -> None:
    """Stores the value at a path of the cache, if that can be written."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(UPath(path), to_json(value))
