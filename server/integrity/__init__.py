"""Whether the logs are whole: chains, anchors outside the database, and the state that follows from them (SPEC L)."""
