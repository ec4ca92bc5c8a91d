"""Every error that nqcore raises on purpose: one tree of classes.

A class has a ``code`` (stable, for programs) and a ``template`` (English, the msgid of the message
catalogue) that says what is wrong and what to do. ``str(error)`` is the English sentence;
``error.message(translate)`` is the sentence in the reader's language.

The tree: the name of the class, its code, and the folder in which it is defined (none: this file).
`python -m tests.support.error_tree` prints it again after a change.

    NqError                         error
      BackupDamaged                 backup-damaged            collection/archive
      BackupRefused                 backup-refused            collection/archive
      BrokenChange                  broken-change             model
      BrokenTree                    broken-tree               model
      Conflict                      conflict
        FrozenMeanwhile             frozen-meanwhile          analysis/frozen
        OutlineChanged              outline-changed           collection
      DefinitionError               definition
      DuplicateDirective            duplicate-directive       model
      DuplicateId                   duplicate-id
        TwoLetterheads              two-letterheads
      InputError                    input
        AccountExists               account-exists            collection/accounts
        AccountLocked               account-locked            collection/accounts
        AgainstFigures              against-figures           analysis/report
        AsOfInFuture                as-of-in-future           collection/submissions
        AttachmentRefused           evidence-refused          collection/submissions
          AttachmentEmpty           evidence-empty            collection/submissions
          AttachmentTooLarge        evidence-too-large        collection/submissions
          QuotaReached              evidence-quota            collection/submissions
            DayQuota                evidence-quota            collection/submissions
            ReportQuota             evidence-quota            collection/submissions
            UnitQuota               evidence-quota            collection/submissions
          TooManyAttachments        evidence-too-many         collection/submissions
        BadPeopleList               bad-people-list           collection/accounts
          BadLogin                  bad-people-list           collection/accounts
          BadPeopleLines            bad-people-list           collection/accounts
          LoginTaken                bad-people-list           collection/accounts
          LoginTwice                bad-people-list           collection/accounts
          NameRefused               bad-people-list           collection/accounts
          NameTooLong               bad-people-list           collection/accounts
          UnitNotManaged            bad-people-list           collection/accounts
        BadPluginName               bad-plugin-name           catalogue
        BadUnitList                 bad-unit-list             workspace/unit_list
          BadUnitRows               bad-unit-list             workspace/unit_list
        BehalfReasonMissing         behalf-reason-missing     collection/submissions
        BeyondLimits                beyond-limits             collection/accounts
        BoundariesError             boundaries
        BrokenHandover              broken-handover           model
        BrokenRow                   broken-row                files/spreadsheets
        BroughtInChanged            brought-in-changed        collection/submissions
        BroughtInUsed               brought-in-used           collection/submissions
        CannotJoin                  cannot-join               analysis/report/drafting
        CannotMove                  cannot-move               analysis/report/drafting
        ChangeRefused               change-refused            collection/reorganisation
          BasisMissing              basis-missing             collection/reorganisation
          ForeignChange             foreign-change            collection/reorganisation
          NameMissing               name-missing              collection/reorganisation
          NotThere                  not-there                 collection/reorganisation
          NothingChosen             nothing-chosen            collection/reorganisation
          OddYear                   odd-year                  collection/reorganisation
          ReportedAfter             reported-after            collection/reorganisation
          ReportsExist              reports-exist             collection/reorganisation
          RootEnds                  root-ends                 collection/reorganisation
          SharesNotWhole            shares-not-whole          collection/reorganisation
          StillNeeded               still-needed              collection/reorganisation
          TooFewParts               too-few-parts             collection/reorganisation
          UnitExists                unit-exists               collection/reorganisation
        ContentBasisMissing         content-basis-missing     collection/content
        ContentChangedSince         content-changed-since     collection/content
        ContentRefused              content-refused           collection/content
        ContentUsed                 content-used              collection/content
        Contradicted                contradicted              analysis/report
        DateError                   date                      text
          DateMissing               date-missing              text
          DateNotInCalendar         date-not-in-calendar      text
          DateUnreadable            date-unreadable           text
          ForeignDateDigits         date-foreign-digits       text
          HiddenDateCharacter       date-hidden-character     text
        DayRefused                  day-refused               collection/monitoring
          DayPassed                 day-passed                collection/monitoring
          DayWithoutName            day-without-name          collection/monitoring
          NotOwnDay                 not-own-day               collection/monitoring
        DeadlineRefused             deadline-refused          collection/submissions
          DeadlineOver              deadline-over             collection/submissions
          DeadlineWithoutBasis      deadline-without-basis    collection/submissions
        DocumentNumberError         document-number           text/citations
        EditionIsWhole              edition-is-whole          workspace/services
        EditionUnknown              edition-unknown           workspace/services
        EnteredHere                 entered-here              collection/submissions
        ExtensionRefused            extension-refused         collection/submissions
          ExtensionForNoUnit        extension-for-no-unit     collection/submissions
          ExtensionWithoutReason    extension-without-reason  collection/submissions
          NotLater                  extension-not-later       collection/submissions
        FigureError                 figure                    text
          AboutFigure               figure-about              text
          AmbiguousFigure           figure-ambiguous          text
            AmbiguousShort          figure-ambiguous          text
          DirectionInWords          figure-direction          text
          ErrorAsFigure             figure-error              text
          FigureTooLong             figure-digits             text
          ForeignDigits             figure-foreign-digits     text
          HiddenCharacter           figure-hidden-character   text
          LetterForDigit            figure-letter             text
            LetterAmongDigits       figure-letter             text
          MarkedFigure              figure-mark               text
          NotADigit                 figure-not-a-digit        text
          NotAFigure                figure-words              text
            WordsInFigure           figure-words              text
          NotCanonical              figure-not-canonical      text
          NotWhole                  figure-not-whole          text
          PerThousandFigure         figure-per-thousand       text
          PercentAsFigure           figure-percent            text
          ScaledFigure              figure-scale              text
            OtherScale              figure-scale              text
            ScaledTwoWays           figure-scale              text
          ShortenedFigure           figure-exponent           text
          SymbolForFigure           figure-symbol             text
          TooManyDecimals           figure-decimals           text
            ShareAsFigure           figure-share              text
          TooMuchTyped              figure-length             text
          TwoFigures                figure-two                text
          UnreadableFigure          figure-unreadable         text
            DateAsFigure            figure-date               text
        FileRefused                 file-refused              files/incoming
          BrokenCell                file-broken-cell          files/incoming
          Damaged                   file-damaged              files/incoming
          Empty                     file-empty                files/incoming
          FarCell                   file-far-cell             files/incoming
          Forbidden                 file-forbidden            files/incoming
          NoDocument                file-no-document          workspace/register
          NoOldWord                 file-no-office            files
          NotUtf8                   file-not-utf8             files/incoming
          ReadersBusy               file-readers-busy         files/incoming
          ShownOtherwise            file-shown-otherwise      files/spreadsheets
          TooBig                    file-too-big              files/incoming
          TooHeavy                  file-too-heavy            files/incoming
          TwoSheets                 file-two-sheets           files/spreadsheets
          UnpacksTooMuch            file-unpacks              files/incoming
          WrongKind                 file-kind                 files/incoming
        FolderTaken                 folder-taken              catalogue
        ForeignItem                 foreign-item              collection/content
        FormulaError                formula                   formulas
        HeadIncomplete              letterhead-incomplete     webforms/admin
        HiddenInName                name-hidden-character     text
        ImportRefused               import-refused            workspace
        LastAdministrator           last-administrator        collection/accounts
        LayoutDiffers               layout-differs            workspace/table_import
        LeaderFirst                 leader-first              collection/submissions
        LinkRefused                 link-refused              collection/accounts
        LogOfAnotherHistory         log-other-history         collection/archive
        MappingUnnamed              mapping-unnamed           workspace/table_import
        MappingUnreadable           mapping-unreadable        workspace/table_import
        MisreadText                 misread                   text/old_encodings
          LettersLost               misread                   text/old_encodings
          MangledText               misread                   text/old_encodings
          OldFontText               misread                   text/old_encodings
        NoAccountChosen             no-account-chosen         collection/accounts
        NoContentFiles              no-content-files          workspace/content_files
        NoHeadings                  no-headings               workspace/register
        NoLongerPlanned             no-longer-planned         collection/content
        NoReceipt                   no-receipt                collection/archive
        NoRole                      no-role                   collection/accounts
        NoSuchUnit                  no-such-unit              webforms/admin
        NoUnitChosen                no-unit-chosen            collection/accounts
        NoUnitsListed               no-units-listed           workspace/unit_list
        NoWords                     no-words                  analysis/report/drafting
        NoWorkingDay                no-working-day            model
        NotATemplate                not-a-template            collection/entry/workbook
        NotAWholeNumber             not-a-whole-number        webforms/admin
        NotAsked                    not-asked                 workspace
        NotBegun                    not-begun                 collection/submissions
        NotOpen                     not-open                  workspace
        NotOwed                     not-owed                  collection/submissions
        NotTyped                    not-typed                 workspace
        NoteTooLong                 note-too-long             collection/monitoring
        NothingBegun                nothing-begun             collection/accounts
        NothingDecided              nothing-decided           webforms/admin
        NothingTyped                nothing-typed             webforms/admin
        OtherReview                 other-review              workspace/services
        OutlineInFile               outline-in-file           workspace/services
        OutlineRefused              outline-refused           collection
        OwnAccount                  own-account               collection/accounts
        PaperMissing                paper-missing             collection/submissions
        PaperUnknown                paper-unknown             workspace/services
          DraftUnknown              draft-unknown             workspace/services
        PeriodLocked                period-locked             collection/submissions
        ReasonMissing               reason-missing            collection/submissions
        RefusedSubmission           refused-submission        collection/submissions
        ReporterUndecided           nobody-decided            collection/submissions
        ReportsEnded                reports-ended             collection/submissions
        ScopeError                  scope                     analysis/provenance
        SentenceTooLong             sentence-too-long         analysis/report
        ShareError                  share                     text
        SpanRefused                 span-refused              analysis/findings
          SpanBeforeDirective       span-before-directive     analysis/findings
          SpanNotBegun              span-not-begun            analysis/findings
          UnitEnded                 unit-ended                analysis/findings
            UnitWentOn              unit-ended                analysis/findings
          UnitNotFounded            unit-not-founded          analysis/findings
        TextRefused                 words-refused             collection/validation
          MisreadWords              words-refused             collection/validation
          TextTooLong               words-refused             collection/validation
          UnstorableText            words-refused             collection/validation
        TooManyRecipients           too-many-recipients       analysis/report/drafting
        UndoOver                    undo-over                 collection/submissions
        UnexpectedFields            wrong-fields              webforms/entry
        UnknownFields               unknown-fields            collection/validation
        UnknownUnitNames            unknown-unit-names        webforms/admin
        WeakPassword                weak-password             collection/accounts
          CommonPassword            weak-password             collection/accounts
          PasswordOfDigits          weak-password             collection/accounts
          PasswordOfNames           weak-password             collection/accounts
        WrongArgument               wrong-argument
        WrongCode                   wrong-code                collection/accounts
        WrongTemplate               wrong-template            collection/entry/workbook
          ColumnsMoved              columns-moved             collection/entry/workbook
          TwoTemplates              two-templates             collection/entry/workbook
          WrongForm                 wrong-form                collection/entry/workbook
          WrongPeriod               wrong-period              collection/entry/workbook
          WrongUnit                 wrong-unit                collection/entry/workbook
          WrongVersion              wrong-version             collection/entry/workbook
      NotAddable                    not-addable
      NotAllowed                    not-allowed
        FormsBeyondLimits           forms-beyond-limits       collection/accounts
      NotWritten                    not-written               files
      OverlaysClash                 overlays-clash            catalogue
      PasswordsBusy                 passwords-busy            collection/accounts
      PluginError                   plugin
      ReportError                   report                    analysis/report
        CellTooLong                 cell-too-long             analysis/report
        ConversionFailed            conversion-failed         analysis/report
        ConverterMissing            converter-missing         analysis/report
        FigureLost                  figure-lost               analysis/report
        NoLayout                    no-layout                 analysis/report
        RaggedTable                 ragged-table              analysis/report
        TextLost                    text-lost                 analysis/report
        UnreadableDocument          unreadable-document       analysis/report
      StateError                    state
      StoreError                    store
        DamagedJournal              store-damaged             store
        OtherKey                    store-key                 store
        StoreBusy                   store-busy                store
        StoreFull                   store-full                store
        StoreStopped                store-stopped             store
      UnknownName                   unknown-name
        AmbiguousDirective          ambiguous-directive       model
      WorkspaceError                workspace

An InputError means that what a user typed or sent is not accepted, and that nothing was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Protocol, Self, runtime_checkable

Translate = Callable[[str], str]
"""A sentence of the code (English) → the same in the reader's language. `str` leaves it English."""


def N_(text: str) -> str:
    """Mark `text` for the message catalogue without translating it here."""
    return text


def NP_(context: str, text: str) -> str:
    """Mark a word whose translation depends on `context` ("cell": a narrow cell of a table)."""
    return text


@runtime_checkable
class Spoken(Protocol):
    """What says itself in the reader's language: an error, a problem, a `Phrase`."""

    def message(self, translate: Translate = str) -> str:
        """The words; `translate` maps an English msgid to the reader's language."""
        ...


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are set into a message: the state of a report, an advice, what a name is the name of.

    They are translated before they are set in, so that no sentence is in two languages. Wherever a
    detail of a message is made of words, it is a Phrase or an error, never a text made beforehand.

    >>> print(Phrase(N_("known: {names}"), {"names": "A1, A2"}))
    known: A1, A2
    """

    template: str
    params: Mapping[str, object] = field(default_factory=dict)

    def message(self, translate: Translate = str) -> str:
        """The words in the reader's language; `translate` maps an English msgid to it."""
        return say(self.template, self.params, translate)

    def __str__(self) -> str:
        return self.message()


def say(template: str, params: Mapping[str, object], translate: Translate = str) -> str:
    """The message `template` filled with `params`. Of these, what says itself (a `Phrase` or an error) is
    said in the same language first.

    >>> say("Cannot {action}.", {"action": Phrase(N_("send the report"))})
    'Cannot send the report.'
    """
    return translate(template).format(
        **{name: _said(value, translate) for name, value in params.items()}
    )


def say_lines(head: str, faults: Iterable[Spoken], translate: Translate = str) -> str:
    """A message of several lines: `head`, then each of `faults` on a line of its own."""
    return "\n".join((head, *(fault.message(translate) for fault in faults)))


Words = str | Phrase
"""A detail of a message: words that are translated, or a text that stays as it is."""


def in_a_row(*parts: str | Spoken | None, between: str = "; ") -> Phrase:
    """Several words in one line, those that are not empty, with `between` between them.

    >>> print(in_a_row("is 5", Phrase("give a text"), None))
    is 5; give a text
    """
    given = [part for part in parts if part]
    names = [f"part{nth}" for nth in range(len(given))]
    template = between.join("{" + name + "}" for name in names)
    return Phrase(template, dict(zip(names, given, strict=True)))


def _said(value: object, translate: Translate) -> object:
    if isinstance(value, tuple):
        return ", ".join(str(_said(one, translate)) for one in value)
    return value.message(translate) if isinstance(value, Spoken) else value


SYSTEM = (
    *(N_("No such file or directory"), N_("Permission denied"), N_("Operation not permitted")),
    *(N_("No space left on device"), N_("Disk quota exceeded"), N_("Read-only file system")),
    *(N_("Input/output error"), N_("File exists"), N_("Is a directory"), N_("Not a directory")),
    *(N_("Directory not empty"), N_("Too many open files"), N_("File name too long")),
    *(N_("File too large"), N_("Device or resource busy"), N_("Stale file handle")),
    *(N_("Too many levels of symbolic links"), N_("Address already in use")),
)
"""What the system says of a file, a disk or a port, where there are words for it in the catalogue."""


def system_words(error: OSError) -> Phrase:
    """Why the system refused something, to be set into a message.

    >>> print(system_words(OSError(28, "No space left on device")))
    No space left on device
    """
    return Phrase("{why}", {"why": str(error)}) if not error.strerror else Phrase(error.strerror)


class NqError(Exception):
    """Base of all errors that nqcore raises on purpose.

    >>> try:
    ...     ws.figure("B9", "2018-Q1")
    ... except nqcore.NqError as wrong:
    ...     print(wrong.code, wrong)
    unknown-name There is no indicator “B9”. `nq indicators` lists the indicators.
    """

    code: ClassVar[str] = "error"
    template: ClassVar[str] = "{detail}"

    def __init__(self, **params: object) -> None:
        self.params: Mapping[str, object] = params
        super().__init__(say(self.template, params))

    def message(self, translate: Translate = str) -> str:
        """The sentence for a reader; `translate` maps an English msgid to the reader's language."""
        return say(self.template, self.params, translate)

    def __reduce__(self) -> tuple[object, ...]:
        """An error goes from one process to another with all its params."""
        return _restored, (type(self), self.args, dict(self.__dict__))


def _restored(kind: type[NqError], args: tuple[object, ...], state: dict[str, object]) -> NqError:
    wrong = kind.__new__(kind)
    wrong.args = args
    wrong.__dict__.update(state)
    return wrong


class InputError(NqError):
    """The input of a user or a program is not accepted; nothing was written."""

    code = "input"


class BoundariesError(InputError):
    """The text is neither “reported” nor a day (YYYY-MM-DD)."""

    code = "boundaries"
    template = N_("“{text}” are no boundaries. Write “reported” or a day such as 2025-07-01.")

    def __init__(self, *, text: str) -> None:
        super().__init__(text=text)


class WrongArgument(InputError, TypeError):
    """A program calls nqcore with an argument of the wrong kind; nothing was read or written.

    A TypeError too, as Python's own functions raise. Only programs see it: it is in English.
    """

    code = "wrong-argument"
    template = "{argument}: {given} – give {wanted}"

    def __init__(self, *, argument: str, given: str, wanted: str) -> None:
        super().__init__(argument=argument, given=given, wanted=wanted)


class UnknownName(NqError, KeyError):
    """No such unit, form, indicator, period, directive, account or submission.

    A KeyError too, so that mappings such as `Workspace.units` behave as mappings do.
    """

    code = "unknown-name"
    template = N_("There is no {kind} “{name}”. {hint}")
    KINDS: ClassVar[tuple[str, ...]] = (
        *(N_("unit"), N_("directive"), N_("indicator"), N_("form"), N_("field"), N_("period")),
        *(N_("report"), N_("file"), N_("account"), N_("task"), N_("target"), N_("rule")),
        *(N_("change of units"), N_("calendar"), N_("choice"), N_("hierarchy"), N_("finding")),
        *(N_("report format"), N_("figure"), N_("count"), N_("edition"), N_("outline")),
        *(N_("block of the text"), N_("section"), N_("question"), N_("link"), N_("overlay")),
        *(
            N_("letterhead"),
            N_("kind of content"),
            N_("change of content"),
            N_("mapping"),
            N_("batch"),
        ),
    )
    """What a name may be the name of."""

    def __init__(self, *, kind: str, name: str, hint: Phrase | None = None) -> None:
        super().__init__(kind=Phrase(kind), name=name, hint=hint or "")

    def message(self, translate: Translate = str) -> str:
        return super().message(translate).rstrip()

    def __str__(self) -> str:
        return self.message()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One mistake in a definition file.

    `table` is the path of the table ("form[q].section[A]", "" for the file itself), `key` the key in it
    ("" for the table as a whole), `detail` what is wrong and `remedy` what to do. `line` is counted from
    1; None if it is not known.

    >>> print(Mistake(file="a.toml", line=3, table="unit[xa]", key="kind", detail="is missing"))
    a.toml, line 3: unit[xa].kind: is missing
    """

    file: str
    table: str = ""
    key: str = ""
    detail: Words
    remedy: Words = ""
    line: int | None = None

    @property
    def path(self) -> str:
        """Table and key in one: "unit[xa].kind"."""
        return ".".join(part for part in (self.table, self.key) if part)

    @property
    def text(self) -> str:
        """What is wrong and what to do, without the place, in English."""
        return str(in_a_row(self.detail, self.remedy))

    def message(self, translate: Translate = str) -> str:
        """The whole sentence; `translate` maps an English msgid to the reader's language. Words that a plugin
        or a reader of TOML gives as a text are English, and then all of the sentence is."""
        if any(isinstance(part, str) and part for part in (self.detail, self.remedy)):
            translate = str
        place = self.file
        if self.line is not None:
            place = translate(N_("{file}, line {line}")).format(file=self.file, line=self.line)
        text = in_a_row(self.detail, self.remedy).message(translate)
        return ": ".join(part for part in (place, self.path, text) if part)

    def __str__(self) -> str:
        return self.message()


class DefinitionError(NqError):
    """The definition files of a plugin, or another TOML file, have mistakes: `mistakes` holds all of
    them, the message shows the first few."""

    code = "definition"
    template = N_("{file}: {key}: {detail}")
    SHOWN: ClassVar[int] = 3
    """How many mistakes the message shows."""

    def __init__(
        self, *, file: str, key: str, detail: Words, mistakes: Sequence[Mistake] = ()
    ) -> None:
        table, _, last = ("", "", key) if key.endswith("]") else key.rpartition(".")
        one = Mistake(file=file, table=table, key=last, detail=detail)
        self.mistakes: tuple[Mistake, ...] = tuple(mistakes) or (one,)
        super().__init__(file=file, key=key, detail=detail)

    @classmethod
    def of(cls, mistakes: Sequence[Mistake]) -> Self:
        """The error for `mistakes` (at least one)."""
        first = mistakes[0]
        return cls(file=first.file, key=first.path, detail=first.text, mistakes=mistakes)

    def message(self, translate: Translate = str) -> str:
        """The first mistakes, one on each line, and how many more there are."""
        lines = [mistake.message(translate) for mistake in self.mistakes[: self.SHOWN]]
        more = len(self.mistakes) - len(lines)
        if more:
            text = translate(N_("{count} more mistakes; see all with `nq plugins check`"))
            lines.append(text.format(count=more))
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.message()


class DuplicateId(NqError):
    """Two owners (plugins or the office) define the same id."""

    code = "duplicate-id"
    template = N_(
        "The {kind} “{id}” is given by both {first} and {second}. "
        "Rename one, or change the other's with an [[overlay]]."
    )

    def __init__(self, *, kind: str, id: str, first: str, second: str) -> None:
        super().__init__(kind=kind, id=id, first=first, second=second)


class TwoLetterheads(DuplicateId):
    """Two plugins give the letterhead of one unit. An overlay cannot change a letterhead."""

    code = "two-letterheads"
    template = N_(
        "The letterhead of the unit “{id}” is given by both {first} and {second}. Take it out of one of "
        "them, or write the office's own as [[letterhead]] in workspace.toml."
    )


class PluginError(NqError):
    """A plugin could not be loaded, or one of its hooks raised."""

    code = "plugin"
    template = N_("Plugin {plugin} failed in {where}: {detail}")

    def __init__(self, *, plugin: str, where: str, detail: str) -> None:
        super().__init__(plugin=plugin, where=where, detail=detail)


class StateError(NqError):
    """The submission's present state does not allow the step."""

    code = "state"
    template = N_("Cannot {action}: the report is {state}.")

    def __init__(self, *, action: Phrase, state: Phrase) -> None:
        super().__init__(action=action, state=state)


class Conflict(NqError):
    """Another user changed the submission meanwhile; nothing was overwritten."""

    code = "conflict"
    template = N_(
        "{who} changed this report meanwhile (version {now}, yours was {yours}). "
        "Open it again and choose which figures to keep."
    )

    def __init__(self, *, who: str, now: int, yours: int) -> None:
        super().__init__(who=who, now=now, yours=yours)


class NotAllowed(NqError):
    """The account may not do this action for this unit."""

    code = "not-allowed"
    template = N_("{account} may not {action} for {unit}.")

    def __init__(self, *, account: str, action: Phrase, unit: str) -> None:
        super().__init__(account=account, action=action, unit=unit)


class NotAddable(NqError):
    """The definition of the indicator forbids this aggregation."""

    code = "not-addable"
    template = N_("{indicator} must not be added up over {dimension}. Ask for one unit and period.")

    def __init__(self, *, indicator: str, dimension: str) -> None:
        super().__init__(indicator=indicator, dimension=dimension)


class WorkspaceError(NqError):
    """The folder is not a workspace, or cannot become one."""

    code = "workspace"

    def __init__(self, *, detail: Words) -> None:
        super().__init__(detail=detail)


class StoreError(NqError):
    """The journal cannot be read or written."""

    code = "store"

    def __init__(self, *, detail: Words) -> None:
        super().__init__(detail=detail)
