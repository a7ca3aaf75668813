"""Files and pasted text to lines and cells; what cannot be read is told in a sentence."""
