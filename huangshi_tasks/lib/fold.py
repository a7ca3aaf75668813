"""One way to compare text: `fold`. Pure.

People copy names out of PDFs, type with the width that the input method happens to have, and put
blanks and dots where they like. What is stored stays as typed; what is searched, matched or used
to log in is compared folded: by `fold` here, by `pattern` inside a database.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# CJK Radicals Supplement → the character it looks like: Unicode, EquivalentUnifiedIdeograph.txt
# (NFKC knows two of them; PDFs hold all: ⻔ for 门, ⻓ for 长, ⻩ for 黄).
_SUPPLEMENT = """
    2E81:5382 2E82:4E5B 2E83:4E5A 2E84:4E59 2E85:4EBB 2E86:5182 2E87:20628 2E88:5200
    2E89:5202 2E8A:535C 2E8B:353E 2E8C:5C0F 2E8D:5C0F 2E8E:5140 2E8F:5C23 2E90:5C22
    2E91:21BC2 2E92:5DF3 2E93:5E7A 2E94:5F51 2E95:5F50 2E96:5FC4 2E97:5FC3 2E98:624C
    2E99:6535 2E9B:65E1 2E9C:65E5 2E9D:6708 2E9E:6B7A 2E9F:6BCD 2EA0:6C11 2EA1:6C35
    2EA2:6C3A 2EA3:706C 2EA4:722B 2EA5:722B 2EA6:4E2C 2EA7:725B 2EA8:72AD 2EA9:738B
    2EAA:24D14 2EAB:76EE 2EAC:793A 2EAD:793B 2EAE:25AD7 2EAF:7CF9 2EB0:7E9F 2EB1:7F53
    2EB2:7F52 2EB3:34C1 2EB4:5197 2EB5:2626B 2EB6:7F8A 2EB7:2634C 2EB8:2634B 2EB9:8002
    2EBA:8080 2EBB:807F 2EBC:8089 2EBD:26951 2EBE:8279 2EBF:8279 2EC0:8279 2EC1:864E
    2EC2:8864 2EC3:8980 2EC4:897F 2EC5:89C1 2EC6:89D2 2EC7:278B2 2EC8:8BA0 2EC9:8D1D
    2ECA:27FB7 2ECB:8F66 2ECC:8FB6 2ECD:8FB6 2ECE:8FB6 2ECF:9091 2ED0:9485 2ED1:9577
    2ED2:9578 2ED3:957F 2ED4:95E8 2ED5:28E0F 2ED6:961D 2ED7:96E8 2ED8:9752 2ED9:97E6
    2EDA:9875 2EDB:98CE 2EDC:98DE 2EDD:98DF 2EDE:2967F 2EDF:98E0 2EE0:9963 2EE1:29810
    2EE2:9A6C 2EE3:9AA8 2EE4:9B3C 2EE5:9C7C 2EE6:9E1F 2EE7:5364 2EE8:9EA6 2EE9:9EC4
    2EEA:9EFE 2EEB:6589 2EEC:9F50 2EED:6B6F 2EEE:9F7F 2EEF:7ADC 2EF0:9F99 2EF1:9F9C
    2EF2:4E80 2EF3:9F9F
"""
_DOOR = {0x2F3E: "\u6237"}  # NFKC says 戶; in simplified text the sign is copied from 户
_BY_NFKC = (
    range(0x2F00, 0x2FD6),  # Kangxi radicals
    range(0xF900, 0xFB00),  # compatibility ideographs; twelve of them are real and stay
    range(0x2F800, 0x2FA20),  # their supplement
)
_UNIFIED = (
    {place: unicodedata.normalize("NFKC", chr(place)) for each in _BY_NFKC for place in each}
    | {int(pair[:4], 16): chr(int(pair[5:], 16)) for pair in _SUPPLEMENT.split()}
    | _DOOR
)

# · • ‧ ∙ ⋅ ・ and what looks like them, once NFKC is through
DOTS = "\u00b7\u119e\u2022\u2027\u2219\u22c5\u2e31\u2e33\u30fb\ua78f"
QUOTES = "\u201c\u201d\u201e\u201f\u300c\u300d\u300e\u300f\u301d\u301e\u301f"
# What no screen shows: controls, soft hyphen, joiners, marks of direction, variation selectors.
_HIDDEN = (
    *(range(0x09), range(0x0E, 0x1C), range(0x7F, 0x85), range(0x86, 0xA0)),
    *(range(each, each + 1) for each in (0xAD, 0x34F, 0x61C, 0x3164, 0xFEFF, 0xFFA0)),
    *(range(0x115F, 0x1161), range(0x17B4, 0x17B6), range(0x180B, 0x1810), range(0x200B, 0x2010)),
    *(range(0x202A, 0x202F), range(0x2060, 0x2070), range(0xFE00, 0xFE10), range(0xFFF9, 0xFFFC)),
    range(0xE0000, 0xE0200),
)
_UNHIDDEN = dict.fromkeys(place for each in _HIDDEN for place in each)
# of blanks, dots and hidden signs those that people bring along
_PASSED_OVER = (
    f"{DOTS}\uff65\\s\u3000\xa0\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
_LOOKALIKES = ((0xA0, 0x3400), (0xF900, 0x10000), (0x2F800, 0x2FA20))
_SIGNS = _UNHIDDEN | dict.fromkeys(map(ord, DOTS)) | dict.fromkeys(map(ord, QUOTES), '"')
_WIDTHS = {place: chr(place - 0xFEE0) for place in range(0xFF01, 0xFF5F)}  # the most frequent
_AT_ONCE = _UNIFIED | _WIDTHS | _SIGNS


def fold(text: str) -> str:
    """The key by which `text` is compared: no case, width, radicals, dots, hidden signs, blanks."""
    return unicodedata.normalize("NFC", "".join(words_of(text)))


def words_of(text: str) -> list[str]:
    """The same, word by word as blanks part them; none is empty."""
    plain = text.translate(_AT_ONCE)
    if not unicodedata.is_normalized("NFKC", plain):
        plain = unicodedata.normalize("NFKC", plain).translate(_SIGNS)
    folded = plain.casefold()
    if not folded.isascii():  # what case folding takes apart (ǰ) is put together again
        folded = unicodedata.normalize("NFKC", folded)
    return folded.split()


def pattern(text: str) -> str:
    """A regular expression (`text__iregex`) that finds `text` folded, for Python and PostgreSQL.

    Signs of several letters (㎡, ß) are found as they are typed only.
    """
    looks = _looks()
    return f"[{_PASSED_OVER}]*".join(
        f"[{re.escape(sign)}{looks[sign]}]" if sign in looks else re.escape(sign)
        for sign in fold(text)
    )


@cache
def _looks() -> dict[str, str]:
    """Folded character → all that fold to it."""
    found: dict[str, str] = {}
    for first, end in _LOOKALIKES:
        for place in range(first, end):
            look = chr(place)
            if (meant := fold(look)) != look and len(meant) == 1 and not look.isspace():
                found[meant] = found.get(meant, "") + look
    return found


def unified(text: str) -> str:
    """`text` with radicals and compatibility ideographs as the characters they stand for, one for
    one. Rare characters that are characters (𠮷, 䶮) stay.
    """
    return text.translate(_UNIFIED)


def without_hidden(text: str) -> str:
    return text.translate(_UNHIDDEN)
