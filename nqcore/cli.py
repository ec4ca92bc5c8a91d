"""The `nq` command: each command is a few lines over Workspace.

Exit status: 0 done, 1 the answer is "not right" (verify, check), 2 wrong usage or an error, told on
standard error in one line that says what to do.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from nqcore import __version__
from nqcore.clock import clock_at
from nqcore.errors import NqError
from nqcore.model.figures import Figure
from nqcore.workspace import Workspace, open_workspace

Translate = Callable[[str], str]


class _Errors(click.Group):
    """Prints an NqError as one line in the reader's language and exits with 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except NqError as wrong:
            translate = ctx.obj["_"] if ctx.obj else str
            click.echo(f"nq: {' '.join(wrong.message(translate).split())}", err=True)
            for note in getattr(wrong, "__notes__", ()):
                click.echo(f"    {note}", err=True)
            ctx.exit(2)


@click.group(cls=_Errors, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--lang",
    type=click.Choice(["vi", "en"]),
    default="vi",
    show_default=True,
    envvar="NQ_LANG",
    help="Language of messages.",
)
@click.version_option(__version__, prog_name="nq")
@click.pass_context
def main(ctx: click.Context, lang: str) -> None:
    """Follow how a directive is carried out: collect, roll up, find, report."""
    from nqcore.text.messages import translations

    ctx.obj = {"_": translations(lang).gettext}


workspace_option = click.option(
    "-w",
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("."),
    envvar="NQ_WORKSPACE",
    help="The workspace's folder (default: here, or $NQ_WORKSPACE).",
)
today_option = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="Run as if it were that day.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="For programs.")


def _open(folder: Path, today: datetime | None = None) -> Workspace:
    ws = open_workspace(folder, clock=clock_at(today.date()) if today else None)
    for fault in ws.faults:
        click.echo(f"nq: plugin {fault.plugin}: {fault.where}: {fault.detail}", err=True)
    for sentence in (*ws.store.repairs, *ws.store.notes):
        click.echo(f"nq: {sentence}", err=True)
    return ws


def _print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns padded to their widest cell; numbers are the caller's to align."""
    lines = [tuple(head), *(tuple(row) for row in rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    for line in lines:
        click.echo(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        )


# -- making and serving --------------------------------------------------------------------------


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("demo"))
@click.option("--port", type=click.IntRange(0, 65535), default=8020, show_default=True)
@click.option("--no-serve", is_flag=True, help="Only make the workspace.")
def demo(folder: Path, port: int, no_serve: bool) -> None:
    """Make a demo workspace (once) with ten years of a district's figures, and serve it."""
    from nqcore.demo import PASSWORD, fill_demo, make_demo

    making = folder / ".unfinished"
    if making.exists():
        raise click.ClickException(
            f"{folder} was left unfinished. Remove it and run nq demo again."
        )
    if not (folder / "workspace.toml").exists():
        ws = make_demo(folder)
        making.touch()
        with ws:

            def progress(todo: Sequence[Any]) -> Sequence[Any]:
                return _Bar(todo, "Ten years of reports")

            fill_demo(ws, progress)
        making.unlink()
    with _open(folder) as ws:
        click.echo(f"{ws.settings.name}: {folder} (today is {ws.today.isoformat()})")
        click.echo(f"Accounts (password {PASSWORD}):")
        _table(
            ("login", "unit", "roles"),
            (
                (a.login, ws.units[a.unit].name, ", ".join(sorted(r.value for r in a.roles)))
                for a in ws.people.all()
            ),
        )
    if not no_serve:
        _serve(folder, "127.0.0.1", port, 1, False)


class _Bar(Sequence[Any]):
    """A list whose walk draws a progress bar on a terminal."""

    def __init__(self, items: Sequence[Any], label: str) -> None:
        self._items, self._label = items, label

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, at: Any) -> Any:
        return self._items[at]

    def __iter__(self) -> Any:
        with click.progressbar(self._items, label=self._label, file=sys.stderr) as bar:
            yield from bar


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--plugin", "plugins", multiple=True, help="A plugin to allow (may be repeated).")
@click.option(
    "--units",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The office's list of units: .csv or .xlsx with code, name, kind, parent.",
)
@click.option("--name", default=None, help="The office's name (default: the top unit's).")
@click.option("--admin", default="quantri", show_default=True, help="The first account's login.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8020,
    show_default=True,
    help="Where nq serve will listen: used in the link that is printed.",
)
@click.pass_context
def init(
    ctx: click.Context,
    folder: Path,
    plugins: tuple[str, ...],
    units: Path | None,
    name: str | None,
    admin: str,
    port: int,
) -> None:
    """Make a workspace that can collect at once."""
    from nqcore.starting import start_workspace

    ws, link = start_workspace(folder, plugins=plugins, units=units, name=name, admin=admin)
    with ws:
        for fault in ws.faults:
            click.echo(f"nq: plugin {fault.plugin}: {fault.where}: {fault.detail}", err=True)
        click.echo(
            f"{folder}: {len(ws.units)} units, {len(ws.catalogue.forms)} forms, "
            f"{len(ws.catalogue.indicators)} indicators"
        )
    click.echo(f"Start it:   nq serve -w {folder}" + (f" --port {port}" if port != 8020 else ""))
    click.echo(
        f"Sign in once as {admin} (works until {link.expires:%Y-%m-%d %H:%M}) and set a password:"
    )
    click.echo(f"  http://127.0.0.1:{port}/dang-nhap/{link.token}")


@main.command()
@workspace_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8020, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
@click.option("--behind-proxy", is_flag=True, help="A reverse proxy with TLS stands in front.")
def serve(workspace: Path, host: str, port: int, workers: int, behind_proxy: bool) -> None:
    """Serve the web forms."""
    _serve(workspace, host, port, workers, behind_proxy)


def _serve(folder: Path, host: str, port: int, workers: int, behind_proxy: bool) -> None:
    from webforms.serving import serve as serve_forms  # Flask is loaded here only

    serve_forms(
        folder, host=host, port=port, workers=workers, behind_proxy=behind_proxy, say=click.echo
    )


# -- what the workspace knows --------------------------------------------------------------------


@main.command()
@workspace_option
@click.argument("id", required=False)
@json_option
def directives(workspace: Path, id: str | None, as_json: bool) -> None:
    """The directives, or one with what hangs on it as a tree."""
    from nqcore import listing

    with _open(workspace) as ws:
        if as_json:
            _print_json(listing.directives_data(ws, id))
        elif id:
            for line in listing.directive_tree(ws, id):
                click.echo(line)
        else:
            _table(
                ("id", "number", "date", "body", "type"),
                (
                    (d.id, d.number, d.date.isoformat() if d.date else "?", d.body, d.type)
                    for d in ws.directives
                ),
            )
            for gone in ws.catalogue.unresolved:
                click.echo(
                    f"! {gone.what}: {gone.kind} “{gone.missing}” is not known (from {gone.owner})"
                )


@main.command()
@workspace_option
@click.argument("id", required=False)
@click.option(
    "--at", type=click.DateTime(["%Y-%m-%d"]), default=None, help="As they stood on that day."
)
@json_option
def units(workspace: Path, id: str | None, at: datetime | None, as_json: bool) -> None:
    """The units as a tree."""
    from nqcore import listing

    with _open(workspace) as ws:
        tree = ws.units.at(at.date()) if at else ws.units
        if as_json:
            _print_json(listing.units_data(ws, tree, id))
        else:
            for line in listing.unit_lines(tree, id):
                click.echo(line)


@main.command()
@workspace_option
@click.argument("code", required=False)
@json_option
def indicators(workspace: Path, code: str | None, as_json: bool) -> None:
    """The indicators: what is counted and how it adds up."""
    from nqcore import listing

    with _open(workspace) as ws:
        data = listing.indicators_data(ws, code)
        if as_json:
            _print_json(data)
        else:
            _table(
                ("code", "name", "measure", "units/time", "plugin"),
                (
                    (
                        i["code"],
                        i["name"],
                        i["measure"],
                        f"{i['over_units']}/{i['over_time']}"
                        if not i["formula"]
                        else f"= {i['formula']}",
                        i["plugin"],
                    )
                    for i in data
                ),
            )


@main.command()
@workspace_option
@click.option("--form", required=True)
@click.option("--period", required=True)
@today_option
@json_option
def status(workspace: Path, form: str, period: str, today: datetime | None, as_json: bool) -> None:
    """Who has sent, who is late, who is missing."""
    from nqcore import listing

    with _open(workspace, today) as ws:
        rows = listing.status_data(ws, form, period)
        if as_json:
            _print_json(rows)
        else:
            _table(
                ("unit", "name", "state", "due", "sent", "days late"),
                (
                    (
                        r["unit"],
                        r["name"],
                        r["state"] or "-",
                        r["due"],
                        r["sent"] or "-",
                        "-" if r["days_late"] is None else str(r["days_late"]),
                    )
                    for r in rows
                ),
            )


# -- figures -------------------------------------------------------------------------------------


@main.command("import")
@workspace_option
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--by", default=None, help="The account that imports (default: the only reviewer).")
@click.pass_context
def import_(ctx: click.Context, workspace: Path, file: Path, dry_run: bool, by: str | None) -> None:
    """Values in bulk from a .csv file: unit,period,indicator,value. They become drafts."""
    from nqcore.importing import ImportRefused, apply_import, plan_import

    with _open(workspace) as ws:
        try:
            plan = plan_import(ws, file)
        except ImportRefused as refused:
            for fault in refused.faults:
                said = ctx.obj["_"](fault.template).format(**fault.params)
                click.echo(f"{file}:{fault.row}: {said}", err=True)
            raise
        for change in plan.changes:
            click.echo(
                f"{change.obligation.submission} {change.field}: {change.old or '–'} → {change.new or '–'}"
            )
        click.echo(
            f"{len(plan.changes)} cells change in {len(plan.submissions)} reports, {plan.same} stay."
        )
        if not dry_run and plan.changes:
            written = apply_import(ws, plan, by=ws.account(by or _only_reviewer(ws)))
            click.echo(f"{written} drafts written.")


def _only_reviewer(ws: Workspace) -> str:
    from nqcore.accounts import Action

    found = [a.login for a in ws.people.all() if a.may(Action.REVIEW, ws.settings.root, ws.units)]
    if len(found) != 1:
        raise click.UsageError(
            f"say who imports with --by ({', '.join(found) or 'no reviewer yet'})"
        )
    return found[0]


@main.command()
@workspace_option
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), default=None)
def export(workspace: Path, output: Path | None) -> None:
    """Every accepted value as .csv: unit,period,indicator,value."""
    from nqcore.importing import COLUMNS, export_rows

    with _open(workspace) as ws:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(export_rows(ws))
        if output:
            output.write_text(text.getvalue(), "utf-8")
        else:
            click.echo(text.getvalue(), nl=False)


@main.command()
@workspace_option
@click.option("--form", required=True)
@click.option("--period", required=True)
@click.option("--unit", default=None)
@click.option("--boundaries", default="reported", help="“reported” (others come later).")
@click.option("--format", "shape", type=click.Choice(["table", "csv", "json"]), default="table")
@today_option
@click.pass_context
def rollup(
    ctx: click.Context,
    workspace: Path,
    form: str,
    period: str,
    unit: str | None,
    boundaries: str,
    shape: str,
    today: datetime | None,
) -> None:
    """Totals with coverage."""
    from nqcore.explaining import figure_data

    if boundaries != "reported":
        raise click.UsageError("only --boundaries reported is known yet")
    with _open(workspace, today) as ws:
        figures = ws.rollup(form=form, period=period, unit=unit)
        if shape == "json":
            _print_json([figure_data(figure) for figure in figures])
        elif shape == "csv":
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow(
                ("indicator", "unit", "period", "value", "measure", "reported", "due", "missing")
            )
            for f in figures:
                writer.writerow(
                    (
                        f.indicator,
                        f.unit,
                        f.period,
                        "" if f.value is None else f"{f.value:f}",
                        f.measure,
                        f.coverage.reported,
                        f.coverage.due,
                        " ".join(f.coverage.missing_units),
                    )
                )
        else:
            _print_figures(ws, figures, ctx.obj["_"])


def _print_figures(ws: Workspace, figures: Sequence[Figure], translate: Translate) -> None:
    from nqcore.report.sentences import figure_text

    def row(f: Figure) -> tuple[str, ...]:
        c = f.coverage
        note = f.reason.message(translate) if f.reason else ""
        if c.missing:
            note = f"{note} missing: {', '.join(c.missing_units)}".strip()
        if c.carried:
            note = f"{note} carried over: {', '.join(p.unit for p in c.carried)}".strip()
        return (f.indicator, figure_text(f), f.measure, f"{c.reported}/{c.due}", note)

    _table(("indicator", "value", "measure", "reports", "note"), map(row, figures))


@main.command()
@workspace_option
@click.option("--indicator", default=None)
@click.option("--period", default=None)
@click.option("--unit", default=None)
@click.option("--figure", default=None, help="A figure's id, as in nq report --format json.")
@today_option
@json_option
def explain(
    workspace: Path,
    indicator: str | None,
    period: str | None,
    unit: str | None,
    figure: str | None,
    today: datetime | None,
    as_json: bool,
) -> None:
    """Where a figure comes from: reports, revisions, people, definitions, plugins."""
    from nqcore import listing

    if not figure and not (indicator and period):
        raise click.UsageError("give --figure ID, or --indicator and --period (and --unit)")
    with _open(workspace, today) as ws:
        found = ws.explain(figure or ws.figure(indicator or "", period or "", unit))
        if as_json:
            _print_json(found.as_data())
        else:
            for line in listing.explanation_lines(ws, found):
                click.echo(line)


@main.command()
@workspace_option
@click.option("--directive", required=True)
@click.option("--period", required=True)
@click.option("--unit", default=None)
@today_option
@json_option
def findings(
    workspace: Path,
    directive: str,
    period: str,
    unit: str | None,
    today: datetime | None,
    as_json: bool,
) -> None:
    """Results and shortcomings with their evidence."""
    from nqcore import listing

    with _open(workspace, today) as ws:
        verdict = ws.verdict(directive=directive, period=period, unit=unit)
        if as_json:
            _print_json(listing.verdict_data(verdict))
        else:
            for line in listing.verdict_lines(verdict):
                click.echo(line)


@main.command()
@workspace_option
@click.option("--directive", required=True)
@click.option("--period", required=True)
@click.option("--unit", default=None)
@click.option("--format", "format_", required=True)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
@today_option
def report(
    workspace: Path,
    directive: str,
    period: str,
    unit: str | None,
    format_: str,
    output: Path,
    today: datetime | None,
) -> None:
    """Write the review in a format that a plugin offers."""
    with _open(workspace, today) as ws:
        document = ws.report(directive=directive, period=period, unit=unit, format=format_)
        document.save(output)
        figures = sum(1 for _ in document.report.figures)
        click.echo(
            f"{output}: {len(document.data):,} bytes, {figures} figures. {document.report.coverage}"
        )


# -- upkeep --------------------------------------------------------------------------------------


@main.command()
@workspace_option
def verify(workspace: Path) -> None:
    """Is every byte of history intact? Exit status 1 if not."""
    from nqcore.settings import read_settings
    from nqcore.store import load_key, readable, survey  # noqa: F401

    settings = read_settings(workspace)
    from nqcore.upkeep import verify_folder

    found = verify_folder(workspace, settings)
    for sentence in found.sentences:
        click.echo(sentence)
    sys.exit(0 if found.sound else 1)


@main.group()
def user() -> None:
    """Accounts."""


@user.command("add")
@workspace_option
@click.argument("login")
@click.option("--name", required=True)
@click.option("--unit", required=True)
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice(["enter", "lead", "review", "watch", "admin", "inspect"]),
)
def user_add(workspace: Path, login: str, name: str, unit: str, roles: tuple[str, ...]) -> None:
    """Add an account and print its one-time sign-in link."""
    from nqcore.accounts import Role

    with _open(workspace) as ws:
        ws.people.add(
            login,
            name,
            unit,
            [Role(role) for role in roles],
            units=ws.units,
            by="nq user",
            at=ws.clock(),
        )
        _link(ws, login)


@user.command("link")
@workspace_option
@click.argument("login")
def user_link(workspace: Path, login: str) -> None:
    """A fresh one-time sign-in link for an account."""
    with _open(workspace) as ws:
        _link(ws, login)


def _link(ws: Workspace, login: str) -> None:
    link = ws.people.link(login, by="nq user", at=ws.clock())
    click.echo(f"{login}: /dang-nhap/{link.token} (once, until {link.expires:%Y-%m-%d %H:%M})")


@user.command("list")
@workspace_option
@json_option
def user_list(workspace: Path, as_json: bool) -> None:
    """Every account."""
    with _open(workspace) as ws:
        rows = [
            {
                "login": a.login,
                "name": a.name,
                "unit": a.unit,
                "roles": sorted(role.value for role in a.roles),
                "locked": a.locked,
            }
            for a in ws.people.all()
        ]
        if as_json:
            _print_json(rows)
        else:
            _table(
                ("login", "name", "unit", "roles", ""),
                (
                    (
                        str(r["login"]),
                        str(r["name"]),
                        str(r["unit"]),
                        ", ".join(r["roles"]),  # type: ignore[arg-type]
                        "locked" if r["locked"] else "",
                    )
                    for r in rows
                ),
            )


@user.command("lock")
@workspace_option
@click.argument("login")
def user_lock(workspace: Path, login: str) -> None:
    """Lock an account; it is never deleted."""
    with _open(workspace) as ws:
        ws.people.lock(login, by="nq user", at=ws.clock())
        click.echo(f"{login} is locked.")


@main.group(invoke_without_command=True)
@workspace_option
@json_option
@click.pass_context
def plugins(ctx: click.Context, workspace: Path, as_json: bool) -> None:
    """What is loaded, with versions, hooks and faults."""
    if ctx.invoked_subcommand is not None:
        return
    from nqcore import listing

    with open_workspace(workspace) as ws:
        data = listing.plugins_data(ws)
        if as_json:
            _print_json(data)
        else:
            for line in listing.plugin_lines(data):
                click.echo(line)


@plugins.command("new")
@click.argument("name")
@click.argument("folder", type=click.Path(path_type=Path))
def plugins_new(name: str, folder: Path) -> None:
    """Write the scaffold of a new plugin."""
    from nqcore.scaffold import write_plugin

    for file in write_plugin(name, folder):
        click.echo(str(file))


@plugins.command("check")
@click.argument("name")
def plugins_check(name: str) -> None:
    """Run the conformance kit against an installed plugin. Exit status 1 if it fails."""
    from nqcore.testing import check_plugin

    faults = check_plugin(name)
    for sentence in faults:
        click.echo(sentence)
    if not faults:
        click.echo(f"{name}: conforms.")
    sys.exit(1 if faults else 0)


__all__ = ["date", "main"]
