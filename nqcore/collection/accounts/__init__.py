"""Accounts: who may sign in, and who may do what.

access          roles, actions, and the one table that says which role may do which action
actor           an account that acts at a moment, with the tree of units that its rights follow
directory       the accounts in the store: add, lock, assign roles, sign in, open one-time links
administration  what an administrator or an approver may do with accounts of other users
passwords       hash and check passwords
sign_in_links   tokens and digests of one-time sign-in links
"""
