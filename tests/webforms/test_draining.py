"""SIGTERM and Ctrl+C: what was asked is answered whole, then the process ends with 0."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from waitress import create_server

from nqcore.errors import WorkspaceError
from nqcore.workspace.opening import create_workspace
from tests.support.small import ROOT
from tests.support.waiting import LONG, join_all, lines_of
from webforms import draining
from webforms.serving import serve

App = Callable[..., list[bytes]]
NQ = (sys.executable, "-c", "from nqcore.cli import main; main()")


class Slow:
    """An application whose answers wait until they may end."""

    def __init__(self) -> None:
        self.begun, self.may_end = threading.Semaphore(0), threading.Event()

    def __call__(self, environ: dict[str, object], start: Callable[..., object]) -> list[bytes]:
        body = environ["wsgi.input"].read()  # type: ignore[attr-defined]
        self.begun.release()
        assert self.may_end.wait(LONG)
        start("200 OK", [("Content-Length", str(300_000 + len(body)))])
        return [b"x" * 300_000, body]


class Served:
    """The application in a thread, and what its end was."""

    def __init__(self, app: App, threads: int = 2) -> None:
        self.sockets: draining.Map = {}
        self.server = create_server(
            app, map=self.sockets, host="127.0.0.1", port=0, threads=threads
        )
        self.port = int(self.server.effective_port)
        self.stopping = draining.Draining()
        self.done: list[bool] = []
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        self.done.append(draining.run(self.server, self.sockets, self.stopping))

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONG)


@contextmanager
def served(app: App) -> Iterator[Served]:
    found = Served(app)
    try:
        yield found
    finally:
        found.stopping.asked.set()
        join_all([found.thread])


def answer(connection: http.client.HTTPConnection) -> tuple[int, str | None, int]:
    found = connection.getresponse()
    return found.status, found.getheader("Connection"), len(found.read())


def refused(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=LONG).close()
    except ConnectionRefusedError:
        return True
    return False


def until(holds: Callable[[], bool]) -> None:
    waiting = threading.Event()
    for _ in range(int(LONG * 20)):
        if holds():
            return
        waiting.wait(0.05)
    raise AssertionError("it did not come to that")


def test_answers_that_are_being_made_or_wait_for_a_thread_are_finished() -> None:
    app = Slow()
    with served(app) as server:
        asking = [server.connect() for _ in range(5)]  # two threads: three requests wait
        for connection in asking:
            connection.request("POST", "/", body=b"1234")
        assert all(app.begun.acquire(timeout=LONG) for _ in range(2))
        server.stopping.asked.set()
        until(lambda: refused(server.port))
        app.may_end.set()
        assert [answer(one) for one in asking] == [(200, "close", 300_004)] * 5
        for one in asking:
            one.close()
    assert server.done == [True]


def test_a_request_that_is_only_half_there_is_read_to_its_end() -> None:
    app = Slow()
    app.may_end.set()
    with served(app) as server:
        connection = server.connect()
        connection.putrequest("POST", "/")
        connection.putheader("Content-Length", "10")
        connection.endheaders(b"12345")
        until(lambda: any(getattr(one, "request", None) for one in list(server.sockets.values())))
        server.stopping.asked.set()
        until(lambda: refused(server.port))
        connection.send(b"67890")
        assert answer(connection) == (200, "close", 300_010)
        connection.close()
    assert server.done == [True]


def test_an_idle_connection_has_a_moment_and_is_then_closed() -> None:
    app = Slow()
    app.may_end.set()
    with served(app) as server:
        first, second = server.connect(), server.connect()
        for one in (first, second):
            one.request("GET", "/")
            assert answer(one) == (200, None, 300_000)
        server.stopping.asked.set()
        until(lambda: refused(server.port))
        first.request("GET", "/")  # it was on its way when the signal came
        assert answer(first) == (200, "close", 300_000)
        join_all([server.thread])
        assert second.sock is not None
        assert second.sock.recv(10) == b""
        first.close()
        second.close()
    assert server.done == [True]


def test_an_answer_that_never_ends_does_not_hold_the_process_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(draining, "DRAIN_SECONDS", 0.5)
    app = Slow()
    with served(app) as server:
        connection = server.connect()
        connection.request("GET", "/")
        assert app.begun.acquire(timeout=LONG)
        server.stopping.asked.set()
        join_all([server.thread])
        app.may_end.set()
        connection.close()
    assert server.done == [False]


def test_handlers_are_put_back_and_the_second_signal_ends_at_once() -> None:
    before = signal.getsignal(signal.SIGTERM)
    stopping = draining.Draining()
    with stopping.on_signals():
        os.kill(os.getpid(), signal.SIGTERM)
        assert stopping.asked.wait(LONG)
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.fixture
def office(tmp_path: Path) -> Path:
    create_workspace(
        tmp_path / "ws", name="Huyện", plugins=["nq_model_district"], root="huyen"
    ).close()
    return tmp_path / "ws"


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("workers", [1, 2])
def test_the_program_ends_with_0_and_finishes_an_answer(
    office: Path, sent: signal.Signals, workers: int
) -> None:
    if workers > 1 and sent == signal.SIGINT:
        pytest.skip("gunicorn ends at once on Ctrl+C; systemd sends SIGTERM")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [*NQ, "serve", "-w", str(office), "--port", str(port), "--workers", str(workers)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
    )
    with lines_of(process) as lines:
        assert "Đang phục vụ" in lines.next()
        until(lambda: not refused(port))
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)
        connection.request("GET", "/dang-nhap")
        assert connection.getresponse().read()
        if workers > 1:  # gunicorn reads no request to its end that was only half there
            process.send_signal(sent)
        else:
            connection.putrequest("POST", "/dang-nhap")
            connection.putheader("Content-Type", "application/x-www-form-urlencoded")
            connection.putheader("Content-Length", "8")
            connection.endheaders(b"logi")
            process.send_signal(sent)
            until(lambda: refused(port))
            connection.send(b"n=xy")
            found = connection.getresponse()
            assert found.status in (200, 400, 403)
            assert found.read()
        connection.close()
        assert process.wait(LONG) == 0


def test_several_workers_leave_no_socket_in_anyones_home(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = pytest.importorskip("gunicorn.app.base").BaseApplication
    served = []
    monkeypatch.setattr(base, "run", lambda application: served.append(application))
    serve(office, workers=2, say=lambda _words: None)
    settings = served[0].cfg.settings
    assert settings["workers"].get() == 2
    if "control_socket" not in settings:
        pytest.skip("this gunicorn makes no socket of its own")
    assert settings["control_socket_disable"].get() is True


# -- what `nq serve` refuses and says ------------------------------------------------------------


def told(folder: Path, **options: object) -> list[str]:
    """What it says before the port, which is in use, ends it."""
    said: list[str] = []
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(WorkspaceError) as wrong:
            serve(folder, port=taken.getsockname()[1], say=said.append, **options)  # type: ignore[arg-type]
    return [*said, str(wrong.value)]


def with_hosts(folder: Path, hosts: str) -> None:
    with (folder / "workspace.toml").open("a", encoding="utf-8") as file:
        file.write(f"hosts = {hosts}\n")


def test_behind_a_proxy_without_host_names_nothing_is_served(office: Path) -> None:
    assert told(office, behind_proxy=True) == [
        "behind a proxy the host names must be known, or a stranger's name gets into links. Write "
        'hosts = ["NAME"] into workspace.toml, with the name under which people reach the office.'
    ]
    with_hosts(office, "[]")
    assert "the host names must be known" in told(office, behind_proxy=True)[0]
    assert "is in use" in told(office)[0]


def test_behind_a_proxy_with_its_host_name_it_is(office: Path) -> None:
    with_hosts(office, '["nq.example"]')
    assert "is in use" in told(office, behind_proxy=True)[-1]
