"""Fonts by name, and what stands in where one is missing. None is shipped.

Word looks for the name, then for its `altName` in the font table, then for one of the same family
and panose class.
"""

from __future__ import annotations

FANGSONG, KAITI, HEITI, SONGTI = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
XIAOBIAOSONG = "方正小标宋简体"

# name → other names of it, or what is set instead
ALTERNATIVES = {
    FANGSONG: ("仿宋", "FangSong", "STFangsong", "方正仿宋简体"),
    KAITI: ("楷体", "KaiTi", "STKaiti", "方正楷体简体"),
    HEITI: ("SimHei", "方正黑体简体", "Microsoft YaHei"),
    SONGTI: ("SimSun", "宋体-简", "Noto Serif CJK SC"),
    XIAOBIAOSONG: ("方正小标宋_GBK", "小标宋", "STZhongsong", "华文中宋", "宋体"),
}
SANS = (HEITI,)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w='
    '"http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
)


def font_table() -> bytes:
    """word/fontTable.xml."""
    fonts = "".join(_font(name, instead) for name, instead in ALTERNATIVES.items())
    return f"{HEAD}{fonts}</w:fonts>".encode()


def _font(name: str, instead: tuple[str, ...]) -> str:
    family = "swiss" if name in SANS else "roman"
    return (
        f'<w:font w:name="{name}"><w:altName w:val="{",".join(instead)}"/>'
        f'<w:charset w:val="86"/><w:family w:val="{family}"/><w:pitch w:val="fixed"/></w:font>'
    )
