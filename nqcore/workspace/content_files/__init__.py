"""Content of an office as files: an Excel workbook with a sheet for each kind, a folder of TOML files, and a
plugin package.

| module | content |
|---|---|
| `columns` | the sheets of the workbook, and the columns of each with its Vietnamese heading |
| `cells` | how one value is written into a cell, and read from it |
| `rows` | the tables of a definition file as rows of the sheets, and back |
| `writing` | the workbook |
| `read_content` | what was read from a file: items, mistakes, and where each key stands |
| `reading` | a workbook becomes tables again, each mistake at its sheet, row and column |
| `around` | what a test of the office's content needs beside it: plugins, packs, some units |
| `folder` | TOML files: one, or a folder with one for each kind |
"""
