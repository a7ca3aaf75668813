"""What a bulletin prints, and how."""
