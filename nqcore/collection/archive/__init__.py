"""What was done, whether all of it is still there, and copies of it.

audit_trail      who did what and when, read from the journal, for the units that an account may inspect
audit_query      what one looks for there: a person, units, days, a kind of deed
audit_objects    what each thing was done to, in words: a form and period, a finding and review, a file
log_file         the same as lines of JSON, for a file that is kept elsewhere
integrity        check the whole folder of a workspace; receipts; go on with a new key
backup           one .zip of the whole folder: write, check, restore; with backup_files (which files),
                 backup_format (manifest, names), backup_writing, backup_reading (a file from outside)
backup_rotation  a folder of backups, of which the newest sound ones are kept
custody          is this the folder that was served before, with the same history and settings?
last_seen        what this machine last saw of an office at one place, and what became weaker since
settings_record  the digests of the settings in the journal
"""
