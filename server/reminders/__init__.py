"""Reminders (SPEC N): what falls due and for whom, the rows that say so, and the worker that sends them."""
