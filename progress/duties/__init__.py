"""责任清单: what a unit answers for, received, objected to, and handed over with a post; by its
liaison (`Responsibility`, `Naming`, `Adjustment`).
"""
