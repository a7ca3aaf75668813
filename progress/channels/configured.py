"""Which channels there are, by the environment alone; secrets stand nowhere else."""

from __future__ import annotations

from django.conf import settings

from progress.channels.base import Channel
from progress.channels.mail import Mail
from progress.channels.robots import DingTalk, WeCom
from progress.channels.sms import FileSms, HttpSms
from progress.channels.webhook import Webhook

LABELS = {kind.key: kind.label for kind in (Mail, HttpSms, WeCom, DingTalk, Webhook)}


def configured() -> list[Channel]:
    """Fresh channels, as the settings name them."""
    channels: list[Channel] = [Mail()]
    if settings.SMS_FOLDER is not None:
        channels.append(FileSms(settings.SMS_FOLDER))
    elif settings.SMS_URL:
        channels.append(HttpSms(settings.SMS_URL, settings.SMS_TOKEN))
    if settings.WECOM_URL:
        channels.append(WeCom(settings.WECOM_URL))
    if settings.DINGTALK_URL:
        channels.append(DingTalk(settings.DINGTALK_URL, settings.DINGTALK_SECRET))
    if settings.WEBHOOK_URL:
        channels.append(Webhook(settings.WEBHOOK_URL, settings.WEBHOOK_SECRET))
    return channels


def personal() -> list[Channel]:
    """Those that reach one person."""
    return [channel for channel in configured() if not channel.is_group]


def group() -> list[Channel]:
    """Those that reach a group or another system."""
    return [channel for channel in configured() if channel.is_group]
