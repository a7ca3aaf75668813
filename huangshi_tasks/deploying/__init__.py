"""What an administrator installs beside the code: units, nginx, environment, database, made by
`manage.py deployment_files` from the settings, so that they never drift. No tables.
"""
