"""办理方案: the unit plans, signs and sends, the office accepts; then it is in force (`ActionPlan`,
`IndicatorPlan`, `IndicatorShare`, `Milestone`).
"""
