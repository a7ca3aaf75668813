"""Rules of the house that no linter knows: where a module may stand and what it may import.

`python -m tests.house_rules` prints what breaks them, one a line, and exits with 1 then. The floors
of the rooms are contracts of import-linter (pyproject.toml); a room is a package inside an app.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
APPS = ("units", "tasks", "progress", "reports")
PACKAGES = (*APPS, "huangshi_tasks", "demo", "bench")
NO_ROOMS = frozenset({"management", "migrations", "templatetags", "tests"})
ROOM_LIMIT, FLAT_LIMIT = 15, 12
# Many small pieces of one thing, that nobody would look for in two places; and the project itself.
LARGER = {"tasks.reader": 20, "demo": 24, "huangshi_tasks": 20}
# A room is entered by its modules; these have a face, because:
FACES = {
    "units.log": "every act calls `log.record`",
}
# Whether a dated row holds is asked here, and in the constraints of its table.
ASKS_DATES = "units/models/dated.py"
ASKED = re.compile(r"(^|__)ends_on__(isnull|gte?|lte?)$")
VIEWS = re.compile(r"^views(_\w+)?$")
MAY_IMPORT_VIEWS = frozenset({"urls", "admin", "templatetags"})


def product() -> grimp.ImportGraph:
    """Who imports whom, tests left out."""
    graph = grimp.build_graph(*PACKAGES)
    for name in list(graph.modules):
        if "tests" in name.split(".") or name.endswith(".conftest"):
            graph.remove_module(name)
    return graph


def circles(graph: grimp.ImportGraph) -> Iterator[str]:
    """Files that import each other, by however long a way; each circle once."""
    above = {name: graph.find_upstream_modules(name) for name in graph.modules}
    told: set[str] = set()
    for name in sorted(graph.modules):
        circle = {name} | {other for other in above[name] if name in above[other]}
        if len(circle) > 1 and name not in told:
            told |= circle
            yield f"循环引用：{'、'.join(sorted(circle))}"


def imported_views(graph: grimp.ImportGraph) -> Iterator[str]:
    """Views are for addresses; what two of them need stands in `page`, `access`, `permissions`."""
    for name in sorted(graph.modules):
        if MAY_IMPORT_VIEWS & set(name.split(".")):
            continue
        for other in sorted(graph.find_modules_directly_imported_by(name)):
            room = _room_of_views(other)
            if room is not None and room != _room_of_views(name):
                yield f"{name}：引用了视图{other}"


def _room_of_views(name: str) -> str | None:
    """The room whose views a module is, or belongs to; None when it is no view."""
    parts = name.split(".")
    place = next((place for place, part in enumerate(parts) if VIEWS.match(part)), None)
    return None if place is None else ".".join(parts[:place])


def sizes(graph: grimp.ImportGraph) -> Iterator[str]:
    """A room of many modules is two rooms; what lies flat in an app has not found its room."""
    rooms = packages(graph)
    for name in sorted(rooms):
        limit = LARGER.get(name, FLAT_LIMIT if name in APPS else ROOM_LIMIT)
        names = {each.rpartition(".")[2] for each in graph.find_children(name) - rooms}
        count = len(names - NO_ROOMS)
        if count > limit:
            yield f"{name}：{count}个模块，最多{limit}个"


def packages(graph: grimp.ImportGraph) -> set[str]:
    """Apps and rooms: what holds modules and is neither Django's own nor a test."""
    return {
        name
        for name in graph.modules
        if graph.find_children(name) and not NO_ROOMS & set(name.split("."))
    }


def faces(graph: grimp.ImportGraph) -> Iterator[str]:
    """The `__init__` of a room says what is done there, and imports nothing."""
    for name in sorted(packages(graph) - set(PACKAGES)):
        if name in FACES or name.rpartition(".")[2] == "models":
            continue
        for other in sorted(graph.find_modules_directly_imported_by(name)):
            yield f"{name}：__init__引用了{other}"


def docstrings(names: set[str], root: Path = ROOT) -> Iterator[str]:
    """A room without a sentence about it."""
    for name in sorted(names):
        source = (root / name.replace(".", "/") / "__init__.py").read_text()
        if not ast.get_docstring(ast.parse(source)):
            yield f"{name}：__init__没有说明"


def dates_asked_by_hand(source: str) -> Iterator[int]:
    """Lines that ask by themselves whether a dated row is over, in a query or of a row at hand."""
    todo: list[ast.AST] = [ast.parse(source)]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.ClassDef) and node.name == "Meta":
            continue  # a constraint says what may stand beside what, not who holds
        todo += ast.iter_child_nodes(node)
        if isinstance(node, ast.Call) and any(map(_asks, node.keywords)):
            yield node.lineno
        if isinstance(node, ast.Compare) and _is_end(node.left) and _is_none(node.comparators[0]):
            yield node.lineno


def _asks(word: ast.keyword) -> bool:
    name = word.arg or ""
    is_empty = name.rpartition("__")[2] == "ends_on" and _is_none(word.value)
    return is_empty or ASKED.search(name) is not None


def _is_end(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "ends_on"


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def dates(root: Path = ROOT) -> Iterator[str]:
    """A planned change is written before its day: a question put by hand forgets who holds now."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            if name != ASKS_DATES and not {"tests", "migrations"} & set(path.parts):
                for line in dates_asked_by_hand(path.read_text()):
                    yield f"{name}:{line}：请用on、not_over或open_ended"


def empty_posts_passed_over(source: str) -> Iterator[int]:
    """Lines that take a request without fields for none: `request.POST or None`."""
    for node in ast.walk(ast.parse(source)):
        is_or = isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or)
        if is_or and any(map(_is_sent, node.values)):  # type: ignore[attr-defined]
            yield node.lineno  # type: ignore[attr-defined]
        if isinstance(node, ast.IfExp) and _is_sent(node.test):
            yield node.lineno


def _is_sent(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in ("POST", "FILES")


def empty_posts(root: Path = ROOT) -> Iterator[str]:
    """A form that was sent empty says what is missing; it is not a page that was opened."""
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            for line in empty_posts_passed_over(path.read_text()):
                yield f"{path.relative_to(root).as_posix()}:{line}：空的提交也是提交，请用posted"


def problems() -> Iterator[str]:
    """Everything in the product that breaks a rule."""
    graph = product()
    yield from dates()
    yield from empty_posts()
    yield from circles(graph)
    yield from imported_views(graph)
    yield from sizes(graph)
    yield from faces(graph)
    yield from docstrings(packages(graph) - set(PACKAGES))


def main() -> int:
    found = list(problems())
    sys.stdout.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
