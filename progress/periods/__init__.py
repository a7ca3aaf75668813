"""填报期: what is owed, when it opens, is due and closes, and how a filing stands (`Period`,
`ProgressReport`); the machine makes what has opened.
"""
