"""The name of a file that a browser sends."""

from __future__ import annotations

import re

from werkzeug.datastructures import FileStorage

_WINDOWS_PATH = re.compile(r'filename="((?:[A-Za-z]:\\|\\\\)[^"]*)"')


def sent_name(sent: FileStorage) -> str:
    """The name of the file as it was sent, with its folders if it has some. An old browser sends
    `C:\\Users\\An\\a.pdf` with bare backslashes, which the parser of the request takes for escapes."""
    found = _WINDOWS_PATH.search(sent.headers.get("Content-Disposition", ""))
    return found[1] if found else sent.filename or ""
