"""*Trình lãnh đạo*: units whose own leader looks at their reports and sends them."""

from __future__ import annotations

from nqcore.collection.accounts.access import Account, Action, Role
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.tables import LEADER_STEPS
from nqcore.errors import N_, InputError, NotAllowed, Phrase
from nqcore.model.forms import Form
from nqcore.model.units import UnitTree
from nqcore.store import Store


class LeaderFirst(InputError):
    """Only the unit's leader may send its reports."""

    code = "leader-first"
    template = N_(
        "This unit's reports go through its leader. Press “Submit to the leader” and send it there."
    )


class LeaderSignoff:
    """Says whose reports the unit's own leader sends: those of the units of `Form.leader`, unless the
    leader or an administrator has switched this on or off for the unit. `units` are all units."""

    def __init__(self, store: Store, units: UnitTree) -> None:
        self._store, self._units = store, units

    def required(self, form: Form, unit: str) -> bool:
        """Whether only the unit's leader may send its reports of that form."""
        switched = self.switched(unit)
        if switched is not None:
            return switched
        return form.leader is not None and form.leader.covers(self._units[unit], self._units)

    def switched(self, unit: str) -> bool | None:
        """The setting of the unit: on or off; None where it has none, so that the form decides."""
        doc = self._store.get(LEADER_STEPS, unit)
        return None if doc is None else bool(doc["on"])

    def switch(self, actor: Actor, unit: str, on: bool) -> None:
        """Set it for all forms of a unit; so the actor may have no limits on forms. Raises NotAllowed,
        UnknownName."""
        by = actor.account
        self._units[unit]
        if not (
            by.may_for_all_forms(Action.MANAGE, unit, self._units)
            or (Role.LEAD in by.roles and by.may_for_all_forms(Action.ENTER, unit, self._units))
        ):
            raise NotAllowed(
                account=by.login, action=Phrase(N_("switch the leader's step")), unit=unit
            )
        do = "leader-step-on" if on else "leader-step-off"
        with self._store.change(by=by.login, do=do, at=actor.at) as change:
            change.put(LEADER_STEPS, unit, {"on": on})

    def signs(self, by: Account, unit: str) -> bool:
        """Whether `by` may send a report that goes through the leader: the unit's leader, or an approver
        of the unit."""
        return by.may(Action.APPROVE, unit, self._units) or (
            Role.LEAD in by.roles and by.may(Action.ENTER, unit, self._units)
        )
