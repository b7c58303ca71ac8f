"""What everything else on the server stands on: who asks, the database and its tables, times, problems, the logs."""
