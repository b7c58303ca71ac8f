"""The lone-worker check-in (SPEC K): a deadline on the server, an escalation of alarms, and the record of a threat."""
