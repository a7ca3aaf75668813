"""The notice parser: pure Python, text and unit directory in, `ParsedNotice` out."""
