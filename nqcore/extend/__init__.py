"""Plugins: the hooks, how they are loaded, and the Catalogue of what they bring."""

from nqcore.extend.catalogue import WORKSPACE, Brought, Catalogue, Unresolved, ask, build, merged
from nqcore.extend.definitions import Definitions, parse_definitions, read_definitions
from nqcore.extend.hookspecs import hook
from nqcore.extend.loading import Fault, PluginInfo, Plugins, available

__all__ = [
    "WORKSPACE",
    "Brought",
    "Catalogue",
    "Definitions",
    "Fault",
    "PluginInfo",
    "Plugins",
    "Unresolved",
    "ask",
    "available",
    "build",
    "hook",
    "merged",
    "parse_definitions",
    "read_definitions",
]
