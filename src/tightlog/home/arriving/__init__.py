"""What a home says of arrivals: watched folders, what is fetched, reminders, keys and tokens."""
