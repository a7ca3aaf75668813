"""How the system itself is doing: what machines ask (/healthz, /readyz, /metrics) and 系统状态, the
page of the 系统管理员. Reads tables of every app, writes none.
"""
