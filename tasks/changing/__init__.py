"""What the office changes in the plan by decision: items and numbers added, wording, cycle,
知悉范围 (`Task`, `Indicator`, `Wording`, `TaskCycle`).
"""
