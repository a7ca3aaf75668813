"""操作日志: written by every act, read and verified by the auditor (`LogEntry`, `LogHead`)."""

from units.log.recording import Act, record, record_all

__all__ = ["Act", "record", "record_all"]
