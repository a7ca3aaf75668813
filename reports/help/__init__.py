"""帮助: the manual as pages, the chapter of one's role beside any page, its search, the keys; from
`docs/使用手册.md`, by everybody, with no table.
"""
