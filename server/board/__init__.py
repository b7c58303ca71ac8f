"""What a supervisor has to look at that only the server knows (SPEC Q3, Q4)."""
