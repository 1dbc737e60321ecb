"""The commands that write, disturbed: killed, interrupted, on a full disk, two at once. What they leave must be whole."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .city import COMMANDS, Ended, begin, broken, call, ended, left_behind, made, of_people, start
from .trial import Trial

_PROMPT = 2.0  # seconds in which an interrupted command ends, on a machine that does nothing else


@dataclass(frozen=True)
class Undisturbed:
    """A command that nothing disturbs: where it begins, how long it takes, what it leaves, how much that takes."""

    name: str
    root: Path
    seconds: float
    people: dict[str, str]
    made: dict[str, str]
    bytes: int

    @classmethod
    def of(cls, name: str, root: Path, folder: Path) -> Undisturbed:
        """The command carried through in a copy of the workspace it begins with."""
        copy = folder / "undisturbed" / name
        shutil.copytree(root, copy)
        begun = time.monotonic()
        call(COMMANDS[name], copy)
        seconds = time.monotonic() - begun
        return cls(name, root, seconds, of_people(root), made(copy), _written(copy, root))


def disturbed(kind: str, folder: Path, first: int, count: int, names: tuple[str, ...]) -> Iterator[Trial]:
    """`count` trials of each command, disturbed in one way."""
    states = begin(folder)
    for name in names or tuple(COMMANDS):
        plain = Undisturbed.of(name, states[name], folder)
        for number in range(first, first + count):
            root = folder / "trial"
            faults: list[str] = []
            with _place(kind, plain, root, number, count) as place:
                outcome = _KINDS[kind](plain, place.root, random.Random(f"{name} {number}"), faults)
                faults += _checked(plain, place)
            yield Trial(f"{kind} {name} {number}", outcome, tuple(faults))


class _place:  # noqa: N801 - a context
    """A copy of the workspace that the command begins with; on a disk of its own with so much room left where it is to be full."""

    def __init__(self, kind: str, plain: Undisturbed, root: Path, number: int, count: int) -> None:
        self.root, self._plain = root, plain
        # From nothing to somewhat more than all that the command writes.
        self._room = int(plain.bytes * 1.2 * (number % count) / count) if kind == "disk" else None

    def __enter__(self) -> _place:
        shutil.rmtree(self.root, ignore_errors=True)
        if self._room is not None:
            self.root.mkdir()
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", self.root], check=True)
        shutil.copytree(self._plain.root, self.root, dirs_exist_ok=True)
        if self._room is not None:
            self.resize(max(1, (_used(self.root) + self._room) // 4096))
        return self

    def resize(self, pages: int) -> None:
        """Gives the disk so many pages, where it is one of its own."""
        if self._room is not None:
            size = f"remount,size={pages * 4096}"
            subprocess.run(["mount", "-o", size, self.root], check=True)

    def __exit__(self, *_: object) -> None:
        if self._room is not None:
            subprocess.run(["umount", "-l", self.root], check=True)
        shutil.rmtree(self.root, ignore_errors=True)


def _checked(plain: Undisturbed, place: _place) -> list[str]:
    """What does not hold: of what was left, and of the same command after it."""
    root = place.root
    faults = list(broken(root))
    if of_people(root) != plain.people:
        faults.append("a person's file is gone or changed")
    place.resize(1 << 16)
    try:
        call(COMMANDS[plain.name], root)
    except RuntimeError as error:
        return [*faults, f"afterwards: {error}"]
    faults += [f"afterwards: {each}" for each in (*broken(root), *left_behind(root))]
    if of_people(root) != plain.people:
        faults.append("afterwards a person's file is gone or changed")
    now = made(root)
    kept = {name for name in now if "征求意见稿" in name} if plain.name == "deliver" else set()
    differ = [name for name in plain.made if now.get(name) != plain.made[name] and name not in kept]
    return [*faults, *(f"afterwards {name} is another" for name in differ)]


def _killed(plain: Undisturbed, root: Path, rng: random.Random, faults: list[str]) -> str:
    del faults
    process = start(COMMANDS[plain.name], root)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_moment(plain, rng))
    if process.poll() is None:
        if rng.random() < 0.5:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    done = ended(process)
    time.sleep(0.3)  # what it had started ends with it
    return "killed" if done.status == -signal.SIGKILL else "had ended"


def _interrupted(plain: Undisturbed, root: Path, rng: random.Random, faults: list[str]) -> str:
    process = start(COMMANDS[plain.name], root)
    with suppress(subprocess.TimeoutExpired):
        process.wait(max(0.1, _moment(plain, rng)))
    begun, busy = time.monotonic(), os.getloadavg()[0]
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
    done = ended(process)
    took = time.monotonic() - begun
    if done.status in (0, 1):
        return "had ended"
    if took > _PROMPT * max(1.0, busy / (os.cpu_count() or 1)):
        faults.append(f"{took:.1f} s to end")
    _sentence(done, (130,), faults)
    return "interrupted"


def _full(plain: Undisturbed, root: Path, rng: random.Random, faults: list[str]) -> str:
    del rng
    done = ended(start(COMMANDS[plain.name], root))
    if done.status in (0, 1):
        return "had room"
    _sentence(done, (3,), faults)
    return "full"


def _twice(plain: Undisturbed, root: Path, rng: random.Random, faults: list[str]) -> str:
    first = start(COMMANDS[plain.name], root)
    time.sleep(rng.uniform(0, plain.seconds / 3))
    second = start(COMMANDS[plain.name], root)
    for done in (ended(first), ended(second)):
        _sentence(done, (0, 1), faults)
    return "both"


_KINDS: dict[str, Callable[[Undisturbed, Path, random.Random, list[str]], str]] = {
    "kills": _killed,
    "interrupts": _interrupted,
    "disk": _full,
    "twice": _twice,
}
KINDS = tuple(_KINDS)


def _sentence(done: Ended, statuses: tuple[int, ...], faults: list[str]) -> None:
    if done.status not in statuses:
        faults.append(f"status {done.status}: {done.said[-300:]}")
    elif "Traceback" in done.said or "Exception ignored" in done.said:
        faults.append(f"a traceback: {done.said[-600:]}")
    elif not done.said.strip() and done.status not in (0, 1):
        faults.append("not a word")


def _moment(plain: Undisturbed, rng: random.Random) -> float:
    """A moment of the command; the last part, in which it writes, is tried most."""
    return plain.seconds * (1 - rng.random() ** 2 if rng.random() < 0.7 else rng.random())


def _written(copy: Path, root: Path) -> int:
    """The size of the files that are new or other ones, in whole pages."""
    total = 0
    for path in copy.rglob("*"):
        before = root / path.relative_to(copy)
        if path.is_file() and not (before.is_file() and before.read_bytes() == path.read_bytes()):
            total += -(-path.stat().st_size // 4096) * 4096
    return total


def _used(root: Path) -> int:
    held = os.statvfs(root)
    return (held.f_blocks - held.f_bfree) * held.f_frsize
