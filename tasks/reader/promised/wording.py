"""The words of work plans by which a figure is a promise, and what the promise is called."""

from __future__ import annotations

import re

# Said before the thing itself; a name reads better without them.
_AUXILIARY = (
    "力争 争取 力促 确保 努力 实现 继续 加快推进 加快建设 加快 统筹推进 协同推进 深入推进"
    " 扎实推进 持续推进 推进 推动 全力 全面 全年"
    " 全市 系统 扎实 大力 着力 积极 稳步 持续 深入 有序 高标准 高质量 抓好 抓实 做好 实施"
    " 开展 完成 打造 创建 预计 计划 再"
    " 组织 支持 使 让 将 把"
)
AUXILIARIES = sorted(_AUXILIARY.split(), key=len, reverse=True)

_BY_WHEN = re.compile(r"^(?:其中|[到至在]?\d{4}年(?:底|末)?前?)+")

# What is done; a name keeps it, for 新建 and 改造 count different things.
_ACTION = (
    "新改扩建 新改建 改扩建 新建 改建 扩建 续建 建成 建设 改造提升 改造 加固改造 加固 拓宽"
    " 打通 新开工 开工建设 开工 竣工 投产 拆除"
    " 整治 治理 修复 优化调整 优化 调整 新增 新认定 认定 新签约 签约 新引进 引进 引入 培育"
    " 培训 报批 消化 盘活 整合 惠及 增加 创建"
    " 报建 铺设 更新 安装 新植 种植 完善 提升 升级 清理 清零 化解 减少 压减 压缩 淘汰 关停"
    " 发放 投放 投入 落实 争取 筹集 筹措"
    " 设立 建立 办理 组建 出台 举办 新设 规范 补划 收储 供应 出让 服务 帮扶 招录 招聘 安置"
    " 解决 实施 完成 打造 缩短 降低"
)
ACTIONS = sorted(_ACTION.split(), key=len, reverse=True)

# Verbs that only give a setting: 聚焦12条主导产业链 promises nothing.
SETTING = re.compile(
    r"(?:聚焦|围绕|依托|按照|根据|对标|立足|坚持|贯彻|发挥|用好|瞄准|锚定|面向|针对|鼓励|引导|对接|参与|落实)"
)
# With these a figure before its noun is delivered, not described (整合1亿元资金, 建成50公里绿道).
DELIVERS = re.compile(
    r"(?:整合|投入|安排|争取|落实|筹措|筹集|完成|统筹|设立|发放|兑现|新增|引进|减免|拨付|化解|新建|改建|扩建|建成|修复|改造|铺设|疏浚"
    r"|整治|治理|拆除|更新|建设|消化|盘活|报批|处置|达到|实现|超过|突破)[\u4e00-\u9fff]{0,6}$"
)
DESCRIBED = re.compile(r"(?:时速|每|距离|半径|全长|总长|长度|历时|为期|前)约?$")
LIMITED_TIME = re.compile(
    r"(?:压缩|压减|缩短|控制|限定|降低|减少)(?:至|到|在|为)?$|不超过$|(?:时限|时间|用时|周期|天数)[^,，;；。]{0,8}$"
)

GENERIC = re.compile(
    r"^(?:各类|各项|重点|重大|一批|多个)?(?:项目|工程|企业|指标|任务|产品|设施|线路|场所|点位|单位)$"
)
DEPENDENT = re.compile(r"^总(?:投资|额|面积|里程|产值|长度|投资额)|^(?:同比)?(?:增长|下降)$")
_STAGES = "(?:开工|竣工|入库|投产|完工|投用|签约|建成|达产|达效|验收|交付|入驻|落地|投入使用)+"
STAGES_ONLY = re.compile(f"^{_STAGES}$")
STAGES_AT_END = re.compile(f"{_STAGES}$")
COUNTABLE_END = re.compile(r"(?:项目|工程|企业|试点|园区|基地|平台|中心|学校|医院|公园|广场|设施)$")
PURPOSE = re.compile(r"支持|用于|服务于|助力")
SHARED_HEAD = re.compile(
    r"业?(?:总产值|产值|增加值|营业收入|销售收入|主营业务收入|收入|投资|面积|产量|总额|交易额|出口额|进口额|利润|税收|覆盖率|普及率|处理率)$"
)

RATE = re.compile(
    r"率|水平|比重|占比|覆盖面|增长|增速|增幅|指数|比例|下降|控制|提高|高于|低于|提升"
)
# A height that is there already and is to be kept or reached, not an amount of this year: 总数,
# 保有量, 余额. What a year brings forth (吞吐总量, 产量) is counted from January all the same.
STOCK = re.compile(
    r"总数|总量|总规模|总户数|数量$|存量|保有量|拥有量|在册|在营|在库|余额|库存|常住人口|户籍人口|总人口|总资产|资产总额"
)
FLOW = re.compile(
    r"吞吐|客运|货运|运输|运量|交易|成交|业务|发电|排放|用水|用电|能耗|能源|消费|接待|游客|进出口|投资|产量|产值"
    r"|增加值|收入|税收|销售|营业|利润|授权|申请|登记|受理|办结|招引|招商|入库|签约|开工|竣工|投产|完工|新增|净增"
)
HAVE = re.compile(
    r"(?:企业|主体|机构|组织|基地|平台|园区|品牌|医院|学校|幼儿园|床位|学位|泊位|车位|基站|充电桩|公园|网点|站点"
    r"|公交车|人才|队伍|医师|医生|护士|教师|党员|志愿者|示范村|示范区|商标|专利)(?:数)?$"
)
KEPT = re.compile(r"(?:保持|稳定|维持)在$")
REACHED = re.compile(r"(?:达到|达至|达|突破|超过|超出|不低于|不少于|至少|高于|多于)$")
SO_FAR = re.compile(r"(?<!全年)(?<!年内)(?<!当年)(?<!今年)累计$")
TOTAL = re.compile(r"^(?:总数|总量|总规模|总户数|数量|累计$)")

WORKS = re.compile(
    r"新建|改建|扩建|改造|加固|打通|建成|拓宽|治理|整治|基础设施|建设|项目|工程|试点村|泊位|园区|断头路"
)
NO_WORKS = re.compile(r"开工|竣工|签约|投产|入库|路线|学位|床位|停车|认定|企业|驿站|人才|适老化")
WORK_UNITS = frozenset("个座条所处家栋项件幢")
# Things counted in 个 of which a notice may print the bare figure (学位6400, project 4 of 2022).
COUNTED_IN_GE = re.compile(r"(?:学位|岗位|泊位|车位|充电桩|停车位)$")


def without_auxiliaries(text: str) -> str:
    """力争新增规模以上企业 → 新增规模以上企业. Never strips everything."""
    text = _BY_WHEN.sub("", text) or text
    while True:
        for word in AUXILIARIES:
            if text.startswith(word) and len(text) > len(word):
                text = text[len(word) :]
                break
        else:
            return text


def leading_action(text: str) -> str:
    """The action verbs `text` begins with (`新增、补划、规范` counts as one); '' if none."""
    end = 0
    while word := next((each for each in ACTIONS if text.startswith(each, end)), None):
        end += len(word)
        if not text.startswith(("、", "和"), end):
            break
        if not any(text.startswith(each, end + 1) for each in ACTIONS):
            break
        end += 1
    return text[:end]


def is_stock(name: str, reaching: str) -> bool:
    """Whether a count stands for what there is altogether. `name`: what is counted; `reaching`: the
    words between it and the figure (达到, 保持在).
    """
    if KEPT.search(reaching):
        return not FLOW.search(name)
    if leading_action(name) or FLOW.search(name):
        return False
    if STOCK.search(name) or (SO_FAR.search(name) and REACHED.search(reaching)):
        return True
    is_done = any(action in name for action in ACTIONS)
    return not is_done and bool(REACHED.search(reaching)) and bool(HAVE.search(name))


def telling_action(text: str) -> str:
    """The leading action unless it is one that names leave out (打造, 实施)."""
    action = leading_action(text)
    return "" if action in AUXILIARIES else action


def without_action(text: str) -> str:
    """The thing itself: 新改扩建幼儿园 → 幼儿园."""
    action = leading_action(text)
    return text[len(action) :] or text
