"""Lists and tables over many submissions: what is due, what is late, what waits for whom.

worklist        *Việc của tôi*: what an account's unit owes now and next
approval_queue  *Chờ duyệt*: what waits for an approver, and accepting several submissions together
board           *Tiến độ*: units × periods, with who has sent and who is late
report_counts   how many reports are accepted, waiting, past due and not yet due: one count for all
debts           *Còn nợ*: what was not sent in time in any period, and what else is not settled
reminders       *Đã nhắc*: of which reports units were reminded, by whom and when
timetable       *Kỳ và hạn*: the periods of a year with their deadlines; the office's days off
task_progress   *Nhiệm vụ*: how far a task is, from reports and notes
task_coverage   which tasks and targets of a directive are carried out by tasks of documents below it
plan_matrix     which unit has issued the plan that a directive asks for
"""
