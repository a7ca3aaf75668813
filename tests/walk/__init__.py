"""A year walked day by day, and an oracle that says what should have been told."""
