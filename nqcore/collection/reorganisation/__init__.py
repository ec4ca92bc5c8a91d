"""Changes of units: mergers, splits, renames and moves, and what becomes of the duties of ended units.

change_request    a change as an office describes it (*sáp nhập, chia tách, đổi tên*) becomes events
impact            what a change would do, shown before it takes effect
reorganisation    enter a change, take it back, decide on duties of a unit that has ended
open_duties       duties of ended units on which no decision exists yet (*chưa xác định*)
own_definitions   the units, changes and decisions that the office itself entered
lineage           where a unit came from and where it went, as plain data
codec             units, changes and decisions as documents of the store, and back
"""
