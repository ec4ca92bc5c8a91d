"""What an office makes itself: indicators, questions, forms, targets, tasks, rules … (*nội dung*).

own_items   the items as the journal has them
changes     planned with all that they do, made in one record, taken back while unused
effects     who is asked what from when, and what comparisons will say
reach       what a question does not reach: reports that are sent already, units that owe no form
usage       what uses an item: stored answers, frozen reviews, decisions, other items
meaning     which changes would change what was already reported
indicator_facts  what is said of an indicator: definition, versions, basis, who gave them
vanishing   answers that a change would take out of the figures
packs       definition files in the folder of the workspace
"""
