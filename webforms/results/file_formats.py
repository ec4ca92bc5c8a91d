"""The files in which a review is offered to staff, and what they call them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from nqcore.catalogue.contracts import ReportFormat
from nqcore.errors import N_
from webforms.shared.context import workspace
from webforms.shared.language import _

NAMES: Mapping[str, str] = MappingProxyType(
    {".docx": N_("Word"), ".pdf": N_("PDF"), ".xlsx": N_("Excel"), ".html": N_("Web page")}
)
"""By the ending of a file's name."""
FOR_PROGRAMS = frozenset({".json", ".md"})
"""What programs read, and no office program opens: `nq report` writes them."""


def offered_formats() -> tuple[ReportFormat, ...]:
    """Those of all plugins that staff can use, in their order."""
    formats = workspace().reviews.formats()
    return tuple(one for one in formats if one.suffix not in FOR_PROGRAMS)


def file_names() -> Mapping[str, str]:
    """How each of these formats is called on a button, by its name: "Word"; with its title where several make
    such a file: "Word, Văn bản của Đảng (Hướng dẫn 36)"."""
    formats = offered_formats()
    twins = Counter(one.suffix for one in formats)
    return {
        one.name: f"{format_name(one.suffix)}, {one.title}"
        if twins[one.suffix] > 1
        else format_name(one.suffix)
        for one in formats
    }


def format_name(suffix: str) -> str:
    """ "Word" for ".docx"; an ending that no office program has stays as it is."""
    return _(NAMES[suffix]) if suffix in NAMES else suffix
