"""Paragraphs and rows to headings, items and the letter around them, for one style."""
