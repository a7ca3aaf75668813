"""启用: what a draft still lacks, what its units will owe and from which period on; the office
switches the year on (`NoticeDraft`, `Plan`, `Period`).
"""
