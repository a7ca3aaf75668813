"""One item: its sentence, numbers, people, judgements and history, for everybody who may see it."""
