"""The pages of a bulletin."""
