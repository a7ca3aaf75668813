"""Chinese numerals of chapters and bulletins. Pure."""

DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """``1`` → ``一``, ``12`` → ``十二``, ``38`` → ``三十八``; 0 to 99, else ValueError."""
    if not 0 <= number <= 99:
        raise ValueError(f"no chapter has the number {number}")
    tens, ones = divmod(number, 10)
    if tens == 0:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")
