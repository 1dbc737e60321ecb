"""What papermill's stock way of running lacks: sockets that do not race."""

from pathlib import Path

from wenxiao.batch.notebook.kernel_engine import connection


def test_kernels_talk_through_sockets_of_their_own() -> None:
    """A kernel's sockets lie in the folder it is given, so that no other takes its place."""
    config = connection(Path("/tmp/x"))
    assert config.ConnectionFileMixin.transport == "ipc"
    assert config.ConnectionFileMixin.connection_file == str(Path("/tmp/x/kernel.json"))


def test_a_path_too_long_for_a_socket_means_tcp() -> None:
    """Where the system would cut the path of a socket, the kernel talks over TCP."""
    assert "transport" not in connection(Path("/tmp") / ("长" * 30)).ConnectionFileMixin
