"""The last look at results that leave the house: nothing in them names a peer, whatever part was added since."""

from __future__ import annotations

from typing import Any

from wenxiao.evaluation import Audience
from wenxiao.reports.records import Results


def without_peers(results: Results, audience: Audience) -> Results:
    """The results without entries that name a peer of the district they are about; the same where there is none to hide."""
    if not audience.peers:
        return results
    return Results.model_validate(_cut(results.model_dump(mode="json"), audience))


def _cut(value: Any, audience: Audience) -> Any:
    """A value of JSON without texts that name a peer, and lists without the entries that such a text belongs to."""
    match value:
        case str():
            return "" if audience.names_a_peer(value) else value
        case dict():
            return {key: _cut(each, audience) for key, each in value.items()}
        case list():
            return [_cut(each, audience) for each in value if not _named(each, audience)]
    return value


def _named(entry: Any, audience: Audience) -> bool:
    texts = entry.values() if isinstance(entry, dict) else (entry,)
    return any(isinstance(text, str) and audience.names_a_peer(text) for text in texts)
