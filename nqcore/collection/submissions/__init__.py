"""Submissions: the chain of revisions of one report, its states and steps.

| file | content |
|---|---|
| `repository` | reads submissions: revisions, states, obligations with what was entered |
| `as_of` | the same as they were known at the end of a day |
| `workflow` | writes them: save, present, send, withdraw, return, accept, reopen, exclude, undo |
| `brought_in` | figures that were approved on paper come in as accepted, and are taken out |
| `office_start` | the day from which the office collects |
| `moved_deadlines` | *Dời hạn*: one deadline for all units that owe a form for a period |
| `receipts` | the number on a receipt |
| `checking` | reads and checks what was typed for one report |
| `step_rules` | rules of single steps: copied figures, reasons, undo |
| `entry_rights` | who may enter the report of a unit, also after the unit has ended |
| `leader_signoff` | *Trình lãnh đạo*: units whose own leader sends their reports |
| `deadline_extensions` | *Gia hạn*: a later deadline for one report |
| `period_locks` | *Khóa kỳ*: periods that are closed for entry |
| `attachments` | *Tệp minh chứng*: files attached to a report |
| `index` | state and revision number of every submission, in memory |
| `codec` | revisions and extensions as documents of the store, and back |
"""
