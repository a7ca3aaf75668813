"""`manage.py appoint_admin USERNAME`: the first 系统管理员 of an empty system."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from huangshi_tasks.lib import clock
from units import log
from units.models import Appointment, Role, User


class Command(BaseCommand):
    help = "将一个账号任命为系统管理员；已有系统管理员时拒绝，由其在系统中任命"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="USERNAME")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        user = User.objects.called(options["username"])
        if user is None:
            raise CommandError(f"没有账号 {options['username']}，请先运行 createsuperuser。")
        if Appointment.objects.on(now.date()).filter(role=Role.ADMIN).exists():
            raise CommandError("已有系统管理员，请由其在“账号和单位”中任命。")
        appointment = Appointment.objects.create(user=user, role=Role.ADMIN, starts_on=now.date())
        log.record(
            action="appointment.add",
            subject=appointment,
            summary=f"任命首个系统管理员：{user}",
            now=now,
        )
        self.stdout.write(f"{user}（{user.username}）已任命为系统管理员。")
