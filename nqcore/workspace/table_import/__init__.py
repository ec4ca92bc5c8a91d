"""*Nạp bảng*: a table of any office, in .xlsx, .xls, .ods or .csv, as drafts of the reports of many units.

    office = TableOffice(repository, account)          # what the account may enter
    file = read_table_file("bieu-01.xlsx", data)       # all sheets, as value, format and kind
    (mapping, *_) = guess_mappings(office, file.sheets[0])
    look = look_at(office, file, mapping)              # what would change, or all that is wrong

| file | content |
|---|---|
| `table_file` | the file: its sheets, with texts in Unicode |
| `layout` | where the tables of a sheet are, and the words above their columns |
| `heading_words` | what else words say of figures: a plan, a rate, a part, the opposite |
| `name_matching`, `period_names` | units, indicators and periods by the names that tables use |
| `office` | the units, indicators and periods that an account may enter |
| `mapping` | how a table is read, as a value |
| `guess` | the mapping that is proposed for a table |
| `sure_names`, `left_columns` | which words surely mean an indicator, and why a column is left to the user |
| `scales`, `said_measures` | how many a 1 of each figure is, as the table says or a user has chosen |
| `reading` | the cells under a mapping: taken, refused, or left out by name |
| `totals` | totals beside the sums of their rows |
| `plan` | what would change: an import plan |
| `notes` | what is said about cells and sheets |
| `pasted` | a block that is pasted into the entry form of one report: what goes into which box, or why not |
| `pasted_table`, `pasted_cells`, `pasted_heads`, `pasted_measures`, `pasted_column` | its rows and columns |
| `pasted_lines` | the lines of a message in place of a table: "A1: 7" |
| `kept` | mappings that are kept for the next file of the same layout |

Every cell that is not blank has a fate (`Fate`): what is not taken is refused or named. A text that is no
number is never read as one: “~1.500” and “1.234(*)” are refused, and for signs the user says what they mean.
"""
