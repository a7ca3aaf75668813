"""What any app may need and no app owns: words, days, numerals, kinds of files. No Django."""
