"""催办: what is missing, and who was telephoned or written to about it; by the office (`Urge`)."""
