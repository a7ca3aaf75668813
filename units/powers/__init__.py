"""Two people for power: what an administrator asks of 督查室, 审计员, 系统管理员 and whoever sees
more than one unit, another person confirms (`PowerRequest`); every appointment and reset comes by
here.
"""
