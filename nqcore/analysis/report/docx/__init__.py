"""Word documents: the layout of official papers, of which a `DocxProfile` has the sizes and the signs.

A guidance, a decree or the habit of an office is a profile: data, and no code. `format` is what a plugin
gives to the program. `page` lays the document out, with the words beside its text of `paper_words`, its
`words` in runs and bookmarks, its `tables` with their `widths`; `looks` are the named styles, which `styles`
writes with `measures`; `package` is the file around the page. Only `package` imports python-docx, which takes
long to load, so `format` imports it when it writes.
"""

from nqcore.analysis.report.docx.format import DocxFormat
from nqcore.analysis.report.docx.profile import DocxProfile, Margins, PaperSigns

__all__ = ["DocxFormat", "DocxProfile", "Margins", "PaperSigns"]
