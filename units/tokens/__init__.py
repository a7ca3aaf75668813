"""接口令牌: asked for by the office or a unit's head, released by the administrator, collected by
who asked, used by another system (`ApiToken`).
"""
