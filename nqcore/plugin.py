"""All that a plugin imports of nqcore, on one page.

    hooks            hook
    definitions      Definitions  read_definitions  parse_definitions
    a rule           Rule  ReviewData · Finding  FindingKind  Evidence · Sentence: Text  FigureRef  UnitCount
    a check          Check  CheckInput · Problem  Severity · Answer  OwnDocument  TaskProgress
    a calendar       Calendar  Period  PeriodKind  DueRule  HolidayRule  read_period
    a report format  ReportFormat  Names · Report  Block  Heading  Paragraph  Table  Letterhead ·
                     paragraph_text  figure_text  sentence_text  cell_text  numbered  coverage_note
                     paragraph_notes  table_notes  recipient_lines  write_date  write_date_long
                     write_figure  printable  check_docx
    a demo           Demo  DemoSubmission  SubmissionState
    the model        Unit  UnitKind  Sector  Scope  Directive  Indicator  Form  Target  Task  TaskStatus
                     ChangeEvent  ChangeKind  Transfer  Figure  Coverage  Cell  CellState
    errors           NqError  InputError  DefinitionError  ReportError

A plugin imports this module, `nqcore` itself, `nqcore.testing` in its tests, and no other module of
nqcore: what is behind this page may move from one version to the next, and what is on it may not without
a new `API_VERSION`. A plugin that says ``NQCORE_API = "1.0"`` is loaded only where that version holds.

    >>> from nqcore.plugin import Unit, UnitKind
    >>> Unit(code="xa-a", name="Xã An Phú", kind=UnitKind.COMMUNE).name
    'Xã An Phú'
"""

from __future__ import annotations

from nqcore.analysis.report.blocks import coverage_note, numbered, paragraph_text, recipient_lines
from nqcore.analysis.report.errors import ReportError
from nqcore.analysis.report.notes import cell_text, paragraph_notes, table_notes
from nqcore.analysis.report.readback import check_docx
from nqcore.analysis.report.sentences import figure_text, sentence_text
from nqcore.catalogue import Definitions, hook, parse_definitions, read_definitions
from nqcore.catalogue.api_version import API_VERSION
from nqcore.catalogue.contracts import (
    Check,
    CheckInput,
    Demo,
    DemoSubmission,
    Names,
    ReportFormat,
    ReviewData,
    Rule,
)
from nqcore.errors import DefinitionError, InputError, NqError
from nqcore.model.cells import Cell, CellState
from nqcore.model.changes import ChangeEvent, ChangeKind, Transfer
from nqcore.model.directives import Directive
from nqcore.model.figures import Coverage, Figure
from nqcore.model.findings import (
    Evidence,
    FigureRef,
    Finding,
    FindingKind,
    Sentence,
    Text,
    UnitCount,
)
from nqcore.model.forms import Form
from nqcore.model.indicators import Indicator
from nqcore.model.periods import Calendar, DueRule, HolidayRule, Period, PeriodKind, read_period
from nqcore.model.problems import Problem, Severity
from nqcore.model.reports import Block, Heading, Letterhead, Paragraph, Report, Table
from nqcore.model.submissions import Answer, OwnDocument, SubmissionState, TaskProgress
from nqcore.model.targets import Target, Task, TaskStatus
from nqcore.model.units import Scope, Sector, Unit, UnitKind
from nqcore.text.dates import write_date, write_date_long
from nqcore.text.number_forms import write_figure
from nqcore.text.printable import printable

__all__ = [
    "API_VERSION",
    "Answer",
    "Block",
    "Calendar",
    "Cell",
    "CellState",
    "ChangeEvent",
    "ChangeKind",
    "Check",
    "CheckInput",
    "Coverage",
    "DefinitionError",
    "Definitions",
    "Demo",
    "DemoSubmission",
    "Directive",
    "DueRule",
    "Evidence",
    "Figure",
    "FigureRef",
    "Finding",
    "FindingKind",
    "Form",
    "Heading",
    "HolidayRule",
    "Indicator",
    "InputError",
    "Letterhead",
    "Names",
    "NqError",
    "OwnDocument",
    "Paragraph",
    "Period",
    "PeriodKind",
    "Problem",
    "Report",
    "ReportError",
    "ReportFormat",
    "ReviewData",
    "Rule",
    "Scope",
    "Sector",
    "Sentence",
    "Severity",
    "SubmissionState",
    "Table",
    "Target",
    "Task",
    "TaskProgress",
    "TaskStatus",
    "Text",
    "Transfer",
    "Unit",
    "UnitCount",
    "UnitKind",
    "cell_text",
    "check_docx",
    "coverage_note",
    "figure_text",
    "hook",
    "numbered",
    "paragraph_notes",
    "paragraph_text",
    "parse_definitions",
    "printable",
    "read_definitions",
    "read_period",
    "recipient_lines",
    "sentence_text",
    "table_notes",
    "write_date",
    "write_date_long",
    "write_figure",
]
