"""`nq extend`: a deadline extension for one report."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from nqcore.cli.group import letters_option, main, open_here, today_option, workspace_option
from nqcore.cli.localized import echo
from nqcore.errors import N_, Phrase


@main.command()
@workspace_option
@click.option("--form", required=True)
@click.option("--period", required=True)
@click.option("--unit", required=True)
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The new last day to send."
)
@click.option("--reason", required=True, help="Why; kept in the journal, shown on the board.")
@click.option("--by", required=True, help="The login of the account that grants it.")
@letters_option
@today_option
def extend(
    workspace: Path,
    form: str,
    period: str,
    unit: str,
    until: datetime,
    reason: str,
    by: str,
    letters_as_typed: bool,
    today: datetime | None,
) -> None:
    """Give one unit more time for one report."""
    from nqcore.text.old_encodings import letters_as_typed as keep_letters

    with open_here(workspace, today) as ws, keep_letters(letters_as_typed):
        found = ws.submissions.extend_deadline(unit, form, period, until.date(), reason, by=by)
        words = N_("{submission}: due {day}")
        echo(Phrase(words, {"submission": found.submission, "day": found.due.isoformat()}))
