"""The style sheet inside a report that is written as an HTML file: it opens in any browser, and prints, like
the document. On the pages of the office their own style sheet does the same.
"""

from __future__ import annotations

STYLE = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm }
body { margin: 2em auto; max-width: 165mm; color: #000; background: #fff }
body, h2, h3 { font: 14pt/1.35 "Times New Roman", Tinos, "Liberation Serif", serif }
p { margin: 0 0 6pt; text-align: justify; text-indent: 1cm }
h2, h3 { margin: 8pt 0 4pt; text-indent: 1cm; font-weight: bold }
.quoc-hieu, .ky { display: grid; grid-template-columns: 1fr 1fr; gap: 8mm; margin: 0 0 8mm }
.quoc-hieu p, .ten-vb, .ky .ben p { margin: 0; text-align: center; text-indent: 0 }
.gach { display: inline-block; border-bottom: 1px solid }
.quoc-hieu .ngay { margin-top: 12pt }
.ten-vb { font-weight: bold }
.loai { font-size: 16pt }
.ky { margin-top: 8mm }
.ky .noi-nhan p { font-size: 12pt; text-align: left; text-indent: 0 }
.ky .ben .ho-ten { margin-top: 22mm }
.chu-thich { font-size: 12pt; font-style: italic; text-indent: 0 }
.phu-luc { break-before: page }
table { width: 100%; margin: 8pt 0; border-collapse: collapse; font-size: 12pt; line-height: 1.25 }
caption { margin-bottom: 4pt; font-weight: bold }
th, td { border: 1px solid; padding: 2pt 4pt; text-align: left; vertical-align: top }
thead th { text-align: center; vertical-align: middle }
tbody th { font-weight: normal }
td.so { text-align: right; white-space: nowrap }
"""
"""Classes are those of `html_format.fragment`. It has no address in it: the file loads nothing."""
