"""Who may enter a unit's report: the unit itself, the units above it, and the unit that inherits the
reports of a unit that has ended."""

from __future__ import annotations

from datetime import date, timedelta

from nqcore.catalogue import Catalogue
from nqcore.collection.accounts.access import Account, Action
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.obligations import Obligations
from nqcore.errors import N_, InputError
from nqcore.model.handovers import Duty
from nqcore.model.obligations import Obligation


class ReporterUndecided(InputError):
    """The unit has ended, and no decision says which unit finishes its reports."""

    code = "nobody-decided"
    template = N_(
        "{unit} has ended, and nobody has decided who finishes its reports. "
        "Contact the administrator, who decides under Administration, Units."
    )


class ReportsEnded(InputError):
    """The unit has ended, and a decision says that its reports ended with it."""

    code = "reports-ended"
    template = N_("{unit} has ended, and its reports with it. Enter the figures in the new unit's.")


def acts_for(catalogue: Catalogue, account: Account, unit: str, on: date) -> bool:
    """Whether what the account enters for `unit` on that day is the unit's own statement: the account
    belongs to the unit, or to the unit that finishes its reports. Other accounts enter on behalf of the
    unit."""
    return account.unit in (unit, catalogue.bearer(unit, Duty.REPORTS, "", on).unit)


def require_entry(obligations: Obligations, actor: Actor, obligation: Obligation) -> None:
    """Check that the actor may enter that report.

    The reports of a unit that has ended may be finished by its own accounts while they belong to no
    other unit, by the accounts of the units that were above it, and by those of the unit that inherited
    its reports. Raises NotAllowed; ReporterUndecided where no decision says who inherited them;
    ReportsEnded where they ended with the unit.
    """
    catalogue, unit, on = obligations.catalogue, obligation.unit, actor.today
    actor.require(Action.ENTER, unit, obligation.form)
    closed = catalogue.units[unit].closed
    if closed is None or closed > on:
        return
    last = obligations.tree(closed - timedelta(days=1))
    if unit in last and actor.account.unit in {above.code for above in last.ancestors(unit)}:
        return
    now = catalogue.bearer(unit, Duty.REPORTS, "", on)
    if not now.decided and actor.account.unit != unit:
        raise ReporterUndecided(unit=catalogue.units[unit].name)
    if now.unit is None:
        raise ReportsEnded(unit=catalogue.units[unit].name)
