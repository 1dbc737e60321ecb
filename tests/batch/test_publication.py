"""Files are published whole, with the manifest last; what a killed process staged can be swept."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from wenxiao.batch.publication import publish, staging, sweep


def write(folder: Path, **files: str) -> None:
    """Writes files called `<name>.json`."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def read(folder: Path) -> dict[str, str]:
    """The files of a folder by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_staging_is_beside_the_target_and_goes(tmp_path: Path) -> None:
    """The folder lies beside the target, hidden, and is gone afterwards, after an error too."""
    target = tmp_path / "notebook" / "run"
    with suppress(KeyError), staging(target) as folder:
        write(folder, report="half")
        assert folder.parent == target.parent
        assert folder.name.startswith(".")
        raise KeyError
    assert list(target.parent.iterdir()) == []


def test_publishing_replaces_the_set(tmp_path: Path) -> None:
    """Afterwards the target has the new files and no others."""
    target = tmp_path / "run"
    write(target, report="old", manifest="old", gone="old")
    with staging(target) as folder:
        write(folder, report="new", manifest="new", results="new")
        publish(folder, target)
    assert read(target) == {"report": "new", "manifest": "new", "results": "new"}


def test_the_manifest_comes_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted at any file, the set is without a manifest, and each file is an old or a new one."""
    target = tmp_path / "run"
    write(target, a="old", manifest="old", z="old")
    replace = Path.replace

    def interrupted(self: Path, other: Path) -> Path:
        if self.name == "z.json":
            raise KeyboardInterrupt
        return replace(self, other)

    monkeypatch.setattr(Path, "replace", interrupted)
    with staging(target) as folder:
        write(folder, a="new", manifest="new", z="new")
        with pytest.raises(KeyboardInterrupt):
            publish(folder, target)
    assert read(target) == {"a": "new", "z": "old"}


def test_sweeping_takes_one_process_only(tmp_path: Path) -> None:
    """What this process staged goes; what another did stays, and so does the target."""
    target = tmp_path / "run"
    target.mkdir()
    other = tmp_path / f".run.{os.getpid()}0.x"
    other.mkdir()
    with staging(target) as folder:
        sweep(target, os.getpid())
        assert not folder.exists()
    assert {path.name for path in tmp_path.iterdir()} == {"run", other.name}
    sweep(tmp_path / "nowhere" / "run", 1)
