"""What a bundle is made for: a system, a processor, a version of Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from packaging.tags import Tag, compatible_tags, cpython_tags

_OLDEST_GLIBC, _NEWEST_GLIBC = 5, 28
"""manylinux_2_5 to manylinux_2_28: what runs on Kylin V10, UOS 20, Debian 10, RHEL 8 and newer."""
_LEGACY = {5: "manylinux1", 12: "manylinux2010", 17: "manylinux2014"}


def _manylinux(processor: str) -> tuple[str, ...]:
    names: list[str] = []
    for minor in range(_NEWEST_GLIBC, _OLDEST_GLIBC - 1, -1):
        names.append(f"manylinux_2_{minor}_{processor}")
        if minor in _LEGACY:
            names.append(f"{_LEGACY[minor]}_{processor}")
    return tuple(names)


PLATFORMS = {
    "linux": _manylinux("x86_64"),
    "linux-arm": _manylinux("aarch64"),
    "windows": ("win_amd64",),
}
"""The names of platforms, and the tags of the wheels that run there, best first."""


@dataclass(frozen=True)
class Target:
    """A platform by its name in PLATFORMS, and a version of Python such as 3.12."""

    platform: str
    version: str

    @property
    def environments(self) -> Iterator[dict[str, str]]:
        """What markers see there, under the first and under the last patch of the version."""
        windows = self.platform == "windows"
        for patch in (0, 99):
            yield {
                "implementation_name": "cpython",
                "implementation_version": f"{self.version}.{patch}",
                "os_name": "nt" if windows else "posix",
                "platform_machine": "AMD64"
                if windows
                else PLATFORMS[self.platform][0].partition("_2_28_")[2],
                "platform_python_implementation": "CPython",
                "platform_release": "",
                "platform_system": "Windows" if windows else "Linux",
                "platform_version": "",
                "python_full_version": f"{self.version}.{patch}",
                "python_version": self.version,
                "sys_platform": "win32" if windows else "linux",
            }

    @property
    def tags(self) -> frozenset[Tag]:
        """The tags of the wheels that can be installed there."""
        major, minor = map(int, self.version.split("."))
        interpreter, platforms = f"cp{major}{minor}", PLATFORMS[self.platform]
        return frozenset(
            (
                *cpython_tags((major, minor), platforms=platforms),
                *compatible_tags((major, minor), interpreter, platforms),
            )
        )

    @property
    def options(self) -> list[str]:
        """The options by which pip takes wheels for there and not for here."""
        platforms = (word for name in PLATFORMS[self.platform] for word in ("--platform", name))
        return [*platforms, "--implementation", "cp"]
