"""Outputs and workspaces in an object store: a real S3 server process on loopback, and stores that fail."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from wenxiao.batch import Run, plan
from wenxiao.batch.planning.resume import decisions
from wenxiao.batch.storage.manifest import read_manifests
from wenxiao.batch.storage.publication import forget_failed, keep_failed, publish, staging
from wenxiao.model import ProjectError
from wenxiao.project.place import place_of, states
from wenxiao.project.workspace import Workspace

Made = Callable[..., dict[str, Any]]


@pytest.fixture
def uploaded(one_run: Workspace, bucket: str) -> str:
    """The address of a workspace in the store."""
    fsspec.filesystem("s3").put(f"{one_run.root}/", f"{bucket}/w/", recursive=True)
    return f"{bucket}/w"


@pytest.mark.usefixtures("chinese")
def test_publishing_to_a_store(one_run: Workspace, made: Made, bucket: str) -> None:
    """Files and manifest are there; unchanged, the run is not due; nothing of this machine is written."""
    (first,) = decisions(plan(one_run, outputs=f"{bucket}/out"))
    assert (first.due, first.reason) == (True, "从未生成")
    manifest = made(first)
    place = place_of(f"{bucket}/out/own/甲")
    assert set(states(place)) == {"manifest.json", "report.html", "report.ipynb", "results.json"}
    assert json.loads((place / "manifest.json").read_bytes()) == manifest
    (second,) = decisions(plan(one_run, outputs=f"{bucket}/out"))
    assert (second.due, second.reason) == (False, "没有变化")
    store = fsspec.filesystem("s3")
    written = b"".join(store.cat(store.find(bucket)).values())
    assert b"never-to-be-written" not in written
    assert str(one_run.root).encode() not in written


def test_another_set_takes_the_place_of_the_former(one_run: Workspace, made: Made, bucket: str) -> None:
    """Files that the new set does not have are gone, and each file is the new one."""
    (decision,) = decisions(plan(one_run, outputs=bucket))
    with staging(decision.run) as folder:
        (folder / "working-paper.xlsx").write_bytes(b"old")
        publish(folder, decision.run, {"schema": 2})
    made(decision, text="新")
    place = decision.run.place
    assert set(states(place)) == {"manifest.json", "report.html", "report.ipynb", "results.json"}
    assert (place / "report.html").read_text(encoding="utf-8") == "report.html 新"


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("content", "reason"), [(None, "缺 report.html"), (b"report.html \xe4\xb9\x99", "report.html 与清单不符")]
)
def test_what_was_touched_in_the_store_is_seen(
    one_run: Workspace, made: Made, bucket: str, content: bytes | None, reason: str
) -> None:
    """A file that is gone, and one of the same size with other bytes, which a second writer may leave, make it due."""
    (decision,) = decisions(plan(one_run, outputs=bucket))
    made(decision)
    page = decision.run.place / "report.html"
    if content is None:
        page.unlink()
    else:
        assert len(content) == states(page.parent)["report.html"].size
        page.write_bytes(content)
    (again,) = decisions(plan(one_run, outputs=bucket))
    assert (again.due, again.reason) == (True, reason)


@pytest.mark.usefixtures("chinese")
def test_a_failed_notebook_in_a_store(one_run: Workspace, bucket: str, tmp_path: Path) -> None:
    """The notebook of a failed run is kept beside the run's place until it runs again."""
    (decision,) = decisions(plan(one_run, outputs=bucket))
    notebook = tmp_path / "failed.ipynb"
    notebook.write_text("{}", encoding="utf-8")
    keep_failed(decision.run, notebook)
    (again,) = decisions(plan(one_run, outputs=bucket))
    assert again.reason == "上次运行失败"
    forget_failed(decision.run)
    forget_failed(decision.run)
    (again,) = decisions(plan(one_run, outputs=bucket))
    assert again.reason == "从未生成"


@pytest.mark.usefixtures("chinese")
def test_a_workspace_in_a_store(
    uploaded: str, made: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """WENXIAO_ROOT may be an address: data and parameters come from there, outputs go beside them."""
    monkeypatch.setenv("WENXIAO_ROOT", uploaded)
    monkeypatch.setenv("WENXIAO_CACHE", str(tmp_path / "cache"))
    workspace = Workspace.find()
    assert workspace.origin == uploaded
    (decision,) = decisions(plan(workspace))
    assert decision.run.outputs == f"{uploaded}/outputs"
    made(decision)
    (again,) = decisions(plan(Workspace.find()))
    assert not again.due
    (place_of(uploaded) / "data/甲县/资金.csv").write_text("资金来源,预算数\n中央,9\n", encoding="utf-8")
    later = Workspace.find()
    assert (later.data / "甲县" / "资金.csv").read_text(encoding="utf-8").endswith("9\n")
    assert (workspace.data / "甲县" / "资金.csv").read_text(encoding="utf-8").endswith("1\n"), (
        "a run reads one state"
    )
    (changed,) = decisions(plan(later))
    assert changed.reason == "数据变了：资金.csv"


def test_a_copy_is_fetched_once(uploaded: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An unchanged workspace is not fetched again, and of a changed one only what changed; what is gone is gone."""
    monkeypatch.setenv("WENXIAO_CACHE", str(tmp_path / "cache"))
    first = Workspace.at(uploaded)
    place = place_of(uploaded)
    fetched: list[str] = []
    read = type(place).read_bytes
    monkeypatch.setattr(type(place), "read_bytes", lambda self: fetched.append(self.name) or read(self))
    assert Workspace.at(uploaded).root == first.root
    assert fetched == []
    (place / "data/甲县/narrative.md").write_text("## 经验\n", encoding="utf-8")
    (place / "data/乙县/资金.csv").unlink()
    second = Workspace.at(uploaded)
    assert fetched == ["narrative.md"]
    assert second.projects == ("data/甲县",)
    assert first.projects == ("data/乙县", "data/甲县")


def test_no_workspace_at_the_address(bucket: str) -> None:
    """A prefix without notebooks, and a bucket that is not there, are errors that name the address."""
    for address in (f"{bucket}/nothing", "s3://no-such-bucket-here/w"):
        with pytest.raises(ProjectError, match=address):
            Workspace.at(address)


def test_thousands_of_runs_take_few_listings(one_run: Workspace, made: Made, bucket: str) -> None:
    """What lies in a store is listed by notebook, not by run."""
    for number in range(30):
        (one_run.parameters / "own" / f"{number}.yaml").write_text("project: data/甲县\n", encoding="utf-8")
    for decision in decisions(plan(one_run, outputs=bucket)):
        made(decision)
    calls: list[str] = []
    system = fsspec.filesystem("s3")
    original = type(system)._call_s3

    async def counted(self: Any, method: str, *args: Any, **kwargs: Any) -> Any:
        calls.append(method)
        return await original(self, method, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(system), "_call_s3", counted)
        assert not any(decision.due for decision in decisions(plan(one_run, outputs=bucket)))
    assert calls.count("get_object") == 31
    assert len(calls) - 31 < 8


class FullStore(MemoryFileSystem):
    """A store in memory whose n-th writing or removing fails; it then holds half of what was to be written."""

    protocol = "full"
    store: dict[str, Any] = {}  # noqa: RUF012 - the parent's way, not shared with it
    pseudo_dirs = [""]  # noqa: RUF012
    room = -1

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        """The path within the store."""
        return str(super()._strip_protocol(path.replace("full://", "memory://")))

    @classmethod
    def spend(cls) -> None:
        """Raises OSError once there is no room."""
        if cls.room == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        cls.room -= 1

    def pipe_file(self, path: str, value: bytes, **options: Any) -> None:
        """Writes a file."""
        try:
            self.spend()
        except OSError:
            super().pipe_file(path, value[: len(value) // 2], **options)
            raise
        super().pipe_file(path, value, **options)

    def rm_file(self, path: str) -> None:
        """Removes a file."""
        self.spend()
        super().rm_file(path)


def test_a_store_that_fails_at_any_step(tmp_path: Path) -> None:
    """Whichever step fails, even leaving half a file, the manifest is that of a whole set or there is none to be read."""
    fsspec.register_implementation("full", FullStore, clobber=True)
    run = Run("report", "one", {}, tmp_path, "full://outputs")

    def attempt(name: str) -> None:
        with staging(run) as folder:
            for file in ("report.html", f"{name}.json"):
                (folder / file).write_text(f"{name} " * 9, encoding="utf-8")
            publish(folder, run, {"schema": 2, "set": name})

    FullStore.room = -1
    attempt("former")
    steps, failed = 0, True
    while failed:
        FullStore.room = steps
        try:
            attempt(f"new-{steps}")
            failed = False
        except OSError:
            pass
        FullStore.room = -1
        manifest = read_manifests([run.place]).get(run.place)
        if manifest is not None:
            found = {name: state.size for name, state in states(run.place).items() if name != "manifest.json"}
            assert found == {name: file["size"] for name, file in manifest["files"].items()}
            assert (run.place / "report.html").read_text(encoding="utf-8").startswith(manifest["set"])
        steps += 1
    assert manifest is not None
    assert manifest["set"] == f"new-{steps - 1}"
    assert steps > 4
