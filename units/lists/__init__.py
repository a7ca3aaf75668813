"""What every long list can do: sort, leave columns out, page, and keep a filter under a name, one's
own or shared by the office (`SavedView`).
"""
