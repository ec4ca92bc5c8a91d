"""The conformance kit: checks a plugin. The tests of nqcore use it, and authors use it in theirs::

    from nqcore.testing import check_plugin


    def test_conforms() -> None:
        assert check_plugin("nq_tan_hoa") == []

| module | has |
|---|---|
| `apart` | the whole check in a child process with limits |
| `conformance` | what is wrong with a plugin beside others |
| `start_faults` | what it does while it starts: network, files, prints, time, state that belongs to all |
| `definition_faults` `places` | its definitions, each fault with file and line |
| `calendar_faults` | its calendars |
| `run_faults` `written_faults` | its rules, checks and formats, run over offices that are made up |
| `made_up` `world` `offices` | these offices; which plugins it needs beside it; the office that is given |
"""

from nqcore.testing.apart import PluginCheck, check_plugin_apart
from nqcore.testing.conformance import check_plugin, plugin_notes
from nqcore.testing.offices import OfficeGiven

__all__ = ["OfficeGiven", "PluginCheck", "check_plugin", "check_plugin_apart", "plugin_notes"]
