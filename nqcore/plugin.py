"""All that a plugin imports of nqcore, on one page.

    every plugin      hook  Definitions  read_definitions  parse_definitions  API_VERSION
    a rule            Rule  ReviewData  Finding  FindingKind  Joins  Evidence  Quote
                      Sentence  Text  FigureRef  UnitCount  UnitNames  Difference  TiedNumber
    its claims        Claim  Relation  Deed  ReportsOfClaim  Judgement
    a check           Check  CheckInput  Problem  Severity
                      Answer  OwnDocument  TaskProgress  TaskStatus
    a calendar        Calendar  CIVIL  Period  PeriodKind  read_period
    a report format   ReportFormat  Names  Report  Block  Heading  Paragraph  Table  Letterhead
    its texts         numbered  paragraph_text  paragraph_label  sentence_text  text_of
                      figure_text  cell_text  unit_name  NO_VALUE  write_figure  write_change
                      write_date  write_date_full  write_date_long  printable  unbroken
                      annex_line
    its notes         coverage_note  coverage_text  paragraph_notes  table_notes  recipient_lines
    its anchors       Anchor  block_anchors  report_anchors
    its last step     check_docx
    a Word layout     DocxFormat  DocxProfile  Margins  PaperSigns  signs_of
    a demo            Demo  DemoSubmission  SubmissionState
    figures           Figure  Coverage  ReportRef  Reason
                      Cell  CellState  NIL  NOT_APPLICABLE  NOT_REPORTED
    units             Unit  UnitKind  Sector  Scope  EVERY_UNIT  ChangeEvent  ChangeKind  Transfer
                      UnitKindDefinition  Placement  Handover  Duty  Disposal
    directives        Directive  Directives  Link  LinkKind  Target  Milestone  Aim  Task
    indicators        Indicator  OverUnits  OverTime  Direction  Formula  parse_formula
    forms             Form  Section  AddedSection  Question  Field  FigureField  NarrativeField
                      ChoicesField  Option  DocumentField  TaskField  YesNoField  DayField
                      Deadline  DueFor  DueRule  WorkingDaysRule  HolidayRule
    rules in TOML     RuleDefinition  Overlay
    an outline        Outline  OutlinePart  Take  Content  Lead  AnnexKind
    errors            NqError  InputError  DefinitionError  UnknownName  ReportError  NoLayout
                      ConverterMissing  ConversionFailed  CellTooLong  Phrase

A line is a job or a part of the model. The author of a rule needs the line "a rule", and the lines from
"figures" on for the values that the rule reads and returns.

A plugin imports this module, `nqcore.testing` in its tests, and no other module of nqcore. Other modules
may change in every version. A name of this page is removed, or gets another meaning, only with a new
major number of `API_VERSION`. A plugin that has ``NQCORE_API = "1.0"`` in its module is loaded only if
this nqcore has version 1.0 of this page.

    >>> from nqcore.plugin import Unit, UnitKind
    >>> Unit(code="xa-a", name="Xã An Phú", kind=UnitKind.COMMUNE).name
    'Xã An Phú'
"""

from __future__ import annotations

from nqcore.analysis.report.anchors import Anchor, block_anchors, report_anchors
from nqcore.analysis.report.blocks import (
    coverage_note,
    numbered,
    paragraph_label,
    paragraph_text,
    recipient_lines,
)
from nqcore.analysis.report.docx import DocxFormat, DocxProfile, Margins, PaperSigns
from nqcore.analysis.report.errors import (
    CellTooLong,
    ConversionFailed,
    ConverterMissing,
    NoLayout,
    ReportError,
)
from nqcore.analysis.report.notes import (
    cell_text,
    coverage_text,
    paragraph_notes,
    table_notes,
    unit_name,
)
from nqcore.analysis.report.plain_layout import annex_line, signs_of
from nqcore.analysis.report.readback import check_docx
from nqcore.analysis.report.sentences import NO_VALUE, figure_text, sentence_text, text_of
from nqcore.analysis.report.typesetting import unbroken
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
from nqcore.errors import DefinitionError, InputError, NqError, Phrase, UnknownName
from nqcore.formulas import Formula, Reason
from nqcore.formulas import parse as parse_formula
from nqcore.model.cells import NIL, NOT_APPLICABLE, NOT_REPORTED, Cell, CellState
from nqcore.model.changes import ChangeEvent, ChangeKind, Placement, Transfer
from nqcore.model.claims import Claim, Deed, Relation, ReportsOfClaim
from nqcore.model.directives import Directive, Directives, Link, LinkKind
from nqcore.model.fields import (
    Answer,
    ChoicesField,
    DayField,
    DocumentField,
    Field,
    FigureField,
    NarrativeField,
    Option,
    OwnDocument,
    TaskField,
    TaskProgress,
    YesNoField,
)
from nqcore.model.figures import Coverage, Figure, ReportRef
from nqcore.model.findings import (
    Difference,
    Evidence,
    FigureRef,
    Finding,
    FindingKind,
    Joins,
    Judgement,
    Quote,
    Sentence,
    Text,
    TiedNumber,
    UnitCount,
    UnitNames,
)
from nqcore.model.forms import AddedSection, DueFor, Form, Question, Section
from nqcore.model.handovers import Disposal, Duty, Handover
from nqcore.model.indicators import Direction, Indicator, OverTime, OverUnits
from nqcore.model.outlines import AnnexKind, Content, Lead, Outline, OutlinePart, Take
from nqcore.model.overlays import Overlay
from nqcore.model.periods import (
    CIVIL,
    Calendar,
    Deadline,
    DueRule,
    HolidayRule,
    Period,
    PeriodKind,
    WorkingDaysRule,
    read_period,
)
from nqcore.model.problems import Problem, Severity
from nqcore.model.reports import Block, Heading, Letterhead, Paragraph, Report, Table
from nqcore.model.rules import RuleDefinition
from nqcore.model.submissions import SubmissionState
from nqcore.model.targets import Aim, Milestone, Target, Task, TaskStatus
from nqcore.model.unit_kinds import UnitKindDefinition
from nqcore.model.units import EVERY_UNIT, Scope, Sector, Unit, UnitKind
from nqcore.text.dates import write_date, write_date_full, write_date_long
from nqcore.text.number_forms import write_change, write_figure
from nqcore.text.printable import printable

__all__ = [
    "API_VERSION",
    "CIVIL",
    "EVERY_UNIT",
    "NIL",
    "NOT_APPLICABLE",
    "NOT_REPORTED",
    "NO_VALUE",
    "AddedSection",
    "Aim",
    "Anchor",
    "AnnexKind",
    "Answer",
    "Block",
    "Calendar",
    "Cell",
    "CellState",
    "CellTooLong",
    "ChangeEvent",
    "ChangeKind",
    "Check",
    "CheckInput",
    "ChoicesField",
    "Claim",
    "Content",
    "ConversionFailed",
    "ConverterMissing",
    "Coverage",
    "DayField",
    "Deadline",
    "Deed",
    "DefinitionError",
    "Definitions",
    "Demo",
    "DemoSubmission",
    "Difference",
    "Direction",
    "Directive",
    "Directives",
    "Disposal",
    "DocumentField",
    "DocxFormat",
    "DocxProfile",
    "DueFor",
    "DueRule",
    "Duty",
    "Evidence",
    "Field",
    "Figure",
    "FigureField",
    "FigureRef",
    "Finding",
    "FindingKind",
    "Form",
    "Formula",
    "Handover",
    "Heading",
    "HolidayRule",
    "Indicator",
    "InputError",
    "Joins",
    "Judgement",
    "Lead",
    "Letterhead",
    "Link",
    "LinkKind",
    "Margins",
    "Milestone",
    "Names",
    "NarrativeField",
    "NoLayout",
    "NqError",
    "Option",
    "Outline",
    "OutlinePart",
    "OverTime",
    "OverUnits",
    "Overlay",
    "OwnDocument",
    "PaperSigns",
    "Paragraph",
    "Period",
    "PeriodKind",
    "Phrase",
    "Placement",
    "Problem",
    "Question",
    "Quote",
    "Reason",
    "Relation",
    "Report",
    "ReportError",
    "ReportFormat",
    "ReportRef",
    "ReportsOfClaim",
    "ReviewData",
    "Rule",
    "RuleDefinition",
    "Scope",
    "Section",
    "Sector",
    "Sentence",
    "Severity",
    "SubmissionState",
    "Table",
    "Take",
    "Target",
    "Task",
    "TaskField",
    "TaskProgress",
    "TaskStatus",
    "Text",
    "TiedNumber",
    "Transfer",
    "Unit",
    "UnitCount",
    "UnitKind",
    "UnitKindDefinition",
    "UnitNames",
    "UnknownName",
    "WorkingDaysRule",
    "YesNoField",
    "annex_line",
    "block_anchors",
    "cell_text",
    "check_docx",
    "coverage_note",
    "coverage_text",
    "figure_text",
    "hook",
    "numbered",
    "paragraph_label",
    "paragraph_notes",
    "paragraph_text",
    "parse_definitions",
    "parse_formula",
    "printable",
    "read_definitions",
    "read_period",
    "recipient_lines",
    "report_anchors",
    "sentence_text",
    "signs_of",
    "table_notes",
    "text_of",
    "unbroken",
    "unit_name",
    "write_change",
    "write_date",
    "write_date_full",
    "write_date_long",
    "write_figure",
]
