"""Worker processes: they answer like the application, end with it, and a dead one is replaced."""

import os
import signal
import time
from threading import Timer

import pytest
from flask import Flask

from webforms.workers.process import Worker, WorkerFailed

BASE = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1"}


def little() -> Flask:
    """An application of a few pages."""
    app = Flask("little")

    @app.get("/number")
    def number() -> str:
        return str(os.getpid())

    @app.get("/slow")
    def slow() -> str:
        time.sleep(20)
        return "late"

    @app.get("/second")
    def second() -> str:
        time.sleep(1)
        return str(os.getpid())

    @app.get("/die")
    def die() -> str:
        os._exit(3)

    @app.get("/fault")
    def fault() -> str:
        raise ValueError

    return app


def environ(path: str) -> dict[str, str]:
    return {
        **BASE,
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "wsgi.url_scheme": "http",
        "HTTP_HOST": "x",
    }


@pytest.fixture
def worker():
    made = Worker(little)
    yield made
    made.close()


def test_pages_are_made_in_one_other_process(worker) -> None:
    first, second = (worker.answer(environ("/number")) for _n in range(2))
    assert first.status == "200 OK"
    assert first.body == second.body != str(os.getpid()).encode()


def test_a_process_that_was_killed_is_replaced_without_a_word(worker) -> None:
    number = int(worker.answer(environ("/number")).body)
    os.kill(number, signal.SIGKILL)
    assert int(worker.answer(environ("/number")).body) != number


def test_a_page_that_kills_its_process_is_given_up_and_the_next_is_made(worker) -> None:
    with pytest.raises(WorkerFailed):
        worker.answer(environ("/die"))
    assert worker.answer(environ("/number")).status == "200 OK"


def test_a_page_that_takes_too_long_is_given_up_and_its_process_ends(worker) -> None:
    number = int(worker.answer(environ("/number")).body)
    with pytest.raises(WorkerFailed):
        worker.answer(environ("/slow"), limit=0.5)
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
    assert int(worker.answer(environ("/number")).body) != number


def test_a_process_that_is_to_end_finishes_its_page_first(worker) -> None:
    number = int(worker.answer(environ("/number")).body)
    Timer(0.3, os.kill, (number, signal.SIGTERM)).start()
    assert int(worker.answer(environ("/second")).body) == number
    assert int(worker.answer(environ("/number")).body) != number


def test_an_idle_process_ends_when_it_is_to_end(worker) -> None:
    number = int(worker.answer(environ("/number")).body)
    os.kill(number, signal.SIGTERM)
    assert int(worker.answer(environ("/number")).body) != number


def test_a_fault_of_a_page_is_an_answer(worker) -> None:
    assert worker.answer(environ("/fault")).status.startswith("500")
    assert worker.answer(environ("/missing")).status.startswith("404")


def test_a_process_stands_back_behind_those_who_save(worker) -> None:
    number = int(worker.answer(environ("/number")).body)
    assert os.getpriority(os.PRIO_PROCESS, number) > os.getpriority(os.PRIO_PROCESS, 0)
