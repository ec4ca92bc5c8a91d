"""What was done, whether all of it is still there, and copies of it.

audit_trail  who did what and when, read from the journal, for the units that an account may inspect
integrity    check the whole folder of a workspace; receipts; go on with a new key
backup       one .zip of the whole folder: write, check, restore
"""
