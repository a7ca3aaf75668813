"""督查室: what waits in the office, what is missing, what was sent."""
