"""The ways in which notices are written: each is tried, the best is proposed."""
