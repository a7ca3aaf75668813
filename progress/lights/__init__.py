"""How a light, a percent and the expected progress are decided: pure rules on plain facts, no
Django.
"""
