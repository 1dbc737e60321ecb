"""A real JupyterLab or Voilà on a copy of the workspace, with folders of its own for all that Jupyter keeps."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wenxiao import explorer

_PATIENCE = 90
_LAB = (
    "--IdentityProvider.token=", "--ServerApp.allow_root=True", "--no-browser",
)  # fmt: skip
TOKEN = "a-token-for-tests"
_VOILA = ("--no-browser", f"--Voila.token={TOKEN}")


def workspace_copy(checkout: Path, folder: Path) -> Path:
    """A workspace with the project linyi-2021, its parameters and the notebooks."""
    for part in ("notebooks", "data/linyi-2021", "parameters/project_report"):
        shutil.copytree(checkout / part, folder / part)
    (folder / "outputs").mkdir()
    return folder


@contextmanager
def served(kind: str, root: Path, home: Path, prefix: str = "/") -> Iterator[str]:
    """The address of a server (`lab` or `voila`) on a workspace, below a prefix as a hub has one, while it is needed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {
        name: str(home / name.lower())
        for name in (
            "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR",
            "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR",
        )
    }  # fmt: skip
    own["JUPYTER_CONFIG_PATH"] = str(Path(explorer.__file__).with_name("jupyter"))  # as `make lab` does
    options = (
        [*_LAB, f"--ServerApp.port={port}", f"--ServerApp.root_dir={root}", f"--ServerApp.base_url={prefix}"]
        if kind == "lab"
        else [*_VOILA, f"--port={port}", f"--base_url={prefix}"]
    )
    address = f"http://127.0.0.1:{port}{prefix}"
    with (home / f"{kind}.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", {"lab": "jupyterlab", "voila": "wenxiao.explorer.server"}[kind], *options],
            cwd=root, env={**os.environ, **own, "WENXIAO_ROOT": str(root)}, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _wait(
                address + ("api" if kind == "lab" else "voila/static/nothing"), server, home / f"{kind}.log"
            )
            yield address
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            return  # it answers
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(log.read_text(encoding="utf-8", errors="replace")[-2000:])
