"""Which records do not say yet what their kind asks for."""
