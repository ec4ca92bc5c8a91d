"""Figures beside each other over time, for people who look something up: the times of the columns (`times`)
and the table of all indicators of a form (`figure_table`)."""
