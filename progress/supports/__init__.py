"""征询配合单位: the liaison of the lead asks support units for a text, they answer
(`SupportRequest`).
"""
