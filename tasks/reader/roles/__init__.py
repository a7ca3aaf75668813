"""Who leads, supports, answers, by when: one grammar for brackets, lines and cells."""
