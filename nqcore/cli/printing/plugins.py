"""What `nq plugins` prints: the loaded plugins, their faults, and references that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from nqcore.cli.printing.output import Data
from nqcore.errors import N_, Phrase, Words
from nqcore.workspace.facade import Workspace


def plugins_data(ws: Workspace) -> Data:
    """The loaded plugins with the number of their definitions; faults; unresolved references."""
    owned: dict[str, dict[str, int]] = {}
    for (kind, _), owner in ws.catalogue.owners.items():
        owned.setdefault(owner, {}).setdefault(kind, 0)
        owned[owner][kind] += 1
    return {
        "plugins": [
            {
                "name": p.name,
                "distribution": p.distribution,
                "version": p.version,
                "hooks": list(p.hooks),
                "brings": owned.get(p.name, {}),
            }
            for p in ws.catalogue.plugins
        ],
        "faults": [
            {"plugin": f.plugin, "version": f.version, "where": f.where, "detail": f.detail}
            for f in ws.catalogue.faults
        ],
        "unresolved": [
            {"plugin": u.owner, "what": u.what, "kind": u.kind, "missing": u.missing}
            for u in ws.catalogue.unresolved
        ],
    }


def plugin_lines(data: Data) -> Iterator[Words]:
    """The lines for `plugins_data`."""
    for p in data["plugins"]:
        brings = tuple(
            Phrase("{count} {kind}", {"count": count, "kind": Phrase(kind)})
            for kind, count in p["brings"].items()
        )
        params = {
            "name": f"{p['name']} {p['version']} ({p['distribution']})", "hooks": ", ".join(p["hooks"]),
            "brings": brings or Phrase(N_("nothing")),
        }  # fmt: skip
        yield Phrase("{name}: {hooks} – {brings}", params)
    for f in data["faults"]:
        params = {"fault": Phrase(N_("FAULT")), "plugin": f["plugin"], "where": f["where"]}
        yield Phrase("{fault} {plugin}, {where}: {detail}", params | {"detail": f["detail"]})
    for u in data["unresolved"]:
        yield unresolved(u["what"], u["plugin"], u["kind"], u["missing"])


def unresolved(what: str, owner: str, kind: str, missing: str) -> Phrase:
    """A link that leads to nothing."""
    words = N_("UNRESOLVED {what} [{owner}]: {kind} “{missing}” is not known")
    return Phrase(words, {"what": what, "owner": owner, "kind": Phrase(kind), "missing": missing})
