"""Serving the forms: waitress in one process, gunicorn where several are asked for."""

from __future__ import annotations

import errno
import logging
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from flask import Flask

from nqcore.collection.settings import Settings
from nqcore.errors import N_, Phrase, WorkspaceError
from nqcore.files.filesystem import file_system, on_network
from nqcore.workspace.demo import PASSWORD
from nqcore.workspace.facade import Workspace
from nqcore.workspace.opening import open_workspace
from webforms import draining
from webforms.app import create_app
from webforms.list_page_rules import page_rules
from webforms.security import gate
from webforms.security.event_log import EVENTS, event, set_up
from webforms.shared.own_address import is_loopback
from webforms.workers.process import Workers
from webforms.workers.waiting_line import PLACES

USER_THREADS = 8
THREADS = USER_THREADS + gate.THREADS
"""Those that strangers hold while they wait come on top of those for users."""

LOOPBACK = ("localhost", "127.0.0.1")


def trusted_hosts(settings: Settings, host: str, behind_proxy: bool) -> tuple[str, ...]:
    """The host names that are answered. On this machine only its own: a page elsewhere whose name
    was made to lead here gets nothing. Behind a proxy those of the settings, of which there must be one."""
    if behind_proxy:
        return (*settings.hosts, *LOOPBACK)
    if ":" in host:
        return ()  # werkzeug compares no IPv6 addresses
    return (*settings.hosts, *LOOPBACK, *(() if host in LOOPBACK else (host,)))


def serve(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8020,
    workers: int = 1,
    behind_proxy: bool = False,
    log: Path | None = None,
    say: Callable[[object], object] = print,
) -> None:
    """Serve the workspace in `folder` until interrupted. Raises WorkspaceError.

    Plain HTTP only on this machine: passwords and figures do not travel readable. Any other host
    needs a proxy with TLS in front (`behind_proxy`). `log` is the folder for one file of events a day
    (None: standard error). A demo stays on this machine in any case.
    """
    set_up(log)
    if on_network(folder):
        raise WorkspaceError(
            detail=Phrase(
                N_(
                    "{folder} lies on a network file system ({file_system}), where locks do not "
                    "hold. Put it on a disk of this machine."
                ),
                {"folder": folder, "file_system": file_system(folder)},
            )
        )
    with open_workspace(folder) as workspace:
        for fault in workspace.faults:
            event("plugin fault", plugin=fault.plugin, version=fault.version, hook=fault.where)
        _check_host(workspace.settings, host, behind_proxy)
        for words in (*workspace.store.repairs, *workspace.store.notes):
            say(words)
        for sentence in workspace.archive.take_custody(by="nq serve").phrases():
            say(sentence)
        if workers == 1:
            _waitress(workspace, host, port, behind_proxy, log, say)
            return
    _gunicorn(folder, host, port, workers, behind_proxy, log, say)


def _check_host(settings: Settings, host: str, behind_proxy: bool) -> None:
    """Raise WorkspaceError where passwords and figures would travel readable to another machine, and behind
    a proxy where no host name is known: the name that a browser sends would stand in one-time links."""
    if behind_proxy and not settings.hosts:
        raise WorkspaceError(
            detail=Phrase(
                N_(
                    "behind a proxy the host names must be known, or a stranger's name gets into "
                    'links. Write hosts = ["NAME"] into workspace.toml, with the name under which '
                    "people reach the office."
                )
            )
        )
    if is_loopback(host) or (behind_proxy and not settings.demo):
        return
    raise WorkspaceError(
        detail=Phrase(
            N_("{host} can be reached from outside. {why}"),
            {
                "host": host,
                "why": Phrase(
                    N_("A demo is served on this machine only: its passwords are known.")
                    if settings.demo
                    else N_("Put a proxy with TLS in front and give --behind-proxy.")
                ),
            },
        )
    )


def _application(workspace: Workspace, host: str, behind_proxy: bool, log: Path | None) -> Flask:
    make = partial(worker_application, workspace.folder, behind_proxy, log)
    return create_app(
        workspace,
        secure_cookies=behind_proxy,
        behind_proxy=behind_proxy,
        trusted_hosts=trusted_hosts(workspace.settings, host, behind_proxy),
        demo_accounts=demo_accounts(workspace),
        workers=Workers(make, PLACES),
    )


def worker_application(folder: Path, secure_cookies: bool, log: Path | None) -> Flask:
    """The application of a process that makes heavy pages. Requests have passed the server's checks and
    its log; only faults are logged here."""
    set_up(log)
    EVENTS.setLevel(logging.ERROR)
    return create_app(folder, secure_cookies=secure_cookies)


def _waitress(
    workspace: Workspace,
    host: str,
    port: int,
    behind_proxy: bool,
    log: Path | None,
    say: Callable[[object], object],
) -> None:
    """Serve in this process until SIGTERM or Ctrl+C, then finish all answers. Raises WorkspaceError where
    the port is in use."""
    from waitress import create_server

    from webforms.slow_connections import CONNECTIONS, IDLE, use_patient_channels

    app = _application(workspace, host, behind_proxy, log)
    sockets: draining.Map = {}
    try:
        server = create_server(
            app,
            map=sockets,
            host=host,
            port=port,
            threads=THREADS,
            # A little above what the pages take, so that the page itself refuses and gives the reason.
            max_request_body_size=2 * max(rule.largest_body for rule in page_rules(app).values()),
            ident="nqcore",
            connection_limit=CONNECTIONS,
            channel_timeout=IDLE,
            # Behind a proxy werkzeug's ProxyFix reads them; without one they are not trusted.
            clear_untrusted_proxy_headers=not behind_proxy,
        )
    except OSError as wrong:
        draining.close(sockets)
        if wrong.errno != errno.EADDRINUSE:
            raise
        raise WorkspaceError(
            detail=Phrase(
                N_("Port {port} is in use. Stop what serves there, or choose another with --port."),
                {"port": port},
            )
        ) from wrong
    use_patient_channels(server)
    # "localhost" may be two sockets, IPv4 and IPv6, on the same port.
    at = getattr(server, "effective_port", port)
    words = N_("Serving {name}: http://{host}:{port}/  (stop: Ctrl+C)")
    say(Phrase(words, {"name": workspace.settings.name, "host": host, "port": at}))
    sys.stdout.flush()
    stopping = draining.Draining()
    with stopping.on_signals():
        if not draining.run(server, sockets, stopping):
            say(Phrase(N_("Some answers were not finished in time.")))


def demo_accounts(workspace: Workspace) -> tuple[tuple[str, str, str], ...]:
    """The accounts that a demo's sign-in page shows: login, password, unit."""
    if not workspace.settings.demo:
        return ()
    shown = [one for one in workspace.accounts.all() if not one.locked and one.password]
    # Those at the top first: they show the most.
    shown.sort(key=lambda one: (one.unit != workspace.settings.root, one.login))
    return tuple((one.login, PASSWORD, one.name) for one in shown)


def _gunicorn(
    folder: Path,
    host: str,
    port: int,
    workers: int,
    behind_proxy: bool,
    log: Path | None,
    say: Callable[[object], object],
) -> None:
    try:
        from gunicorn.app.base import BaseApplication
    except ImportError:
        raise WorkspaceError(
            detail=Phrase(
                N_("Several workers need gunicorn: pip install gunicorn, or leave --workers at 1.")
            )
        ) from None

    class Application(BaseApplication):  # type: ignore[misc]
        """Gunicorn with the workspace opened anew in each worker."""

        def load_config(self) -> None:
            self.cfg.set("bind", f"{host}:{port}")
            self.cfg.set("workers", workers)
            self.cfg.set("threads", THREADS)
            # Since gunicorn 25 a socket in the user's home or runtime folder, one for all offices of the
            # machine. Signals are enough here.
            if "control_socket_disable" in self.cfg.settings:
                self.cfg.set("control_socket_disable", True)

        def load(self) -> object:
            return _application(open_workspace(folder), host, behind_proxy, log)

    words = N_("Serving with {workers} workers: http://{host}:{port}/")
    say(Phrase(words, {"workers": workers, "host": host, "port": port}))
    Application().run()
