"""The manifest of a run: what was made, when, from what, and what each file must be; written last, and alone believed.

A set of files without a manifest is being replaced, or its making was cut short. A manifest that cannot be read is none.
"""

from __future__ import annotations

import datetime as dt
import json
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from typing import Any

from pydantic_core import from_json
from upath import UPath

from wenxiao import __version__
from wenxiao.batch.run import Run
from wenxiao.batch.storage.fingerprint import DATA, PROFILE
from wenxiao.project.place import read_all

MANIFEST = "manifest.json"
SCHEMA_VERSION = 2

_PACKAGES = ("papermill", "nbclient", "nbconvert", "ipykernel", "pandas", "matplotlib")


def manifest_of(
    run: Run, key: str, results: Mapping[str, Any], seconds: float, engine: str
) -> dict[str, Any]:
    """The manifest of a run that has just been executed, as yet without its files, which publication adds.

    `key` is that of its Decision: taken before the run, so that data changed meanwhile makes it run again. If the run read
    other bytes than the key stands for, which could be changed back, the manifest has no key.
    """
    from wenxiao.reports.headline import headline  # noqa: PLC0415 - heavy, and only needed by the workers

    parts = json.loads(key) if key else {}
    return {
        "schema": SCHEMA_VERSION,
        "notebook": run.notebook,
        "run": run.name,
        "parameters": dict(run.parameters),
        "finished": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 2),
        "engine": engine,
        "versions": versions(),
        "key": parts if _as_read(parts, results["run"]["inputs"]) else {},
        "headline": headline(results),
    }


@cache
def versions() -> dict[str, str]:
    """The versions of this program, of Python and of the libraries that make reports; looked up once."""
    return {
        "wenxiao": __version__,
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in _PACKAGES},
    }


def with_former(manifest: Mapping[str, Any], former: bytes | None) -> dict[str, Any]:
    """The manifest, and beside it the headline of the one it takes the place of: what changed since then can be told."""
    before = _parsed(former or b"")
    headline = before and before.get("headline")
    if not isinstance(headline, dict):
        return dict(manifest)
    return {**manifest, "former": {key: value for key, value in headline.items() if key != "inputs"}}


def _as_read(parts: Mapping[str, Any], inputs: Iterable[Mapping[str, str]]) -> bool:
    """Whether the files that were read are those of the key, as far as it tells single files."""
    known = {**parts.get(PROFILE, {}), **parts.get(DATA, {})}
    return all(known.get(each["file"], each["sha256"]) == each["sha256"] for each in inputs)


def read_manifests(folders: Iterable[UPath]) -> dict[UPath, dict[str, Any]]:
    """The manifests of those run folders that have one, by folder."""
    contents = read_all(folder / MANIFEST for folder in folders)
    found = ((place.parent, _parsed(content)) for place, content in contents.items())
    return {folder: manifest for folder, manifest in found if manifest is not None}


def _parsed(content: bytes) -> dict[str, Any] | None:
    try:
        manifest = from_json(content)
    except ValueError:
        return None
    sound = isinstance(manifest, dict) and isinstance(manifest.get("files"), dict)
    return manifest if sound and manifest.get("schema") == SCHEMA_VERSION else None
