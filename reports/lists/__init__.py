"""Excel of the lists of 未报, 交办, 督办单, 调整 and 核查: the rows that a page shows, or those
chosen of it, for whoever may read the list. No tables of its own.
"""
