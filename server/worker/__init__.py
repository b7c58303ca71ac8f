"""The process that sends what falls due, and alarms."""
