"""The letter around a plan: addressee, signature, requirements; and what pages add to it."""

from __future__ import annotations

import re

from tasks.reader.passages import BLANK

_DAY = r"\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?"
_HAN_DAY = (
    r"[二〇○零一三四五六七八九ＯO0]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_NUMBER = r"[\u4e00-\u9fff]{2,8}\s*[〔\[(【（［]\s*\d{4}\s*[〕\])】）］]\s*(?:第\s*)?\d{1,4}\s*号"
_ORGAN = (
    r"[\u4e00-\u9fff]{2,24}"
    r"(?:人民政府|办公室|办公厅|政府办|委员会|督查室|管委会|工委|指挥部|领导小组)"
)

# Words of the page around a copied notice: no part of it.
_FURNITURE = (
    re.compile(r"(?:来源|信息来源|文章来源|作者|编辑|责任编辑|审核|点击数?|点击次数|浏览次数|浏览量|阅读|阅读量|字体|字号|字体大小|分享|分享到|打印|关闭|收藏|在看|点赞|扫一扫.*|上一篇|下一篇|当前位置|首页|返回顶部|保护视力色|发布日期|发布时间|更新时间|生成日期)(?:\s*[:：\[【（(].*|\s*$|\s+.*)"),
    re.compile(r"(?:来源|编辑|分享到|发布日期|发布时间|点击数|浏览次数)\s*[:：].*"),
    re.compile(r"点击(?:上方|下方|蓝字|阅读原文).*|.*关注我们.*|长按.*二维码.*|(?:.{0,12}网)?[-—\s]*中国法律信息.*"),
    re.compile(r"[\u4e00-\u9fff]{2,8}网\s*[-—]+.*|www\..*|https?:.*|\[?(?:大|中|小)\s+(?:大|中|小).*"),
    re.compile(r"[-—\s]*\d{1,3}[-—\s]*|第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?"),
    re.compile(r"(?:赞|在看|分享|收藏|打印|关闭|【[大中小]】|\s)+"),
    re.compile(r"(?:主题分类|体裁分类|索\s*引\s*号|信息索引号|组配分类|效力状态|有\s*效\s*性|主题词|服务对象|公开方式|公开范围|关键词|文件名称|文件类型|发布机构|发文机关|发文单位|信息名称|分\s*类|内容概述)\s*(?:[:：|]|[\u4e00-\u9fffA-Za-z\d〔]|\s*$).*"),
)  # fmt: skip
_LETTER = (
    re.compile(r"(?:时间|发文字号|文\s*号|发文日期|成文日期|印发日期|字号|打印)(?:\s*[:：|]|\s*[\u4e00-\u9fff\d〔]|\s*$).*"),
    re.compile(r".{0,30}关于.{2,100}(?:通知|意见|决定|方案|公告|通报|函)"),
    re.compile(r".*(?:政府|部门|单位|管委会|委员会|机构|企业|办事处|公司|高校|院校)[^。；]{0,12}[:：]"),
    re.compile(r"(?:为|根据|按照|经|近日).*(?:印发给你们|印发如下|分解如下|认真贯彻|贯彻执行|遵照执行|组织实施|抓好落实|通知如下|意见|要求).*"),
    re.compile(r"现将.*(?:印发|通知|下达|分解|公布).*"),
    re.compile(_ORGAN),
    re.compile(rf"{_ORGAN}文件(?:\s*{_NUMBER})?"),
    re.compile(rf"[(（]?\s*(?:{_DAY}|{_HAN_DAY})\s*(?:印发)?[)）]?"),
    re.compile(rf"{_NUMBER}\s*(?:{_DAY})?"),
    re.compile(r"附\s*件\s*\d{0,2}\s*(?:[:：].*)?"),
    re.compile(r"[(（]?(?:此件.{0,6}公开.{0,6}|此页无正文|公开方式[:：].*|信息公开.{0,10})[)）]?"),
    re.compile(r"(?:抄\s*送|主\s*送|报)\s*[:：].*"),
    re.compile(rf"[\u4e00-\u9fff]{{2,24}}办公(?:室|厅)\s*(?:{_DAY}|{_HAN_DAY})印发"),
    re.compile(r"[(（]?(?:联系人|联系电话|联系方式|电话|传真|邮箱)\s*[:：].*"),
    re.compile(r"(?:制表|填报|填表|编制|制单)(?:单位|部门|人|时间|日期)?\s*[:：].*"),
)  # fmt: skip
_ANNEX = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]{0,2}\s*[:：]?")
_ANNEX_LIST = re.compile(r"附\s*件\s*\d{0,2}\s*[:：]\s*\S.*")
_DATE_LINE = re.compile(rf"(?:{_ORGAN}\s*)?(?:{_DAY}|{_HAN_DAY})(?:\s*印发)?")
_ADDRESS = re.compile(r"(?:各|市|县|区).{2,120}[:：]")
_REPORTING = re.compile(
    r"(?:每(?:月|季度?|半年|周|年)|按(?:月|季度?|周|半年)|\d{1,2}日(?:之?前)|季度末|月底前).{0,60}?(?:报送|报告|上报|反馈|书面报|报[^告道名考废酬偿]|送)"
)
_REQUIREMENT = re.compile(
    r"(?:工作|有关|相关|几点|具体|督查|组织|落实)?要求|(?:组织|保障|工作|推进|强化|落实)(?:措施|保障|领导|实施|机制)|加强(?:组织)?领导|督查(?:考核|检查|督办)|考核(?:问责|评价)|强化(?:督查|考核|责任|组织|调度)|严格(?:督查|考核)|压实责任|附则"
)


def is_letter(line: str) -> bool:
    """Whether a line belongs to the letter around the plan: address, signature, annex."""
    plain = line.strip(BLANK)
    return any(shape.fullmatch(plain) for shape in _LETTER) or is_furniture(plain)


def is_furniture(line: str) -> bool:
    """Whether a line was added by the page that the notice was copied from."""
    plain = line.strip(BLANK)
    return len(plain) < 200 and any(shape.fullmatch(plain) for shape in _FURNITURE)


def is_annex(line: str) -> bool:
    """附件, 附件2: the next page begins."""
    return _ANNEX.fullmatch(line.strip(BLANK)) is not None


def is_annex_list(line: str) -> bool:
    """附件：1.…: what is enclosed."""
    return _ANNEX_LIST.fullmatch(line.strip(BLANK)) is not None


def is_date_line(line: str) -> bool:
    """A date that stands alone, or behind the signature."""
    return _DATE_LINE.fullmatch(line.strip(BLANK)) is not None


def is_address(line: str) -> bool:
    return _ADDRESS.fullmatch(line.strip(BLANK)) is not None


def says_reporting(text: str) -> bool:
    """Whether a paragraph says when to report: 每月25日前报送."""
    return _REPORTING.search(text) is not None


def is_requirement(title: str) -> bool:
    """Whether a heading opens what the letter asks of everybody: 工作要求, 保障措施."""
    return len(title) < 40 and _REQUIREMENT.search(title) is not None


_WITHDRAWS = re.compile(
    r"(?:取消|撤销|撤回|删除|不再(?:列入|实施|执行)|停止(?:实施|执行)|中止|终止|调出).{0,12}第\s*\d{1,4}\s*项"
    r"|第\s*\d{1,4}\s*项.{0,80}(?:取消|撤销|撤回|删除|不再(?:列入|实施|执行)|停止(?:实施|执行)|中止|终止|调出)"
)


def withdraws(text: str) -> bool:
    """Whether a supplement takes back an item: 取消第17项. Nobody answers for that."""
    return _WITHDRAWS.search(text) is not None
