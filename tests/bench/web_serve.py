"""The servers of the web benchmark, in a process of their own: the office, and an empty page."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from flask import Flask, render_template_string, request
from waitress import create_server

from tests.bench import web_office
from webforms import create_app

EMPTY = "<!doctype html><title>{{ title }}</title><p>{{ words }}</p>"


def empty_app() -> Flask:
    """A page without anything behind it, of as many bytes as asked for."""
    app = Flask(__name__)

    @app.get("/")
    def page() -> str:
        size = int(request.args["bytes"])
        return render_template_string(EMPTY, title="x", words="x" * max(1, size - len(EMPTY)))

    return app


def main(folder: str, units: str) -> None:
    """Serve until killed; the first line printed has both ports."""
    with web_office.reopen(Path(folder), int(units), more=web_office.RULES) as ws:
        servers = [
            create_server(app, host="127.0.0.1", port=0, threads=2)
            for app in (create_app(ws), empty_app())
        ]
        print(*(server.effective_port for server in servers), flush=True)
        for server in servers[1:]:
            threading.Thread(target=server.run, daemon=True).start()
        servers[0].run()


if __name__ == "__main__":
    main(*sys.argv[1:])
