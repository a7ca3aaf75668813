"""集合称谓: what a notice calls many units by, and which they are (`UnitGroup`, `UnitGroupMember`,
`UnitGroupAlias`), kept by the administrator.
"""
