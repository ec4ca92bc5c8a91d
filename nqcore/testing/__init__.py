"""The conformance kit: checks a plugin, and runs its cases. The tests of nqcore use it, and authors use it in
theirs::

    from nqcore.testing import check_plugin, run_cases


    def test_conforms() -> None:
        assert check_plugin("nq_tan_hoa") == []


    def test_the_cases_come_out_as_they_expect() -> None:
        assert run_cases("nq_tan_hoa").passed

| module | has |
|---|---|
| `apart` | the whole check in a child process with limits |
| `conformance` | what is wrong with a plugin beside others |
| `start_faults` | what it does while it starts: network, files, prints, time, state that belongs to all |
| `definition_faults` `places` | its definitions, each fault with file and line |
| `calendar_faults` | its calendars |
| `run_faults` `written_faults` | its rules, checks and formats, run over offices that are made up |
| `made_up` `world` `offices` | these offices; which plugins it needs beside it; the office that is given |
| `cases` | the cases of a plugin are run, or one file of them |
| `case_values` `case_file` | what a case says, and reading it |
| `case_office` `case_reports` | the office of a case, and its reports |
| `case_differences` `case_coverage` | what came out otherwise; which rules the cases speak of |
"""

from nqcore.testing.apart import PluginCheck, check_plugin_apart
from nqcore.testing.case_coverage import RuleCoverage
from nqcore.testing.case_differences import CaseDifference
from nqcore.testing.cases import CaseResult, CasesRun, run_case_file, run_cases
from nqcore.testing.conformance import check_plugin, plugin_notes
from nqcore.testing.offices import OfficeGiven

__all__ = [
    "CaseDifference",
    "CaseResult",
    "CasesRun",
    "OfficeGiven",
    "PluginCheck",
    "RuleCoverage",
    "check_plugin",
    "check_plugin_apart",
    "plugin_notes",
    "run_case_file",
    "run_cases",
]
