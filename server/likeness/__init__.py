"""Which clients are likely one person who was entered twice, and who is told (SPEC H9)."""
