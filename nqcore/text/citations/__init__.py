"""Documents cited in running Vietnamese text, and the grammar of their numbers.

`find_citations` reads a text as a careful clerk does; `parse_number` reads one number and
``str(number)`` prints it again. No I/O, no clock; time is linear in the length of the text.
"""

from nqcore.text.citations.citation import Citation
from nqcore.text.citations.finder import find_citations
from nqcore.text.citations.issuers import Kind
from nqcore.text.citations.numbers import (
    DocumentNumber,
    DocumentNumberError,
    Style,
    parse_number,
)

__all__ = [
    "Citation",
    "DocumentNumber",
    "DocumentNumberError",
    "Kind",
    "Style",
    "find_citations",
    "parse_number",
]
