"""A file something was read from, by its name and the hash of its bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file that was read: its name within its folder and the SHA-256 of its bytes."""

    name: str
    sha256: str

    @classmethod
    def of(cls, name: str, content: bytes) -> InputFile:
        """The file of that name with that content.

        >>> InputFile.of("a.csv", b"").sha256[:8]
        'e3b0c442'
        """
        return cls(name, hashlib.sha256(content).hexdigest())
