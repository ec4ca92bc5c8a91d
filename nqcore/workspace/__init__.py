"""A workspace as a whole: opening, setting up, the façade and its services, bulk import, checks.

| file or folder | content |
|---|---|
| `facade` | `Workspace`, the object that `nqcore.open` returns |
| `open_state` | what the services of a workspace share: context, accounts, totals, refresh |
| `followed_totals` | the totals of now or as of a day, kept up to date |
| `services/` | the services by subject: `ws.submissions`, `ws.entry`, `ws.totals` … |
| `opening` | opens the workspace in a folder, and makes a new one |
| `setup` | `nqcore.create` and `nq init`: a new workspace |
| `unit_list/` | the office's list of units as it is becomes units |
| `arguments` | checks the kinds of the arguments of public methods |
| `demo` | `nq demo`: a workspace with ten years of reports |
| `bulk_import`, `csv_import`, `workbook_import` | values in bulk from CSV and Excel |
| `import_plan`, `import_cells` | what an import would change, whatever the kind of its file |
| `table_import/` | tables of any office, read through a mapping |
| `content_files/` | what an office made, as a workbook, as TOML files and as a plugin |
| `doctor/` | `nq doctor`: is the installation as it should be |
| `register/` | `nq cite`: which directives a text cites, and a draft of their definitions |
"""
