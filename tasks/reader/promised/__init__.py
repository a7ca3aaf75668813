"""Which figures of a sentence are promises, what each counts, and what an item gets by default."""
