"""One item for everybody who may see it: its sentence, numbers, people, judgements and history
(`Task`, `TaskPeriod`, `ProgressReport`, `LogEntry`).
"""
