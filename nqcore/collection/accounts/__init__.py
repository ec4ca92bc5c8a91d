"""Accounts: who may sign in, and who may do what.

access          roles, actions, and the one table that says which role may do which action
actor           an account that acts at a moment, with the tree of units that its rights follow
directory       the accounts in the store: add, lock, assign roles, sign in, open one-time links
administration  what an administrator or an approver may do with accounts of other users
people_list     a list of people, one a line, of whom accounts are made
passwords       hash and check passwords
few_at_once     a few at one time, a few wait, the others are refused at once
password_rules  which new passwords are refused because they are guessed first
sign_in_links   one-time sign-in links: tokens, digests, what the store knows of them
second_factors  codes of an authenticator app (TOTP), recovery codes, for which roles they are needed
factor_file     where their secrets lie: beside the journal's key, never in the workspace
"""
