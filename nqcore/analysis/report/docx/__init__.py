"""Word documents: the layout of official papers, of which a `DocxProfile` has the sizes and the signs.

A guidance, a decree or the habit of an office is a profile: data, and no code. `format` is what a plugin
gives to the program; `page` lays out the document, `tables` and `widths` its tables, `runs` its words;
`styles` are the named styles, `package` is the file around the page. Only `format` and `profile` can be
imported without python-docx, which takes long to load.
"""

from nqcore.analysis.report.docx.format import DocxFormat
from nqcore.analysis.report.docx.profile import DocxProfile, Margins

__all__ = ["DocxFormat", "DocxProfile", "Margins"]
