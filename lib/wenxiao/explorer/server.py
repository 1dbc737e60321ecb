"""The explorer without code (`make app`): Voilà on one notebook, for its own host names and for whoever has the token.

Voilà alone answers under any host name, so that a foreign page can be rebound to it, and gives files out without the token.
"""

from __future__ import annotations

import re
import sys
from typing import Any

from jupyter_server.base.handlers import AuthenticatedFileHandler
from tornado.web import RequestHandler
from traitlets import Bool, List, Unicode
from voila.app import Voila
from voila.static_file_handler import AllowListFileHandler
from voila.voila_identity_provider import VoilaLoginHandler

from wenxiao.project import Workspace

GIVEN_OUT = r"outputs/(index|[^/\\.][^/\\]*/[^/\\.][^/\\]*/report)[.]html"
"""The paths of files that are given out, whole: finished pages."""
_OWN = ("localhost", "127.0.0.1", "::1", "[::1]")


class _Pages(AllowListFileHandler, AuthenticatedFileHandler):  # type: ignore[misc]
    """Finished pages, to whoever has the token; no script runs in one, whoever wrote it."""

    @property
    def content_security_policy(self) -> str:
        """What the browser lets such a page do."""
        return "sandbox allow-same-origin allow-popups allow-downloads"

    def check_xsrf_cookie(self) -> None:
        """Lets a bookmark be opened: reading a page changes nothing, and no other page can read it."""


class _Login(VoilaLoginHandler):  # type: ignore[misc]
    """The question for the token, on a page that needs nothing else: that of Jupyter waits for scripts Voilà does not have."""

    def _render(self, message: object = None) -> None:
        """Writes the page; `message` says what was wrong with the last answer."""
        said = f"<p>{'令牌不对' if message else '请输入启动时显示的令牌（token）'}</p>"
        self.finish(
            f'<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"/><title>问效</title>{said}'
            f'<form method="post"><input type="hidden" name="_xsrf" value="{self.xsrf_token.decode()}"/>'
            '<input aria-label="令牌" autofocus type="password" name="password"/> <button>进入</button></form></html>'
        )


class _Elsewhere(RequestHandler):
    """Requests under a host name that is not the server's."""

    def prepare(self) -> None:
        """Refuses, whatever is asked for."""
        self.set_status(403)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(
            "这个服务不在这个主机名下。部署在代理后面时，用 --ExplorerServer.host_names 写明主机名。\n"
        )


_OWN_HANDLERS = {AllowListFileHandler: _Pages, VoilaLoginHandler: _Login}


class ExplorerServer(Voila):  # type: ignore[misc]
    """Voilà for the host names that are its own."""

    auto_token = Bool(True, help="Ask for a token.").tag(config=True)
    host_names = List(
        Unicode(), help="Names under which the server is reached, beside this machine's own."
    ).tag(config=True)

    def init_handlers(self) -> list[Any]:
        """The handlers for foreign host names; those of Voilà are added for its own."""
        own = [
            (self._below(pattern), _OWN_HANDLERS.get(handler, handler), *more)
            for pattern, handler, *more in super().init_handlers()
        ]
        names = {*_OWN, *(name.lower() for name in self.host_names), *({self.ip} - {"", "0.0.0.0", "::"})}
        self.app.add_handlers(f"^(?:{'|'.join(map(re.escape, sorted(names)))})$", own)
        return [(r".*", _Elsewhere)]

    def _below(self, pattern: str) -> str:
        """The pattern below the server's prefix: Voilà leaves those of the login page out, and sends to it in circles."""
        base = str(self.base_url)
        return pattern if pattern.startswith(base) else base.rstrip("/") + pattern


def main(arguments: list[str]) -> None:
    """Serves the explorer of the workspace until it is stopped."""
    root = Workspace.find().root
    ExplorerServer.launch_instance(
        [
            str(root / "notebooks" / "explore.ipynb"),
            f"--Voila.root_dir={root}",
            f"--VoilaConfiguration.file_allowlist={GIVEN_OUT}",
            "--VoilaConfiguration.allow_template_override=NO",
            *arguments,
        ]
    )


if __name__ == "__main__":
    main(sys.argv[1:])
