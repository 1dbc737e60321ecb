"""What `make app` answers, tried on the real server: its own host names, its token, finished pages, and nothing else in any spelling of a path."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from wenxiao.explorer.server import GIVEN_OUT

from tests.explorer.serving import TOKEN, served, workspace_copy

CANARY = "只给自己看的内容"
PAGE = "voila/files/outputs/project_report/甲县/report.html"
REBOUND = (
    "evil.example",
    "evil.example:80",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "10.0.0.1",
    "",
)


@pytest.fixture(scope="module")
def port(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server on a workspace with a finished page, and secrets beside it."""
    home = tmp_path_factory.mktemp("home")
    root = workspace_copy(checkout, tmp_path_factory.mktemp("workspace"))
    for name in (
        "data/secret.html", "data/a/report.html", "outputs/project_report/甲县/notes.html", "outputs/.wenxiao/a/report.html",
        "report.html", "notebooks/report.html",
    ):  # fmt: skip
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(CANARY, encoding="utf-8")
    quick = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (root / "notebooks/explore.ipynb").write_text(json.dumps(quick), encoding="utf-8")
    (root / "outputs/project_report/甲县/report.html").write_text("一页报告", encoding="utf-8")
    (root.parent / "report.html").write_text(CANARY, encoding="utf-8")
    with served("voila", root, home) as address:
        yield urlsplit(address).port or 0


def answer(port: int, path: str, *, token: bool = True, **headers: str) -> tuple[int, str]:
    """Status and body of what a request gets, its path sent as it is."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    said = {"Host": f"127.0.0.1:{port}", **({"Authorization": f"token {TOKEN}"} if token else {}), **headers}
    connection.putrequest("GET", "/" + path, skip_host=True, skip_accept_encoding=True)
    for name, value in said.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    response = connection.getresponse()
    found = response.status, response.read().decode("utf-8", "replace")
    connection.close()
    return found


def spelt(path: str) -> str:
    """A path as a browser sends it."""
    return "".join(
        sign if sign.isascii() else "".join(f"%{byte:02X}" for byte in sign.encode()) for sign in path
    )


def test_a_finished_page_is_for_whoever_has_the_token(port: int) -> None:
    """With the token it is given out, under each of the server's own names; without, not a word of it."""
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"LOCALHOST:{port}", "[::1]"):
        assert answer(port, spelt(PAGE), Host=host) == (200, "一页报告")
    for path in (spelt(PAGE), "", "api/kernels", "voila/files/outputs/index.html"):
        status, body = answer(port, path, token=False)
        assert status in (302, 403, 404, 405), path
        assert "报告" not in body


@pytest.mark.parametrize("host", REBOUND)
def test_a_foreign_host_name_gets_nothing(port: int, host: str) -> None:
    """A name that was rebound to this machine is refused everywhere, with the token too."""
    for path in (spelt(PAGE), "", "login", "voila/static/voila.js", "api/kernels"):
        assert answer(port, path, Host=host)[0] in (400, 403), path


def test_a_foreign_origin_opens_no_kernel(port: int) -> None:
    """The channel to a running kernel is closed to pages of other origins, and to whoever has no token."""
    found = re.search(r'"kernelId": "([0-9a-f-]{36})"', answer(port, "")[1])
    assert found is not None
    channel = f"api/kernels/{found[1]}/channels"
    wanted = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13"}
    wanted["Sec_WebSocket_Key"] = "dGhlIHNhbXBsZSBub25jZQ=="
    login = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    login.request("GET", f"/voila/files/{spelt(PAGE.removeprefix('voila/files/'))}?token={TOKEN}")
    page = login.getresponse()
    assert "allow-scripts" not in (policy := page.getheader("Content-Security-Policy", ""))
    assert "sandbox" in policy
    given = (page.getheader("Set-Cookie") or "").split(", ")
    wanted["Cookie"] = "; ".join(each.partition(";")[0] for each in given if "=" in each.partition(";")[0])
    login.close()
    assert (
        answer(port, spelt(PAGE), token=False, Cookie=wanted["Cookie"])[0] == 200
    )  # as a browser that has logged in
    for origin in ("http://evil.example", "null", f"http://evil.example:{port}", f"http://localhost:{port}"):
        assert answer(port, channel, Origin=origin, **wanted, token=False)[0] == 403
    del wanted["Cookie"]
    assert answer(port, channel, token=False, **wanted)[0] in (302, 403)


@pytest.mark.parametrize("up", ["..", "%2e%2e", "%252e%252e", "..%00", "%c0%ae%c0%ae", "..;", "．．"])
def test_no_spelling_of_a_path_leads_out(port: int, up: str) -> None:
    """Ways up in plain, encoded, doubly encoded and overlong spellings, with any slash, below each folder that is served."""
    for start in ("voila/files/", "voila/files/outputs/a/", "voila/static/", "voila/templates/lab/static/",
                  "voila/labextensions/", "voila/api/themes/"):  # fmt: skip
        for slash in ("/", "%2f", "\\", "%5c", "%252f"):
            for depth in (1, 2, 3):
                path = spelt(start + f"{up}{slash}" * depth + "report.html")
                assert CANARY not in answer(port, path)[1], path


@pytest.mark.parametrize(
    "path",
    ["data/secret.html", "data/a/report.html", "outputs/project_report/甲县/notes.html", "outputs/.wenxiao/a/report.html",
     "notebooks/explore.ipynb", "outputs/%2e%2e/data/a/report.html", "/etc/passwd", "%2fetc%2fpasswd", "outputs//a/report.html"],
)  # fmt: skip
def test_nothing_but_finished_pages_is_given_out(port: int, path: str) -> None:
    """Other files of the workspace, what is being made, absolute paths."""
    status, body = answer(port, spelt(f"voila/files/{path}"))
    assert status in (403, 404)
    assert CANARY not in body


@pytest.mark.parametrize("path", ["outputs/index.html", "outputs/project_report/甲县--乙镇/report.html"])
def test_index_and_reports_are_on_the_list(path: str) -> None:
    """The paths that are given out."""
    assert re.fullmatch(GIVEN_OUT, path, re.IGNORECASE)
