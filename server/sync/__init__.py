"""The exchange: what a device changed, what it had seen, and what it has not got yet. Rules: docs/SPEC.md."""
