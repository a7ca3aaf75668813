"""The notice parser: pure Python, text and unit directory in, `ParsedNotice` out."""

from tasks.reader.directory import Directory
from tasks.reader.parsed import ParsedNotice
from tasks.reader.parser import parse_notice

__all__ = ["Directory", "ParsedNotice", "parse_notice"]
