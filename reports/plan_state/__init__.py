"""年度状态: what a plan is beside the others (主系列 or 专项), its 归档, and opening it again by
decision; by the office (`Plan`).
"""
