"""原件: the office brings a notice in, sees in two seconds whether it was read rightly, says what
its tables hold, brings another file, gives the draft up (`NoticeDraft`, `NoticeSource`,
`KnownTable`); the list of all years.
"""
