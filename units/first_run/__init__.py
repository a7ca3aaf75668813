"""首次启用: whoever holds the key of the server makes the first administrator, who names the place
and enters units, collective designations and the first accounts (`FirstRun`, `City`, `Unit`,
`UnitGroup`, `User`).
"""
