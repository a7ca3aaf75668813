"""What reading pages show of an item at a 定稿, written once and read by everybody as plain rows
(`BoardRow`).
"""
