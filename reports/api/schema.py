"""What the OpenAPI of the door says beside its addresses: the shapes, by their own words."""

from __future__ import annotations

from typing import Any, NamedTuple

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from reports.api import shapes
from tasks.models import TaskKind

PREFIX = "/api/v1/"
REFUSALS = (400, 401, 403, 404, 429)
TEXT = {"type": "string"}
REASONS = {
    "200": "查到的数据",
    "400": "参数有误，或含有无法识别的字符",
    "401": "没有登录，令牌不存在、已到期或已吊销",
    "403": "无权查看",
    "404": "没有，或不在查看范围内",
    "429": "请求过于频繁，Retry-After为应等的秒数",
}
IN_PATH = [
    OpenApiParameter("slug", str, OpenApiParameter.PATH, description="年度，如2022"),
    OpenApiParameter(
        "item_kind",
        str,
        OpenApiParameter.PATH,
        enum=TaskKind.values,
        description="key_task重点工作，practical_project十件实事",
    ),
    OpenApiParameter("number", int, OpenApiParameter.PATH, description="事项的编号"),
]


class Said(NamedTuple):
    """What is said of an address: its name, what it answers with, in words, under which head."""

    name: str
    shape: type[shapes.Shape]
    words: str
    head: str


class Described(AutoSchema):
    """Asks a view (`said`, `parameters`) when somebody reads it: the words depend on the place."""

    def get_operation_id(self) -> str:
        return str(self.view.said.name)

    def get_summary(self) -> str:
        return str(self.view.said.words)

    def get_description(self) -> str:
        return ""

    def get_tags(self) -> list[str]:
        return [self.view.said.head]

    def get_override_parameters(self) -> list[Any]:
        in_path = [each for each in IN_PATH if f"{{{each.name}}}" in self.path]
        return [*in_path, *self.view.parameters()]

    def get_response_serializers(self) -> dict[int, Any]:
        refused = {code: shapes.reference(shapes.Problem) for code in REFUSALS}
        return {200: shapes.reference(self.view.said.shape), **refused}


def only_ours(endpoints: list[Any]) -> list[Any]:
    """The addresses that are described: those of data, not of the description itself."""
    return [each for each in endpoints if each[0].startswith(PREFIX) and "openapi" not in each[0]]


def with_shapes(result: dict[str, Any], **given: Any) -> dict[str, Any]:
    """The shapes as components, and every answer with its words."""
    result["components"]["schemas"] = shapes.components()
    for operations in result["paths"].values():
        for operation in operations.values():
            for code, answer in operation["responses"].items():
                answer["description"] = REASONS.get(code, "")
                if code in ("400", "404"):  # what leads nowhere is refused further out, by a page
                    answer["content"]["text/html"] = {"schema": TEXT}
            etag = {"description": "下次带在If-None-Match里，没有变化时答304", "schema": TEXT}
            operation["responses"]["200"]["headers"] = {"ETag": etag}
            operation["responses"]["304"] = {"description": "没有变化"}
    return result
