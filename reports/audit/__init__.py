"""操作日志 as Excel, for the auditor (`LogEntry`)."""
