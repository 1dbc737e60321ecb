"""What a process may take: time, memory, room for what it prints; and how people write such amounts."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024**2
_TIME = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0, "秒": 1.0, "分": 60.0, "分钟": 60.0, "小时": 3600.0}
_SIZE = {"": 1, "b": 1, "k": 1024, "m": 1024**2, "g": 1024**3, "t": 1024**4}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may take: seconds from start to end, bytes of memory, bytes of output, seconds of its processors.

    None is without limit. `memory` counts what is taken beyond what the process began with.
    """

    seconds: float | None = None
    memory: int | None = None
    output: int = 64 * MEGABYTE
    processor: float | None = None


def duration(text: str) -> float:
    """The seconds of a duration as people write it; ValueError for anything else.

    >>> duration("90s"), duration("1h30m"), duration("1.5分钟"), duration("45")
    (90.0, 5400.0, 90.0, 45.0)
    """
    parts = re.findall(r"(\d+(?:\.\d+)?)\s*(小时|分钟|[hms秒分]?)", text.strip().lower())
    if not parts or "".join(number + unit for number, unit in parts) != "".join(text.lower().split()):
        raise ValueError(text)
    seconds = sum(float(number) * _TIME[unit] for number, unit in parts)
    if not seconds:
        raise ValueError(text)
    return seconds


def size(text: str) -> int:
    """The bytes of a size as people write it, in powers of 1024; ValueError for anything else.

    >>> size("2GB") == size("2048 MiB") == 2 * 1024**3
    True
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?", text.strip().lower())
    bytes_ = int(float(match[1]) * _SIZE[match[2]]) if match else 0
    if not bytes_:
        raise ValueError(text)
    return bytes_


def shown_duration(seconds: float) -> str:
    """A duration as a message words it.

    >>> shown_duration(90), shown_duration(300), shown_duration(0.5)
    ('90 秒', '5 分钟', '0.5 秒')
    """
    return f"{seconds / 60:g} 分钟" if seconds >= 120 and not seconds % 60 else f"{seconds:g} 秒"


def shown_size(number: int) -> str:
    """A size as a message words it.

    >>> shown_size(2 * 1024**3), shown_size(300 * 1024**2)
    ('2 GB', '300 MB')
    """
    return f"{number / 1024**3:.3g} GB" if number >= 1024**3 else f"{number / MEGABYTE:.3g} MB"


def fair_share(jobs: int) -> int | None:
    """The memory one of so many reports at a time may take if all do; None where the system does not say what is free."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        free = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
        for name in ("memory.max", "memory/memory.limit_in_bytes"):
            limit = Path("/sys/fs/cgroup") / name
            if limit.is_file() and (text := limit.read_text(encoding="ascii").strip()).isdigit():
                free = min(free, int(text))
    except (OSError, StopIteration, ValueError):
        return None
    return free // jobs


def confine(memory: int | None) -> None:
    """Limits this process and those it starts to `memory` bytes each beyond what it has, without core files.

    What is beyond raises MemoryError, or ends the process where a library does not ask. Where the system cannot hold a
    process to it (Windows, macOS), nothing is limited.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory is not None and sys.platform == "linux":
        # Private writable memory: what a blow-up takes, without mapped files and what is shared with the parent's code.
        limit = _own_memory() + memory
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        own = [each for each in (limit, hard) if each != resource.RLIM_INFINITY]
        resource.setrlimit(resource.RLIMIT_DATA, (min(own), hard))  # the system's own limit counts too


def allow_more() -> None:
    """Raises the limit of a process that has met it a little, so that it can report it."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - not on Windows

        soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        if soft != hard:
            more = soft + 256 * MEGABYTE
            resource.setrlimit(
                resource.RLIMIT_DATA, (more if hard == resource.RLIM_INFINITY else min(more, hard), hard)
            )


def let_go() -> None:
    """Lets this process take as much memory again as it was allowed when it began."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - not on Windows

        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))


def _own_memory() -> int:
    for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    return 0


def one_thread() -> None:
    """Makes libraries imported from now on use one thread each: reports run side by side, and forks need single threads."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_IO_THREADS"):
        os.environ.setdefault(name, "1")
