"""Machines that are lost and stores that fail while reports are made elsewhere."""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import random
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import fsspec

from tests.batch.cluster.test_dask_executor import Machines, kill

from .city import ROOT, broken, ended, start
from .trial import Trial

_RUNS = 4
_QUICK = "import time\n\nprint(place)\ntime.sleep(0.5)"
_STOCK = 'print(place, year, Path.cwd() == Path(os.environ["WENXIAO_ROOT"]))'


def _workspace(root: Path) -> Path:
    """A workspace with a few quick runs."""
    shutil.rmtree(root, ignore_errors=True)
    for name in ("notebooks", "parameters/quick", "outputs"):
        (root / name).mkdir(parents=True)
    stock = (ROOT / "tests/fixtures/notebooks/ok.ipynb").read_text(encoding="utf-8")
    (root / "notebooks/quick.ipynb").write_text(
        stock.replace(json.dumps(_STOCK)[1:-1], json.dumps(_QUICK)[1:-1]), encoding="utf-8"
    )
    for number in range(_RUNS):
        (root / f"parameters/quick/{number}.yaml").write_text(f"place: 第{number}县\n", encoding="utf-8")
    return root


def _cluster(folder: Path, number: int, faults: list[str]) -> str:
    """A worker, or the scheduler, is switched off at some moment; then the runs are made here."""
    rng, root = random.Random(number), _workspace(folder / "cluster")
    place = folder / f"machines-{number}"
    place.mkdir()
    machines = Machines(place)
    try:
        workers = [machines.add("一"), machines.add("二")]
        process = start(("run", "--dask", machines.address, "--dask-wait", "20s"), root)
        time.sleep(rng.uniform(1, 15))
        lost = machines.scheduler if number % 2 else workers[0]
        kill(lost)
        done = ended(process, 300)
    finally:
        machines.close()
    if "Traceback" in done.said or "hung" in done.said:
        faults.append(done.said[-600:])
    if not number % 2 and done.status:
        faults.append(f"one of two workers lost: status {done.status}: {done.said[-300:]}")
    if done.status and not done.said.strip():
        faults.append("not a word")
    faults += broken(root)
    again = ended(start(("run",), root))
    if again.status:
        faults.append(f"afterwards: status {again.status}: {again.said[-300:]}")
    faults += [f"afterwards: {each}" for each in broken(root)]
    whole = len(list(root.rglob("manifest.json")))
    if whole != _RUNS:
        faults.append(f"afterwards {whole} reports of {_RUNS}")
    return f"{'scheduler' if number % 2 else 'worker'} lost, status {done.status}"


@dataclass
class _Weather:
    """What the store does from its `since`-th request of the present trial on."""

    way: str = ""
    since: int = 0
    seen: int = field(default=0)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def turns(self) -> str:
        """How the next request is treated."""
        with self.lock:
            self.seen += 1
            once = self.way == "500 once"
            return self.way if (self.seen == self.since if once else self.seen >= self.since) else ""


def _proxy(port: int, weather: _Weather) -> ThreadingHTTPServer:
    class Proxy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            way = weather.turns()
            if way == "slow":
                time.sleep(1.5)
            if way in ("500", "500 once", "denied"):
                code = 403 if way == "denied" else 500
                said = f"<Error><Code>{'AccessDenied' if code == 403 else 'InternalError'}</Code></Error>".encode()
                self.send_response(code)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(b"" if self.command == "HEAD" else said)
                return
            there = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            there.request(self.command, self.path, body, dict(self.headers))
            answer = there.getresponse()
            content = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in (
                    "transfer-encoding",
                    "connection",
                    "content-length",
                    "server",
                    "date",
                ):
                    self.send_header(name, value)
            length = answer.getheader("Content-Length") if self.command == "HEAD" else str(len(content))
            self.send_header("Content-Length", length or "0")
            self.end_headers()
            self.wfile.write(content)
            there.close()

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _pass_on  # noqa: N815 - as http.server calls them

        def log_message(self, *_: object) -> None:
            """Logs nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@contextmanager
def _store(weather: _Weather) -> Iterator[None]:
    """An S3 server behind a proxy with some weather, which is what the environment names."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    quiet = subprocess.DEVNULL
    moto = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], stdout=quiet, stderr=quiet
    )
    try:
        for _ in range(600):
            with suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/moto-api/", timeout=5).close()
                break
            time.sleep(0.1)
        proxy = _proxy(port, weather)
        os.environ |= {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{proxy.server_address[1]}", "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret-of-the-store", "AWS_DEFAULT_REGION": "us-east-1",
        }  # fmt: skip
        yield
        proxy.shutdown()
    finally:
        moto.kill()
        moto.wait()


def _failing_store(folder: Path, number: int, faults: list[str]) -> str:
    """The runs are sent to a store that fails from some request on, then to the same that works."""
    rng, root, weather = random.Random(number), _workspace(folder / "store"), _Weather()
    with _store(weather):
        system = fsspec.filesystem("s3", skip_instance_cache=True)
        bucket = f"bucket-{number}"
        system.mkdir(bucket)
        words = ("run", "--output", f"s3://{bucket}/outputs", "--force")
        weather.way = ("500", "slow", "denied", "500 once")[number % 4]
        weather.since, weather.seen = rng.randrange(1, 80), 0
        done = ended(start(words, root), 400)
        if "Traceback" in done.said or "hung" in done.said:
            faults.append(done.said[-800:])
        if weather.way in ("slow", "500 once") and done.status:
            faults.append(f"status {done.status}: {done.said[-300:]}")
        if "secret-of-the-store" in done.said:
            faults.append("the secret of the store is told")
        way, weather.way = weather.way, ""
        faults += _untrue(system, bucket)
        again = ended(start(words, root), 400)
        if again.status:
            faults.append(f"afterwards: status {again.status}: {again.said[-300:]}")
        faults += [f"afterwards: {each}" for each in _untrue(system, bucket)]
        found = system.glob(f"{bucket}/outputs/quick/*/manifest.json")
        if len(found) != _RUNS:
            faults.append(f"afterwards {len(found)} reports of {_RUNS}")
    return f"{way}, status {done.status}"


def _untrue(system: fsspec.AbstractFileSystem, bucket: str) -> Iterator[str]:
    """The manifests in a store that say what is not so."""
    system.invalidate_cache()
    for path in system.glob(f"{bucket}/outputs/**/manifest.json"):
        for name, said in json.loads(system.cat(path))["files"].items():
            file = f"{path.rpartition('/')[0]}/{name}"
            if not system.exists(file) or hashlib.sha256(system.cat(file)).hexdigest() != said["sha256"]:
                yield f"{path}: {name} is not what it says"


_KINDS: dict[str, Callable[[Path, int, list[str]], str]] = {"cluster": _cluster, "store": _failing_store}
KINDS = tuple(_KINDS)


def disturbed(kind: str, folder: Path, first: int, count: int) -> Iterator[Trial]:
    """`count` trials of one kind."""
    for number in range(first, first + count):
        faults: list[str] = []
        outcome = _KINDS[kind](folder, number, faults)
        yield Trial(f"{kind} {number}", outcome, tuple(faults))
