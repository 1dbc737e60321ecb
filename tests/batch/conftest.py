"""Workspaces of fixture notebooks, one notebook a kind of failure; reports that no notebook made, for what is done to them."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import fsspec
import pytest
from wenxiao.batch import Run
from wenxiao.batch.planning.resume import Decision
from wenxiao.batch.storage.manifest import manifest_of
from wenxiao.batch.storage.publication import publish, staging
from wenxiao.project.workspace import Workspace

Results = dict[str, Any]


@pytest.fixture(scope="session")
def run_in(checkout: Path) -> Callable[..., Run]:
    """Makes a run of a fixture notebook in the workspace at a root: `run_in(root, notebook, name)`."""

    def made(root: Path, notebook: str, name: str = "one") -> Run:
        for folder in ("notebooks", "parameters"):  # what makes a folder a workspace
            (root / folder).mkdir(exist_ok=True)
        shutil.copy(checkout / "tests" / "fixtures" / "notebooks" / f"{notebook}.ipynb", root / "notebooks")
        return Run(notebook, name, {"place": "朝阳区", "year": 2024}, root, str(root / "outputs"))

    return made


@pytest.fixture(scope="session")
def results() -> Results:
    """Results as a notebook without a subject records them."""
    run = {"parameters": {}, "profile": {"name": "none", "title": "", "source": ""}, "inputs": []}
    nothing: Results = {**dict.fromkeys(("subject", "verdict", "ranking")), "members": [], "findings": []}
    return {"schema_version": 2, "run": {"notebook": "own", **run}, **nothing}


@pytest.fixture
def one_run(workspace_root: Path, checkout: Path) -> Workspace:
    """A workspace with one run of an own notebook on one project, with rules of its own."""
    for name, text in {
        "data/甲县/资金.csv": "资金来源,预算数\n中央,1\n",
        "data/甲县/narrative.md": "## 建议\n",
        "data/乙县/资金.csv": "资金来源,预算数\n中央,2\n",
        "parameters/profiles/own.yaml": "extends: national\ntitle: 自定\nsource: 自定\n",
        "parameters/own/甲.yaml": "project: data/甲县\nprofile: own\n",
    }.items():
        (workspace_root / name).parent.mkdir(parents=True, exist_ok=True)
        (workspace_root / name).write_text(text, encoding="utf-8")
    notebook = (checkout / "tests" / "fixtures" / "notebooks" / "ok.ipynb").read_text(encoding="utf-8")
    own = notebook.replace("place: str", "project: str").replace(
        "year: int = 2023", 'profile: str = \\"national\\"'
    )
    (workspace_root / "notebooks" / "own.ipynb").write_text(own, encoding="utf-8")
    return Workspace(workspace_root)


@pytest.fixture
def made(results: Results) -> Callable[[Decision], Results]:
    """Publishes a report for a decision, as an engine does, and gives its manifest."""

    def publishing(decision: Decision, text: str = "甲", read: Results | None = None) -> Results:
        with staging(decision.run) as folder:
            for name in ("report.html", "report.ipynb", "results.json"):
                (folder / name).write_text(f"{name} {text}", encoding="utf-8")
            manifest = manifest_of(decision.run, decision.key, read or results, 1.0, "test")
            return publish(folder, decision.run, manifest)

    return publishing


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of an S3 server, a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address, deadline = f"http://127.0.0.1:{port}", time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{address}/moto-api/", timeout=5).close()
            break
        except OSError:
            assert process.poll() is None
            assert time.monotonic() < deadline, "the S3 server does not start"
            time.sleep(0.1)
    yield address
    process.kill()
    process.wait()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty bucket, for this process and those it starts."""
    for name, value in {
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "never-to-be-written",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    name = f"bucket-{uuid4()}"
    fsspec.filesystem("s3").mkdir(name)
    yield f"s3://{name}"
    fsspec.get_filesystem_class("s3").clear_instance_cache()
