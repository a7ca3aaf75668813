"""What the administrator can fill in Excel: accounts with their appointments, and units (`User`,
`Appointment`, `Unit`).
"""
