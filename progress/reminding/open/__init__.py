"""What is open and may be reminded of, one module per kind of matter."""
