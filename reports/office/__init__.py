"""督查室, for the office: what waits there, what is missing, what was sent (`ProgressReport`,
`Reminder`, `Message`).
"""
