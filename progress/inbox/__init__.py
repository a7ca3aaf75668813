"""消息: what a person was told, one row a digest, and by which channels and when they want to be
told (`Reminder`, `Message`, `TellingChoice`, `TellingRule`).
"""
