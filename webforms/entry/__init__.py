"""Pages of a unit that reports: the work list, the form, checking and sending, Excel, attachments."""
