"""The jobs of the schedule (`huangshi_tasks.celery`) and of the machine's timers, in words."""

JOBS = {
    "progress.jobs.open_periods": "生成填报任务",
    "progress.jobs.send_reminders": "发送提醒",
    "progress.jobs.accept_held": "办理到时的通过",
    "progress.jobs.send_notices": "发送即时消息",
    "progress.jobs.scan_waiting": "查杀上传文件",
    "progress.jobs.witness_log": "见证操作日志",
    "progress.jobs.nightly": "夜间核对和清理",
    "huangshi_tasks.backup": "备份",
    "huangshi_tasks.verify_files": "核对上传的文件",
    "reports.jobs.run_exports": "生成导出文件",
    "reports.jobs.clear_exports": "清除到期的导出文件",
}


def job_name(name: str) -> str:
    return JOBS.get(name, name)
