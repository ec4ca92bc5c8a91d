"""The neutral report: how its sentences, figures and gaps are written, whatever the layout.

`blocks`, `sentences` and `notes` say what is printed; `json_format` and `html` are the formats core
offers itself; `readback` opens a written .docx again and compares it with the report.
"""

from nqcore.analysis.report.build import build_report
from nqcore.analysis.report.writing import Document, formats, write_report

__all__ = ["Document", "build_report", "formats", "write_report"]
