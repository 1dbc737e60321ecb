"""Which words of a sheet the registry knows as headers, asked often and answered once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wenxiao.fields import Registry


class Vocabulary:
    """What a registry says of the texts of a sheet, for finding headers before anything else is known."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._kinds = {kind.key: kind.layout for kind in registry.kinds}
        self._known: dict[str, frozenset[str]] = {}

    def kinds_of(self, text: str) -> frozenset[str]:
        """The kinds of table in which a text is the header of a field."""
        kinds = self._known.get(text)
        if kinds is None:
            kinds = frozenset(kind for kind in self._kinds if self._registry.match(text, kind) is not None)
            self._known[text] = kinds
        return kinds

    def hits(self, texts: Iterable[str]) -> int:
        """How many of the texts are headers of one and the same kind of table, the kind that knows most."""
        counts = dict.fromkeys(self._kinds, 0)
        for text in set(texts):
            for kind in self.kinds_of(text):
                if self._kinds[kind] == "table":
                    counts[kind] += 1
        return max(counts.values(), default=0)

    def is_particular(self, text: str) -> bool:
        """Whether a text names a particular of a project, as the left side of a head does."""
        return any(self._kinds[kind] == "head" for kind in self.kinds_of(text))

    def names_a_record(self, text: str) -> bool:
        """Whether a text is the name of a place or of a funding source, which stands before figures and heads none."""
        likes = [kind.names_like for kind in self._registry.kinds if kind.names_like]
        return any(re.search(like, text) for like in likes) or self._registry.source(text) is not None
