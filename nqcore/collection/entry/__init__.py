"""Entering a report: the sheet, its boxes, two people at once, its Excel file."""
