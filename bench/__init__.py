"""Repeatable measurements: each prints what it compares side by side, in one run."""
