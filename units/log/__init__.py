"""操作日志: written by every act, read and verified by the auditor (`LogEntry`, `LogHead`)."""

from units.log.recording import record

__all__ = ["record"]
