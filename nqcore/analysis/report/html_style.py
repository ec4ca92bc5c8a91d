"""The style sheet inside a report that is written as an HTML file: it opens in any browser, and prints, like
the document. On the pages of the office their own style sheet does the same.
"""

from __future__ import annotations

STYLE = """
@page { size: A4; margin: 20mm 15mm 20mm 30mm }
@page ngang { size: A4 landscape; margin: 20mm 15mm 15mm 30mm }
body { margin: 2em auto; max-width: 165mm; padding: 0 1em; color: #000; background: #fff }
body, h2, h3 { font: 14pt/1.35 "Times New Roman", Tinos, "Liberation Serif", serif }
p { margin: 0 0 6pt; text-align: justify; text-indent: 1cm; overflow-wrap: break-word }
h2, h3 { margin: 8pt 0 4pt; text-indent: 1cm; font-weight: bold; break-after: avoid }
.quoc-hieu, .ky { display: grid; grid-template-columns: 1fr 1fr; gap: 8mm; margin: 0 0 8mm }
.quoc-hieu p, .ten-vb, .ky .ben p { margin: 0; text-align: center; text-indent: 0 }
.gach { display: inline-block; border-bottom: 1px solid }
.quoc-hieu .ngay { margin-top: 12pt }
.ten-vb { font-weight: bold }
.loai { font-size: 16pt }
.kinh-gui { margin: 6pt 0 12pt; text-align: left }
.ky { margin-top: 8mm; break-inside: avoid }
.ky .noi-nhan p { font-size: 12pt; text-align: left; text-indent: 0 }
.ky .ben .ho-ten { margin-top: 22mm }
.chu-thich { font-size: 12pt; font-style: italic; text-indent: 0 }
.chot { text-align: left }
.phu-luc { break-before: page }
.phu-luc:has(> .ngang:first-child) { break-before: auto }
.ngang { page: ngang }
.doc { page: auto }
.bang { margin: 8pt 0; padding-right: 1px; overflow-x: auto }
table { width: 100%; border-collapse: collapse; font-size: 11pt; line-height: 1.25 }
caption { margin-bottom: 4pt; font-size: 13pt; font-weight: bold }
th, td { border: 1px solid; padding: 2pt 3pt; text-align: left; vertical-align: top }
thead { display: table-header-group }
thead th { text-align: center; vertical-align: middle }
tbody th { min-width: 45mm; font-weight: normal }
tr { break-inside: avoid }
.muc td, .muc th { font-weight: bold }
td.so { text-align: right; white-space: nowrap }
td.dai { white-space: normal }
@media screen {
  .phu-luc .ngang { width: 252mm; max-width: 94vw; margin-left: 50%; transform: translateX(-50%) }
}
@media screen and (max-width: 40em) {
  body, h2, h3 { font-size: 12pt }
  .quoc-hieu { font-size: 10pt; gap: 3mm }
  tbody th { min-width: 30mm }
}
@media print { body { margin: 0; max-width: none; padding: 0 } .bang { overflow: visible } }
"""
"""Classes are those of `html_format.fragment`. It has no address in it: the file loads nothing."""
