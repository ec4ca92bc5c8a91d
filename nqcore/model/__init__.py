"""The model: directives, units, indicators, periods, forms, submissions, cells, figures, findings.

Only frozen values: no I/O, no clock, no rule about a particular resolution. Import from the modules.
"""
