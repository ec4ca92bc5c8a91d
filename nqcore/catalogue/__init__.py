"""The catalogue: what plugins and the office define, loaded, checked and merged, each with its owner.

The way of a definition: `loading` imports the allowed plugins; `definitions` reads their TOML files: the
modules `*_tables` declare each kind of table, `toml_table` reads a table by its declaration, `toml_values`
its values, `toml_lines` finds the lines of mistakes, `pack` has the
defaults of a file; `contributions` asks every hook (`hookspecs`, `contracts`) and `plugin_calls` catches
what a plugin raises; `merging` makes the `catalogue` of it, with the `owners` of all ids, the
`indicator_versions` and the unresolved `references`; `overlay_clashes` refuses two overlays of one rank,
`clashes` puts a plugin aside that cannot stand beside the others. `bundled` are the kinds of units and the
outlines (`bundled_outlines`) that every office has, `outline_choice` says which outline a report has.
`form_parts` joins the sections and questions that are added to forms. `item_kinds` writes one definition as a
table, `item_mistakes` checks a whole set.
`targets_in_force` says which unit has which target, `additivity` which indicators add up. `api_version`
compares the version for which a plugin is written; `scaffold` writes a new plugin.
"""

from nqcore.catalogue.catalogue import Catalogue
from nqcore.catalogue.clashes import put_clashing_aside
from nqcore.catalogue.contributions import Contributions, ask_plugins
from nqcore.catalogue.definitions import Definitions, parse_definitions, read_definitions
from nqcore.catalogue.hookspecs import hook
from nqcore.catalogue.loading import Fault, PackFile, PluginInfo, Plugins, available
from nqcore.catalogue.merging import build_catalogue, merge_definitions, with_handovers
from nqcore.catalogue.owners import WORKSPACE
from nqcore.catalogue.references import Unresolved

__all__ = [
    "WORKSPACE",
    "Catalogue",
    "Contributions",
    "Definitions",
    "Fault",
    "PackFile",
    "PluginInfo",
    "Plugins",
    "Unresolved",
    "ask_plugins",
    "available",
    "build_catalogue",
    "hook",
    "merge_definitions",
    "parse_definitions",
    "put_clashing_aside",
    "read_definitions",
    "with_handovers",
]
