"""What the machine reminds of: every kind of thing that is open, each in a module of its own."""
