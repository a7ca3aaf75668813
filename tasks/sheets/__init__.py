"""What of the plan units and the office fill in Excel: 办理方案 and last year's figures
(`ActionPlan`, `Indicator`).
"""
