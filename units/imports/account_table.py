"""The columns of 账号和任职: one row is one appointment of one account."""

from __future__ import annotations

from django import forms

from units.models import Role
from units.sheets.columns import Column, Table, choice_field, day_field, flag_column, text_field

ROLES = {str(role): str(role.label) for role in Role}
EMAIL = forms.EmailField(
    required=False, max_length=120, error_messages={"invalid": "电子邮箱格式不正确，请核对。"}
)
DAY = "按“2022-08-05”的格式填写。"
TABLE = Table(
    "账号和任职",
    "账号和任职",
    (
        Column(
            "username",
            "用户名",
            18,
            text_field(150, is_required=True, label="用户名"),
            "登录用。按用户名识别：已有的修改，没有的新增。",
        ),
        Column("display_name", "姓名", 16, text_field(40, is_required=True, label="姓名")),
        Column("telephone", "联系电话", 16, text_field(40), "不超过40字。"),
        Column("email", "电子邮箱", 24, EMAIL, "没有的留空。"),
        Column(
            "role",
            "角色",
            14,
            choice_field(ROLES),
            f"从下列各项中选择：{'、'.join(ROLES.values())}；只改账号的留空。",
            ROLES,
        ),
        Column("unit", "单位", 24, text_field(60), "联络员、单位负责人必填；填单位名称。"),
        Column("post", "职务", 20, text_field(60), "领导填已登记的职务，其他留空。"),
        flag_column("is_head", "主要负责人", 12),
        Column("starts_on", "任职起始", 14, day_field(), DAY, kind="date"),
        Column("ends_on", "任职终止", 14, day_field(), "换人时填写，没有终止的留空。", kind="date"),
    ),
    (
        "每行一个任职；一人有几个任职的，写几行。初始密码在写入后的页面上显示一次。",
        "换人：在原任职一行填任职终止，另起一行写新人。账号和任职不删除。",
    ),
)
