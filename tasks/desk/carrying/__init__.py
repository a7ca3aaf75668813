"""沿用上年: the office makes a draft of the next year out of this one, before the notice
is there (`NoticeDraft`, `NoticeSource` of kind 沿用上年, `DraftAct`; reads `Plan`, `Task`).
"""
