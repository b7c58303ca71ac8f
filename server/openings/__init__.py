"""Files opened for a time to somebody who does not read them otherwise: why, and whether that was right (S10–S12)."""
