"""Plugins: the hooks, how they are loaded, and the Catalogue of what they bring."""

from nqcore.catalogue.catalogue import WORKSPACE, Catalogue, Unresolved
from nqcore.catalogue.definitions import Definitions, parse_definitions, read_definitions
from nqcore.catalogue.hookspecs import hook
from nqcore.catalogue.loading import Fault, PluginInfo, Plugins, available
from nqcore.catalogue.merging import (
    Contributions,
    ask_plugins,
    build_catalogue,
    merge_definitions,
    with_handovers,
)

__all__ = [
    "WORKSPACE",
    "Catalogue",
    "Contributions",
    "Definitions",
    "Fault",
    "PluginInfo",
    "Plugins",
    "Unresolved",
    "ask_plugins",
    "available",
    "build_catalogue",
    "hook",
    "merge_definitions",
    "parse_definitions",
    "read_definitions",
    "with_handovers",
]
