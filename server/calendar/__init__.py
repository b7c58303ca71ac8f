"""Visits as a calendar that other programs read (SPEC I)."""
