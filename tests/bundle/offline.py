"""Run where the network is cut: installs the bundle in a folder, makes a report, opens the workbench; prints what happened.

`unshare --net python offline.py FOLDER`: a process of its own, in a network namespace that has nothing but itself.
"""

import fcntl
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

UP = 0x1
SIOCGIFFLAGS, SIOCSIFFLAGS = 0x8913, 0x8914
OUTSIDE = ("192.0.2.1", 80)  # TEST-NET-1, which is nobody's
PATIENCE = 120


def loopback_up() -> None:
    """Brings up the loopback of the namespace, which any closed machine has."""
    with socket.socket() as some:
        name = b"lo".ljust(16, b"\0")
        flags = struct.unpack_from("16sh", fcntl.ioctl(some, SIOCGIFFLAGS, name + bytes(24)))[1]
        fcntl.ioctl(some, SIOCSIFFLAGS, struct.pack("16sh22x", name, flags | UP))


def cut() -> bool:
    """Whether nothing outside can be reached."""
    try:
        socket.create_connection(OUTSIDE, timeout=5).close()
    except OSError:
        return [name for _index, name in socket.if_nameindex()] == ["lo"]
    return False


def started(folder: Path, *words: str) -> dict[str, object]:
    """Status, output and seconds of the start script with those words."""
    begin = time.monotonic()
    done = subprocess.run(["sh", "start.sh", *words], cwd=folder, capture_output=True, text=True, check=False)
    return {
        "status": done.returncode,
        "output": done.stdout + done.stderr,
        "seconds": time.monotonic() - begin,
    }


def page(address: str) -> str:
    """The address that the server sends to and what it answers, once it does; empty if it never did."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return f"{answer.url}\n{answer.read().decode()}"
        except urllib.error.HTTPError as error:
            return f"{error}"
        except OSError:
            time.sleep(0.5)
    return ""


def workbench(folder: Path) -> dict[str, str]:
    """The page that opens, the explorer, a report and the kernels, from the server that the start script started."""
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        port = some.getsockname()[1]
    options = ["--no-browser", "--allow-root", f"--ServerApp.port={port}", "--IdentityProvider.token=word"]
    with (folder / "lab.log").open("w") as log:
        server = subprocess.Popen(
            ["sh", "start.sh", *options], cwd=folder, stdout=log, stderr=log, start_new_session=True
        )
        try:
            root = f"http://127.0.0.1:{port}"
            return {
                "page": page(f"{root}/?token=word"),  # where the browser is sent from here
                "notebook": page(f"{root}/api/contents/notebooks/explore.ipynb?content=0&token=word"),
                "report": page(f"{root}/files/outputs/project_report/mudan-2023/report.html?token=word"),
                "kernels": page(f"{root}/api/kernelspecs?token=word"),
            }
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(60)


if __name__ == "__main__":
    here = Path(sys.argv[1])
    loopback_up()
    parameters = "parameters/project_report/mudan-2023.yaml"
    told: dict[str, object] = {"cut": cut()}
    told["first"] = started(here, "run", parameters)
    told["second"] = started(here, "run", parameters, "--dry-run", "--lang", "zh")
    told |= workbench(here)
    sys.stdout.write(json.dumps(told, ensure_ascii=False))
