"""The conformance kit: checks a plugin. The tests of nqcore use it, and authors use it in theirs::

    from nqcore.testing import check_plugin


    def test_conforms() -> None:
        assert check_plugin("nq_tan_hoa") == []

| module | has |
|---|---|
| `conformance` | what is wrong with a plugin beside others |
| `calendar_faults` | what is wrong with a calendar |
| `apart` | the same in a child process with limits |
"""

from nqcore.testing.apart import PluginCheck, check_plugin_apart
from nqcore.testing.conformance import check_plugin, plugin_notes

__all__ = ["PluginCheck", "check_plugin", "check_plugin_apart", "plugin_notes"]
