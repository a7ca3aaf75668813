"""How often somebody may try, and from where: passwords, codes (`Tries`); what the person is told
of the own account.
"""
