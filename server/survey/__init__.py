"""What clients answer about the service: by a ticket, without a session, with nothing but their team and their day."""
