"""The exchange: what a device changed, what it had seen, and what it lacks (docs/SPEC.md)."""
