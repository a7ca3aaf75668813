"""导出任务: what is too big to wait for, and the archive of a year; asked for by whoever reads
(`Export`).
"""
