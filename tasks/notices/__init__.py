"""The notice parser: pure Python, text and unit directory in, `ParsedNotice` out."""

from tasks.notices.directory import Directory
from tasks.notices.parsed import ParsedNotice
from tasks.notices.parser import parse_notice

__all__ = ["Directory", "ParsedNotice", "parse_notice"]
