"""Documents of the national structure, made from a client's records (SPEC Z12)."""
