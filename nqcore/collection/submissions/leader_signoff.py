"""*Trình lãnh đạo*: whether a unit's own leader looks at its reports and sends them."""

from __future__ import annotations

from nqcore.collection.accounts.access import Account, Action, Role
from nqcore.collection.accounts.actor import Actor
from nqcore.collection.tables import LEADER_STEPS
from nqcore.errors import N_, InputError, NotAllowed
from nqcore.model.forms import Form
from nqcore.model.units import UnitTree
from nqcore.store import Store


class LeaderFirst(InputError):
    """The unit's reports go through its leader."""

    code = "leader-first"
    template = N_(
        "This unit's reports go through its leader. Press “Submit to the leader” and send it there."
    )


class LeaderSignoff:
    """Whose reports wait for the unit's own leader (*Trình lãnh đạo*): the units of `Form.leader`,
    and those where the leader or the administrator has switched it on (or off)."""

    def __init__(self, store: Store, units: UnitTree) -> None:
        self._store, self._units = store, units

    def holds(self, form: Form, unit: str) -> bool:
        """Whether that unit's reports of that form go through its leader."""
        chosen = self.chosen(unit)
        if chosen is not None:
            return chosen
        return form.leader is not None and form.leader.covers(self._units[unit], self._units)

    def chosen(self, unit: str) -> bool | None:
        """What was switched for the unit; None where only its forms say."""
        doc = self._store.get(LEADER_STEPS, unit)
        return None if doc is None else bool(doc["on"])

    def switch(self, actor: Actor, unit: str, on: bool) -> None:
        """Switch it for all forms of a unit. Raises NotAllowed, UnknownName."""
        by = actor.account
        self._units[unit]
        if not (
            by.may(Action.MANAGE, unit, self._units)
            or (Role.LEAD in by.roles and by.may(Action.ENTER, unit, self._units))
        ):
            raise NotAllowed(account=by.login, action="leader-step", unit=unit)
        do = "leader-step-on" if on else "leader-step-off"
        with self._store.change(by=by.login, do=do, at=actor.at) as change:
            change.put(LEADER_STEPS, unit, {"on": on})

    def signs(self, by: Account, unit: str) -> bool:
        """Whether `by` may send what goes through the leader: the leader, or a reviewer above."""
        return by.may(Action.APPROVE, unit, self._units) or (
            Role.LEAD in by.roles and by.may(Action.ENTER, unit, self._units)
        )
