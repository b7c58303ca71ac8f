"""Who asks: passwords, sessions and their tokens, and what a wrong password costs."""
