"""备份 and 恢复: database and files in one folder that proves itself, by `manage.py backup` and
`restore`; `verify_files` compares what is stored with every table that names a file.
"""
