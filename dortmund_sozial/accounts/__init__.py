"""Accounts of the people who work on the portal: roles, login, sessions, tokens (docs/roles.md)."""
