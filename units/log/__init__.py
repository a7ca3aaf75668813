"""The log."""

from units.log.recording import record

__all__ = ["record"]
