"""单位: the list of units, and what is done to one: added, renamed from a day on, called otherwise,
retired once it answers for nothing (`Unit`, `UnitName`, `UnitAlias`).
"""
