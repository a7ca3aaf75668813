"""What of a month can be filled in Excel: the unit's 填报表, and what the office keeps."""
