"""The desk on which the office turns a notice into a plan: originals are read, what was read is put
right item by item, and what a person said is kept apart from what was read (`NoticeDraft`,
`NoticeSource`, `DraftAct`).
"""
