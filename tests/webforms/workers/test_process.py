"""Worker processes: they answer like the application, end with it, and a dead one is replaced."""

import os
import signal
import time
from threading import Timer
from urllib.parse import urlencode

import pytest
from flask import Flask, request

from webforms.workers.process import PageAsked, Worker, WorkerFailed

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

    @app.post("/form")
    def form() -> str:
        with open(request.form["file"], "a") as file:
            file.write("x")
        if request.form.get("die"):
            os._exit(3)
        return "written"

    @app.get("/die")
    def die() -> str:
        os._exit(3)

    @app.get("/fault")
    def fault() -> str:
        raise ValueError

    return app


def asked(path: str, method: str = "GET", body: bytes = b"") -> PageAsked:
    environ = {
        **BASE,
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "wsgi.url_scheme": "http",
        "HTTP_HOST": "x",
    }
    return PageAsked(environ, body)


@pytest.fixture
def worker():
    made = Worker(little)
    yield made
    made.close()


def test_pages_are_made_in_one_other_process(worker) -> None:
    first, second = (worker.answer(asked("/number")) for _n in range(2))
    assert first.status == "200 OK"
    assert first.body == second.body != str(os.getpid()).encode()


def test_a_process_that_was_killed_is_replaced_without_a_word(worker) -> None:
    number = int(worker.answer(asked("/number")).body)
    os.kill(number, signal.SIGKILL)
    assert int(worker.answer(asked("/number")).body) != number


def test_a_page_that_kills_its_process_is_given_up_and_the_next_is_made(worker) -> None:
    with pytest.raises(WorkerFailed):
        worker.answer(asked("/die"))
    assert worker.answer(asked("/number")).status == "200 OK"


def test_a_page_that_takes_too_long_is_given_up_and_its_process_ends(worker) -> None:
    number = int(worker.answer(asked("/number")).body)
    with pytest.raises(WorkerFailed):
        worker.answer(asked("/slow"), limit=0.5)
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
    assert int(worker.answer(asked("/number")).body) != number


def test_a_process_that_is_to_end_finishes_its_page_first(worker) -> None:
    number = int(worker.answer(asked("/number")).body)
    Timer(0.3, os.kill, (number, signal.SIGTERM)).start()
    assert int(worker.answer(asked("/second")).body) == number
    assert int(worker.answer(asked("/number")).body) != number


def test_an_idle_process_ends_when_it_is_to_end(worker) -> None:
    number = int(worker.answer(asked("/number")).body)
    os.kill(number, signal.SIGTERM)
    assert int(worker.answer(asked("/number")).body) != number


def test_a_fault_of_a_page_is_an_answer(worker) -> None:
    assert worker.answer(asked("/fault")).status.startswith("500")
    assert worker.answer(asked("/missing")).status.startswith("404")


def test_a_process_stands_back_behind_those_who_save(worker) -> None:
    number = int(worker.answer(asked("/number")).body)
    assert os.getpriority(os.PRIO_PROCESS, number) > os.getpriority(os.PRIO_PROCESS, 0)


def test_a_form_is_handed_over_with_its_fields(worker, tmp_path) -> None:
    body = urlencode({"file": tmp_path / "written"}).encode()
    assert worker.answer(asked("/form", "POST", body)).body == b"written"
    assert (tmp_path / "written").read_text() == "x"


def test_a_form_whose_process_ended_in_the_middle_is_not_sent_twice(worker, tmp_path) -> None:
    body = urlencode({"file": tmp_path / "written", "die": "1"}).encode()
    with pytest.raises(WorkerFailed) as failed:
        worker.answer(asked("/form", "POST", body))
    assert failed.value.begun
    assert (tmp_path / "written").read_text() == "x"


def test_a_form_whose_process_had_ended_before_is_sent_to_the_next_one(worker, tmp_path) -> None:
    number = int(worker.answer(asked("/number")).body)
    os.kill(number, signal.SIGKILL)
    body = urlencode({"file": tmp_path / "written"}).encode()
    assert worker.answer(asked("/form", "POST", body)).body == b"written"
    assert (tmp_path / "written").read_text() == "x"


def test_a_process_that_never_begins_has_written_nothing(worker) -> None:
    with pytest.raises(WorkerFailed) as failed:
        worker.answer(asked("/form", "POST", b"file=x"), limit=0.0)
    assert not failed.value.begun
