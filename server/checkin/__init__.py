"""The lone-worker check-in (SPEC K): a deadline on the server, a ladder of alarms, and the record of a threat."""
