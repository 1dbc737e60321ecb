"""The requirements of a lock, as `uv pip compile` writes it: what is pinned, when, with which hashes, and who asks for it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.bundle.target import Target

_ASKED = "wenxiao (pyproject.toml)"
"""How a lock names the project itself; what only builds it is asked for by `wenxiao (pyproject.toml:build)`."""
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, eq=False)
class Locked:
    """One pinned requirement; `askers` are the names of those that need it."""

    requirement: Requirement
    hashes: frozenset[str]
    askers: frozenset[str]

    @property
    def name(self) -> str:
        """Its canonical name."""
        return str(canonicalize_name(self.requirement.name))

    @property
    def version(self) -> str:
        """The version it is pinned to."""
        (pin,) = self.requirement.specifier
        return pin.version

    def applies(self, environment: dict[str, str]) -> bool:
        """Whether it is needed in an environment."""
        marker = self.requirement.marker
        return marker is None or marker.evaluate(environment)

    def text(self, *, marker: bool) -> str:
        """The lines for pip, for one environment or, with its marker, for any."""
        when = f" ; {self.requirement.marker}" if marker and self.requirement.marker else ""
        lines = [
            f"{self.name}=={self.version}{when}",
            *(f"    --hash=sha256:{each}" for each in sorted(self.hashes)),
        ]
        return " \\\n".join(lines) + "\n"


def locked(text: str) -> list[Locked]:
    r"""The requirements of a lock in order, without those that only build the project.

    >>> [each.name for each in locked("a==1 \\\n    # via wenxiao (pyproject.toml)\nb==2\n    # via a\nc==3\n    # via d\n")]
    ['a', 'b']
    """
    everything = list(_entries(text))
    kept = {_ASKED}
    while more := {each.name for each in everything if each.askers & kept} - kept:
        kept |= more
    return [each for each in everything if each.name in kept]


def behind(requirements: Iterable[Locked], pyproject: str) -> list[str]:
    """What pyproject.toml asks for and a lock does not have."""
    pinned = {each.name for each in requirements}
    asked = map(Requirement, tomllib.loads(pyproject)["project"]["dependencies"])
    return [each.name for each in asked if canonicalize_name(each.name) not in pinned]


def applying(requirements: Iterable[Locked], target: Target) -> list[Locked]:
    """Those that some patch of the target's Python needs."""
    environments = list(target.environments)
    return [each for each in requirements if any(map(each.applies, environments))]


def _entries(text: str) -> Iterator[Locked]:
    for block in re.split(r"\n(?=\S)", text.strip()):
        first, *rest = block.replace("\\\n", "\n").splitlines()
        comments = (line.strip().removeprefix("#").strip() for line in rest if line.strip().startswith("#"))
        askers = (comment.removeprefix("via").strip() for comment in comments)
        yield Locked(
            Requirement(first.strip()), frozenset(_HASH.findall(block)), frozenset(filter(None, askers))
        )
