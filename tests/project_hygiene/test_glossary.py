"""The glossary names what is there."""

import re
from pathlib import Path


def test_names_and_places_of_the_glossary_exist(checkout: Path) -> None:
    """Each name in code stands in a module or in the registry, and each place is a module or a folder of the package."""
    package = checkout / "lib" / "wenxiao"
    rows = re.findall(
        r"^\| [^|]+ \| ([^|]+) \| ([^|]+) \|$",
        (checkout / "docs" / "glossary.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )[1:]
    code = "\n".join(
        path.read_text(encoding="utf-8") for end in ("py", "yaml") for path in package.rglob(f"*.{end}")
    )
    names = {name.rpartition(".")[2] for row in rows for name in re.findall(r"`([^`]+)`", row[0])}
    places = {place for row in rows for place in re.findall(r"`([^`]+)`", row[1])}
    assert len(rows) > 20
    assert {name for name in names if not re.search(rf"\b{re.escape(name)}\b", code)} == set()
    assert {place for place in places if not (package / place).exists()} == set()
