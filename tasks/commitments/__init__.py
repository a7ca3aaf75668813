"""承诺: what each sentence commits to, by what it is measured and what nothing measures; the office
decides what is judged in words, stays open or is none (`Commitment`).
"""
