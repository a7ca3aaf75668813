"""我的工作台 and the page of a unit: what waits for whom, read by units and about them
(`ProgressReport`, `Instruction`, `SupervisionOrder`, `ActionPlan`, `TaskPeriod`).
"""
