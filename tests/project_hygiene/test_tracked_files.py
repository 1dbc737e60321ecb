"""What is committed is small, belongs to no machine, and keeps to the size of one concept."""

import re
from pathlib import Path

MEGABYTE = 1_000_000
LONGEST_MODULE = 300
BINARY = {".xlsx", ".xls", ".ods", ".png", ".csv", ".mo", ".ttc", ".docx", ".et", ".pdf"}
# Absolute paths into somebody's machine, and addresses of package indexes.
_PLACES = "|".join(map("-".join, (("index", "url"), ("extra", "index", "url"), ("find", "links"))))
MACHINE = re.compile(
    r"(?:^|[^.\w/-])/(?:work|root|home|Users)/[A-Za-z._]"
    r"|[A-Za-z]:\\{1,2}Users\\"
    rf"|--(?:{_PLACES})\b"
)


def test_no_large_file(tracked: list[Path], checkout: Path) -> None:
    """No tracked file is larger than 1 MB: generated things and bulk data are not committed."""
    assert [str(path.relative_to(checkout)) for path in tracked if path.stat().st_size > MEGABYTE] == []


def test_no_machine_paths(tracked: list[Path], checkout: Path) -> None:
    """No tracked text names a path of one machine or a place where packages come from."""
    found = [
        f"{path.relative_to(checkout)}:{number}: {line.strip()[:120]}"
        for path in tracked
        if path.suffix not in BINARY and path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if MACHINE.search(line)
    ]
    assert found == []


def test_machine_path_is_recognised() -> None:
    """The pattern finds a home folder in a sentence and leaves addresses and relative paths alone."""
    home = "/" + "home/someone/data"
    assert MACHINE.search(f"open('{home}')")
    assert MACHINE.search("C:" + r"\Users\someone")
    assert MACHINE.search('"--' + "-".join(("find", "links")) + '", here')
    assert not MACHINE.search("https://example.org/" + "home/page")
    assert not MACHINE.search("data/" + "work/x.xlsx")


def test_no_output_is_tracked(tracked: list[Path], checkout: Path) -> None:
    """The folder of outputs is kept by its README alone."""
    outputs = checkout / "outputs"
    assert [path.name for path in tracked if outputs in path.parents] == ["README.md"]


def test_modules_hold_one_concept(tracked: list[Path], checkout: Path) -> None:
    """No module of the package is longer than 300 lines, and none is named after nothing."""
    modules = [path for path in tracked if path.suffix == ".py" and checkout / "lib" in path.parents]
    lengths = {
        str(path.relative_to(checkout)): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}
    assert [p.name for p in modules if p.stem in {"utils", "helpers", "common", "misc"}] == []
