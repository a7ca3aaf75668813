"""The auditor's page of the log (`LogEntry`): filtered, sorted, its chain compared."""
