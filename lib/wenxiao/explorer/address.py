"""Where the server in front of this kernel gives out a file: Jupyter's own, one behind a hub or a prefix, Voilà's."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote


def address_of(path: Path, root: Path) -> str:
    """The address of a file below `root`, from the host on; '' where the server does not give the file out.

    Jupyter's server is the parent of this kernel and says in its runtime file below which prefix (a hub's too) it gives
    out which folder. Voilà gives out what `make app` allows, from the workspace.
    """
    if os.environ.get("SERVER_SOFTWARE", "").startswith("voila"):
        return (
            os.environ.get("VOILA_BASE_URL", "/") + "voila/files/" + quote(path.relative_to(root).as_posix())
        )
    from jupyter_server.serverapp import list_running_servers  # noqa: PLC0415 - wanted once, and loads for long

    parents = {os.getppid(), int(os.environ.get("JPY_PARENT_PID") or 0)}
    for server in list_running_servers():
        given_out = Path(server.get("root_dir", "")).resolve()
        if server.get("pid") in parents and path.resolve().is_relative_to(given_out):
            return (
                str(server["base_url"]) + "files/" + quote(path.resolve().relative_to(given_out).as_posix())
            )
    return ""
