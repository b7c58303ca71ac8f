"""Photos and documents that hang on records: how they come in, what is kept, and who is handed them (SPEC X)."""
