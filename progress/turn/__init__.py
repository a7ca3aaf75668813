"""年度衔接: which items of a new year continue which of the one before, and what people entered
then and need not enter again; confirmed line by line by the office (`Task.carried_from`,
`Portfolio`, `Responsibility`, `Naming`, `PlanRule`, `Indicator`).
"""
