"""核对: source and items side by side; doubts are solved and items put right by the office
(`DraftAct`).
"""
