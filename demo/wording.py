"""Sentences for the sample texts. `{…}` are facts of the item, so that no two items read alike.

Written as an office writes: what was done, how much, what is still missing.
"""

# The item's measure, by turns; `n` is a `Number`.
NUMBERS = (
    "{n.name}累计完成{n.amount}，占年度目标{n.goal}的{n.percent}",
    "截至{day}，{n.name}完成{n.amount}，完成率{n.percent}（年度目标{n.goal}）",
    "{n.name}年度目标{n.goal}，本期新增{n.step}，累计{n.amount}，完成{n.percent}",
    "{n.name}本期完成{n.step}，年初以来共{n.amount}，为年度目标{n.goal}的{n.percent}",
)
MANY_NUMBERS = ("{n.name}{n.amount}（目标{n.goal}）", "{n.name}累计{n.amount}、目标{n.goal}")
STARTED = (
    "，其中已开工{begun}、开工率{n.started_percent}",
    "，累计开工{begun}（开工率{n.started_percent}）",
)
RATES = ("{n.name}为{n.amount}，年度目标{n.goal}", "{n.name}达到{n.amount}（目标{n.goal}）")
STEPS_DONE = (
    "办理方案{all}个节点已完成{done}个，最近完成“{last}”（{last_day}）",
    "{all}个节点完成{done}个，其中“{last}”于{last_day}完成",
)
NO_STEP_DONE = ("办理方案共{all}个节点，第一个节点“{next}”正在办理",)
PIECES = (
    "{s.short}分解为{s.pieces}件具体事项，已办结{s.finished}件",
    "围绕{s.short}列出清单{s.pieces}条，完成{s.finished}条",
    "{s.short}年度安排{s.pieces}项措施，{s.finished}项已落实",
    "{s.unit}就{s.short}明确{s.pieces}项工作，其中{s.finished}项已见效",
    "{s.short}共{s.pieces}个子项，{s.finished}个子项按要求完成",
)
# What was done, by turns; `a` and `b` are small counts.
DEEDS = (
    "{s.unit}召开{s.short}调度会{a}次，会同{s.helper}协调解决问题{b}个",
    "与{s.helper}建立{s.short}对接台账，{s.period}现场核实{b}处",
    "印发{s.short}工作清单，{s.helper}等单位按分工落实，已销号问题{a}个",
    "{s.period}对{s.short}开展实地督导{a}次，督促整改问题{b}个",
    "组织{s.helper}对{s.short}逐项会商，明确责任人和完成时间{b}项",
    "{s.unit}主要负责人调度{s.short}{a}次，{s.helper}配合办理手续{b}件",
    "{s.short}实行清单管理，本期更新台账{b}条，{s.helper}反馈意见{a}条",
)
NOT_BEGUN = "{s.short}前置条件尚不具备，{s.pieces}项措施均未启动，已与{s.helper}会商{a}次"
# Problems and reasons of what is built, and of everything else.
PROBLEMS_OF_SITES = (
    "{s.short}还有{b}个子项要素保障不到位，需{s.helper}支持",
    "受雨季影响，{s.short}有{a}处现场作业时间不足",
    "{s.short}后续{b}项工作集中在下半年，时间较紧",
    "{s.short}资金到位与工作安排还有差距，{a}笔款项正在办理拨付",
    "{s.short}{b}处管线迁改尚未完成，影响作业面展开",
)
PROBLEMS = (
    "{s.short}涉及单位较多，{a}项资料尚未汇齐，与{s.helper}的数据口径需进一步统一",
    "{s.short}后续{b}项工作集中在下半年，时间较紧",
    "{s.short}基层人手不足，{b}个点位的日常工作需要加强",
    "{s.short}{a}项措施落地不够均衡，与{s.helper}的衔接还不够紧密",
    "{s.short}宣传和业务培训不够，{b}个单位对要求掌握不准",
)
REASONS_OF_SITES = (
    "{s.short}因{b}处征地拆迁协议尚未签订，现场作业面不足",
    "{s.short}前期手续办理时间超出预期，{a}项审批尚未完成",
    "{s.short}受雨季和材料供应影响，{b}个子项进度放缓",
    "{s.short}{a}个子项方案调整后重新论证，开工时间推后",
)
REASONS = (
    "{s.short}前期准备时间超出预期，{a}项手续尚未办结",
    "{s.short}{a}家参与单位力量不足，{s.period}完成量低于安排",
    "{s.short}工作方案调整后需重新论证，{b}项工作顺延",
    "{s.short}上半年安排偏少，{b}项工作集中在第三季度",
    "{s.short}受外部形势影响，{s.period}有{b}项工作未按安排完成",
)
CATCH_UP = (
    "{limit}前完成{s.short}滞后的{b}项工作，每周报告一次",
    "{limit}前补齐{s.short}欠账，由分管负责人每周调度",
    "对{s.short}逐项倒排时间，{limit}前完成滞后的{b}个子项",
)
NEXT_NUMBER = (
    "{limit}前{n.name}累计达到{goal}",
    "继续推进{n.name}，{limit}前累计完成{goal}",
)
NEXT_STEP = ("{limit}前完成“{step}”", "按计划推进“{step}”，{limit}前完成")
NEXT_PIECE = (
    "{limit}前再办结{s.short}{b}件",
    "{limit}前完成{s.short}第{more}项工作",
    "{limit}前对{s.short}开展一次检查",
    "会同{s.helper}推进{s.short}，{limit}前落实{a}项措施",
)
COORDINATION = (
    "请协调{s.helper}，于{limit}前解决{s.short}{b}处要素保障问题",
    "请明确{s.short}跨区域{a}项事项的责任单位，并于{limit}前答复",
)
OWN_PART = (
    "{s.unit}按分工参与{s.short}，{s.period}完成本单位承担的{s.finished}件（共{s.pieces}件）",
    "作为{s.short}共同责任单位，{s.unit}办理{s.pieces}件，办结{s.finished}件，并向{s.part_of}反馈",
    "{s.unit}配合{s.part_of}推进{s.short}，本单位{s.pieces}项任务已完成{s.finished}项",
)
RETURN_REASONS = (
    "请补充{s.short}未达计划的原因，并写明{s.period}完成的具体内容",
    "{s.short}只写了做法，请补充{s.period}的完成数量和下一步时间要求",
    "请核对{s.short}与上期数据的衔接关系，并说明增量来源",
    "{s.short}下一步工作安排没有时间和责任人，请补充",
    "请说明{s.short}存在问题的解决措施，附{s.period}现场情况",
)
ADDED = (
    "按退回意见补充：{s.short}责任科室和完成时间已逐项明确",
    "按退回意见补充：{s.short}{s.period}数据已与{s.helper}核对",
    "按退回意见补充：{s.short}新增内容已列明来源",
)
STILL_OPEN = (
    "{s.short}因{b}处现场条件不具备未完成，顺延至{limit}前",
    "{s.short}还有{a}项手续未办结，{limit}前完成",
    "{s.short}完成量低于安排，{limit}前补齐",
)
EXPLANATIONS = (
    "{s.short}{s.period}数据已与{s.helper}核对，情况属实",
    "{s.short}集中办结较多，{s.period}台账已复核",
)
