"""办结销号 and the outcome of the year: a unit claims, the office checks and closes (`Closure`,
`TaskOutcome`).
"""
