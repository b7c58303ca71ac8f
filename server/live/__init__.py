"""Devices that wait for news of their files (SPEC P11)."""
