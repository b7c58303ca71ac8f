"""How long a client's file is kept, what holds it longer, and erasing what is due (SPEC A12–A14)."""
