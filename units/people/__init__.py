"""People: logging in, 当前身份, passwords, and the pages of the administrator (`User`,
`Appointment`).
"""
