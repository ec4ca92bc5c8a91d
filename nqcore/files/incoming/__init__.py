"""The one gate for files that come in from outside: nothing else opens them.

    data = load(path, [XLSX])                 # a file on disk: at most so many bytes are ever read
    text = load_text(path, CSV)               # the same for text in UTF-8, whatever it is called
    table = load_toml(path)                   # TOML, its brackets and keys counted before it is parsed
    kind = check(name, data, [PDF, JPEG])     # bytes that were sent: size, then what they are, then,
                                              # for .xlsx and .docx, what they unpack to
    rows = read_apart(reader, data, file=name)  # reader(data) in a child process with limits
    shown = shown_name(name)                  # the name for people (never raises); on disk use an id

All raise `FileRefused` (an InputError whose sentence names the file and what to do); nothing
was kept. `check` never unpacks to disk or into memory as a whole, and parses no XML: it streams each
entry past the limits of its `FileKind` and refuses

* what is not what its name says (by the first bytes and by the parts of the package);
* more bytes, entries, unpacked bytes or a higher ratio than the kind allows, counted while unpacking,
  whatever the package says of itself; entries that stand there twice, locked or damaged ones;
* DTDs and entities, XML that is not UTF-8, macros, and in a sheet cells beyond its last row or column.

`read_apart` is for every reader that a hostile file could make slow, hungry or crash (anything that
parses a package). `reader` is a function at the top of a module, `bytes -> JSON value` (None, bool,
int, str, float, list, dict with str keys), and may raise FileRefused of its own. The child has no
environment but the search path, writes no file, and is stopped after `seconds` (of the clock and of
the processor) or at `megabytes` of memory. At most two children run at once.

A new kind of file is one more `FileKind` here; a new reader calls `check` (or `load`) and `read_apart`.
Source of the limits: docs of openpyxl and OWASP ASVS 5.0 5.2.1-5.2.3; measured, a zip of 165 kB
kept a reader busy for over a minute, one far cell in 4.6 kB for 20 s.
"""

from nqcore.files.incoming.file_names import shown_name
from nqcore.files.incoming.gate import check, load, load_text, utf8
from nqcore.files.incoming.kinds import CSV, DOCX, JPEG, PDF, PNG, TEXT, TOML, XLS, XLSX, FileKind
from nqcore.files.incoming.refusals import FileRefused
from nqcore.files.incoming.separate_process import read_apart
from nqcore.files.incoming.toml import load_toml

__all__ = [
    "CSV",
    "DOCX",
    "JPEG",
    "PDF",
    "PNG",
    "TEXT",
    "TOML",
    "XLS",
    "XLSX",
    "FileKind",
    "FileRefused",
    "check",
    "load",
    "load_text",
    "load_toml",
    "read_apart",
    "shown_name",
    "utf8",
]
