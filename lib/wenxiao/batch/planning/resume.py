"""Which runs are due, and why: an unchanged report is not made again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from wenxiao.batch.log import FOLDER as LOGS
from wenxiao.batch.run import FAILED, Run
from wenxiao.batch.storage import fingerprint
from wenxiao.batch.storage.fingerprint import Fingerprints
from wenxiao.batch.storage.manifest import MANIFEST, read_manifests
from wenxiao.language import _
from wenxiao.project.place import FileState, listings, local, place_of

Names = tuple[tuple[str, Literal["new", "gone", "changed"]], ...]
"""Names that differ, and how."""

_SHOWN = 3  # names in a reason; the others are counted


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a run is due, or why not: a sentence of the catalogue, and the names that differ, each new, gone or changed.

    Its text is in the language that is spoken when it is asked for: a log of a Chinese command is English.
    """

    sentence: str
    names: Names = ()

    def __str__(self) -> str:
        words = {"new": _("{name} (new)"), "gone": _("{name} (gone)"), "changed": "{name}"}
        names = _(", ").join(words[how].format(name=name) for name, how in self.names[:_SHOWN])
        if len(self.names) > _SHOWN:
            names = _("{names} … {count} in all").format(names=names, count=len(self.names))
        return _(self.sentence).format(names=names)


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a run is due, the reasons, and the key of what it would be made from.

    The key is a text: equal texts, equal inputs. It goes into the manifest.
    """

    run: Run
    due: bool
    reasons: tuple[Reason, ...]
    key: str

    @property
    def reason(self) -> str:
        """All reasons as one text."""
        return described(self.reasons)


def described(reasons: Iterable[Reason]) -> str:
    """Reasons as one text, in the language that is spoken."""
    return _("; ").join(map(str, reasons))


_UNCHANGED, _FORCED = Reason("nothing changed"), Reason("all are to be made again")


def decisions(runs: Sequence[Run], *, force: bool = False) -> tuple[Decision, ...]:
    """A decision for each run, in order; `force` makes all of them due.

    A run is not due if its manifest has the key that it would be made from now, and its files are there as the manifest
    has them: by size, and by the store's own mark where it gives one.
    """
    makers: dict[Path, Fingerprints] = {}
    keys = [makers.setdefault(run.root, Fingerprints(run.root)).key(run) for run in runs]
    if force:
        return tuple(Decision(run, True, (_FORCED,), key) for run, key in zip(runs, keys, strict=True))
    places = [run.place for run in runs]
    found = listings({*places, *(place.parent for place in places)})
    manifests = read_manifests(place for place in places if MANIFEST in found[place])
    made = []
    for run, place, key in zip(runs, places, keys, strict=True):
        failed = run.name + FAILED in found[place.parent]
        reasons = tuple(_reasons(run, key, manifests.get(place), found[place], failed=failed))
        made.append(Decision(run, bool(reasons), reasons or (_UNCHANGED,), key))
    return tuple(made)


def _reasons(
    run: Run, key: str, manifest: Mapping[str, Any] | None, files: Mapping[str, FileState], *, failed: bool
) -> Iterator[Reason]:
    """Why a run is due; nothing if it is not."""
    if failed:
        yield Reason("the last run failed")
    if manifest is None or (manifest["notebook"], manifest["run"]) != (run.notebook, run.name):
        if not failed:
            yield Reason("the last run did not finish") if files else Reason("never made")
        return
    yield from changes(manifest["key"], json.loads(key))
    for name, file in manifest["files"].items():
        state = files.get(name)
        if state is None:
            yield Reason("{names} is missing", ((name, "changed"),))
        elif state.size != file["size"] or (state.mark and state.mark != file.get("mark", state.mark)):
            yield Reason("{names} is not as it was made", ((name, "changed"),))


def changes(former: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Reason]:
    """What is not as it was when the report was made."""
    if not former:
        yield Reason("the data changed during the last run")
        return
    for part, reason in (
        (fingerprint.DATA, Reason("the data changed: {names}")),
        (fingerprint.PARAMETERS, Reason("the parameters changed: {names}")),
        (fingerprint.PROFILE, Reason("the rules of evaluation changed: {names}")),
    ):
        if former[part] != now[part]:
            yield replace(reason, names=_differing(former[part], now[part]))
    for part, reason in (
        (fingerprint.NOTEBOOK, Reason("the notebook changed")),
        (fingerprint.PROGRAM, Reason("the program changed")),
        (fingerprint.TEMPLATE, Reason("the report's template changed")),
        (fingerprint.PACKAGES, Reason("the installed packages changed")),
    ):
        if former[part] != now[part]:
            yield reason


def _differing(former: Mapping[str, object], now: Mapping[str, object]) -> Names:
    """The names whose values differ, those that are new and those that are gone.

    >>> _differing({"a": 1, "b": 1, "c": 1}, {"a": 2, "c": 1, "d": 1})
    (('a', 'changed'), ('b', 'gone'), ('d', 'new'))
    """
    return tuple(
        (name, "new" if name not in former else "gone" if name not in now else "changed")
        for name in sorted({*former, *now})
        if name not in former or name not in now or former[name] != now[name]
    )


def index_is_current(outputs: str, parameters: Path) -> bool:
    """Whether the index of a local folder of outputs is newer than every run's folder and every parameter file's folder.

    Making it takes longer than finding out that nothing is due. Of a store, which tells no such times, it is never current.
    """
    folder = local(place_of(outputs))
    if folder is None:
        return False
    try:
        made = (folder / "index.html").stat().st_mtime_ns
        places = [
            each
            for each in folder.iterdir()
            if each.is_dir() and each.name != LOGS and not each.name.startswith(".")
        ]
        changed = [entry.stat().st_mtime_ns for each in places for entry in os.scandir(each)]
        changed += [each.stat().st_mtime_ns for each in (*places, parameters, *parameters.iterdir())]
    except OSError:
        return False
    return max(changed) < made
