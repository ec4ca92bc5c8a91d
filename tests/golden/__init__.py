"""Workspaces as every released version wrote them. They are never written again, only opened."""
