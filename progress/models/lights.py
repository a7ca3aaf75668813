"""TODO-DOC progress.models.lights."""

from django.db.models import TextChoices


class Light(TextChoices):
    """状态. `SUSPENDED` is printed in its place but judges nothing."""

    DONE = "done", "已完成"
    AHEAD = "ahead", "超序时"
    ON_PACE = "on_pace", "正常推进"
    SLOW = "slow", "进度偏慢"
    LATE = "late", "滞后"
    NOT_STARTED = "not_started", "未启动"
    NO_DATA = "no_data", "暂无数据"
    SUSPENDED = "suspended", "中止"
