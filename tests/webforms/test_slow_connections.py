"""Slow connections are closed, and keep nobody out meanwhile. The server is waitress itself, in a thread."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection

import pytest
from flask import Flask, request
from waitress import create_server, wasyncore

from webforms import slow_connections
from webforms.slow_connections import CONNECTIONS, use_patient_channels


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(slow_connections, "HEAD_SECONDS", 1.0)
    app = Flask("echo")

    @app.route("/", methods=["GET", "POST"])
    def echo() -> str:
        return str(len(request.get_data()))

    server = create_server(app, host="127.0.0.1", port=0, connection_limit=CONNECTIONS)
    use_patient_channels(server)
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            wasyncore.loop(timeout=0.1, map=server._map, use_poll=True, count=1)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield server.effective_port
    server.task_dispatcher.shutdown()
    ended.set()
    thread.join(10)
    wasyncore.close_all(server._map)


@pytest.fixture
def opened(port: int) -> Iterator[Callable[[bytes], socket.socket]]:
    """A new connection that sends these bytes."""
    with ExitStack() as stack:

        def connect(first: bytes) -> socket.socket:
            found = socket.create_connection(("127.0.0.1", port), timeout=10)
            stack.enter_context(found)
            found.sendall(first)
            return found

        yield connect


def closed_after(one: socket.socket, drip: bytes, pause: float = 0.1, most: float = 8.0) -> float:
    """Seconds until the server closes the connection, which sends `drip` all the time."""
    begun = time.monotonic()
    one.settimeout(pause)
    while time.monotonic() - begun < most:
        try:
            one.sendall(drip)
            if one.recv(1000) == b"":
                return time.monotonic() - begun
        except TimeoutError:
            continue
        except OSError:
            return time.monotonic() - begun
    return most


def test_a_head_that_comes_byte_by_byte_is_given_up(opened) -> None:
    assert 0.8 < closed_after(opened(b"GET / HTTP/1.1\r\nX-A: "), b"a") < 5


def test_a_body_that_comes_byte_by_byte_is_given_up(opened) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n"
    assert 0.8 < closed_after(opened(head), b"a") < 5


def test_a_long_body_has_time_for_its_bytes(opened) -> None:
    """60,000 bytes in a second and a half, where a head has one second."""
    one = opened(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n")
    for _n in range(6):
        time.sleep(0.25)
        one.sendall(b"a" * 10_000)
    one.settimeout(10)
    answer = b""
    while not answer.endswith(b"60000"):
        more = one.recv(1000)
        assert more
        answer += more


def test_a_connection_that_was_used_may_wait_for_its_next_request(port: int) -> None:
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        for _n in range(3):
            connection.request("GET", "/")
            assert connection.getresponse().read() == b"0"
            time.sleep(1.5)


def test_more_slow_connections_than_waitress_takes_by_itself_keep_nobody_out(
    port: int, opened
) -> None:
    for _n in range(130):
        opened(b"GET / HTTP/1.1\r\nX-A: ")
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("POST", "/", b"abc")
        assert connection.getresponse().read() == b"3"
