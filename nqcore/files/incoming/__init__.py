"""The only place where files from outside are opened and checked.

    data = load(path, [XLSX])                 # a file on disk; reads no more bytes than allowed
    text = load_text(path, CSV)               # the same for UTF-8 text, with any file name
    table = load_toml(path)                   # TOML; brackets and keys are counted before parsing
    kind = check(name, data, [PDF, JPEG])     # uploaded bytes: checks size and kind, and for .xlsx
                                              # and .docx also what they unpack to
    kind = recognise(name, data, [DOCX])      # only name, size and first bytes: the file is not read yet
    rows = read_in_child(reader, data, file=name)  # reader(data) in a child process with limits
    shown = shown_name(name)                  # the name to show (never raises); on disk use an id

All raise `FileRefused` (an InputError whose message names the file and says what to do). `check` never
unpacks a whole file to disk or into memory and parses no XML. It unpacks each entry piece by piece,
compares it with the limits of its `FileKind`, and refuses

* a file of another kind than its name says (by its first bytes and the parts of the package);
* more bytes, entries or unpacked bytes, or a higher ratio, than the kind allows, counted while
  unpacking and not taken from the package's own directory; duplicate, locked or damaged entries;
* DTDs and entities, XML that is not UTF-8, macros, and cells outside the allowed rows and columns.

Use `read_in_child` for every reader that a malicious file could make slow, use much memory or crash (any
reader of a package). `reader` is a function at the top level of a module, `bytes -> JSON value` (None,
bool, int, str, float, list, dict with str keys), and may raise FileRefused itself. The child process
has no environment except the search path, writes no file, and is stopped after `seconds` (of the clock
and of the processor) or at `megabytes` of memory. At most two child processes run at the same time.

For a new kind of file, add a `FileKind` here; a new reader calls `check` (or `load`) and `read_in_child`.
Source of the limits: the documentation of openpyxl and OWASP ASVS 5.0, 5.2.1-5.2.3. Measured: a zip of
165 kB kept a reader busy for over a minute, one cell far outside in a file of 4.6 kB for 20 s.
"""

from nqcore.files.incoming.file_names import shown_name
from nqcore.files.incoming.file_signatures import (
    CSV,
    DOC,
    DOCX,
    HEIC,
    JPEG,
    ODS,
    PDF,
    PNG,
    TEXT,
    TOML,
    XLS,
    XLSX,
    FileKind,
)
from nqcore.files.incoming.gate import check, load, load_text, recognise, text_of
from nqcore.files.incoming.refusals import FileRefused
from nqcore.files.incoming.run_in_child import read_in_child
from nqcore.files.incoming.toml import is_too_deep, load_toml, parse_toml

__all__ = [
    "CSV",
    "DOC",
    "DOCX",
    "HEIC",
    "JPEG",
    "ODS",
    "PDF",
    "PNG",
    "TEXT",
    "TOML",
    "XLS",
    "XLSX",
    "FileKind",
    "FileRefused",
    "check",
    "is_too_deep",
    "load",
    "load_text",
    "load_toml",
    "parse_toml",
    "read_in_child",
    "recognise",
    "shown_name",
    "text_of",
]
