"""What `nq plugins` prints: the loaded plugins, their faults, and references that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from nqcore.cli.printing.output import Data
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


def plugin_lines(data: Data) -> Iterator[str]:
    """The lines for `plugins_data`."""
    for p in data["plugins"]:
        brings = ", ".join(f"{count} {kind}s" for kind, count in p["brings"].items()) or "nothing"
        yield f"{p['name']} {p['version']} ({p['distribution']}): {', '.join(p['hooks'])} – {brings}"
    for f in data["faults"]:
        yield f"FAULT {f['plugin']}, {f['where']}: {f['detail']}"
    for u in data["unresolved"]:
        yield f"UNRESOLVED {u['what']} [{u['plugin']}]: {u['kind']} “{u['missing']}” is not known"
