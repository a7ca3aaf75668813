"""补充文件: a notice that adds to a running plan or changes it, read on the desk, is shown by the
office against what runs and taken over as decisions (`NoticeDraft`; by the acts of `Adjustment`,
`Task`, `Wording`).
"""
