"""人员: who works in which unit in which role, and what the administrator does for one: a new
person, appointing, ending, standing in, a new password, unlocking (`User`, `Appointment`).
"""
