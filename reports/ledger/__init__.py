"""任务台账: the items with light, percent and expected progress, filtered, searched and printed
(`TaskPeriod`; before 定稿 what it would say).
"""
