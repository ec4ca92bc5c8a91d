"""The command ``nq serve``. nqcore finds it by entry point (group "nqcore.commands")."""

from __future__ import annotations

from pathlib import Path

import click

from nqcore.errors import Spoken
from nqcore.text.messages import translator


@click.command("serve")
@click.option(
    "-w",
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("."),
    envvar="NQ_WORKSPACE",
    help="The workspace's folder (default: here, or $NQ_WORKSPACE).",
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8020, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option(
    "--behind-proxy", is_flag=True, help="A reverse proxy with TLS forwards the requests."
)
@click.option(
    "--log",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    envvar="NQ_LOG",
    help="A folder for one file of events a day (default: standard error).",
)
@click.pass_context
def command(
    ctx: click.Context,
    workspace: Path,
    host: str,
    port: int,
    workers: int,
    behind_proxy: bool,
    log: Path | None,
) -> None:
    """Serve the web forms."""
    from webforms.serving import serve  # `nq --help` lists this command and loads no Flask

    translate = translator(ctx.find_root().obj or "vi")

    serve(
        workspace,
        host=host,
        port=port,
        workers=workers,
        behind_proxy=behind_proxy,
        log=log,
        say=lambda words: click.echo(
            words.message(translate) if isinstance(words, Spoken) else words
        ),
    )
