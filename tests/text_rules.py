"""Rules that no linter knows: punctuation, strict CSP, and lock files without addresses.

`python -m tests.text_rules` prints what breaks them, one a line, and exits with 1 then.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HAN = "一-鿿"
VALUE = "\ufffc"  # stands for a {{ variable }} or a {field}
HALF_WIDTH = re.compile(
    f"[{HAN}][,:;?!()][{HAN}{VALUE}]|[{HAN}{VALUE}][,:;?!()][{HAN}]"  # one neighbour is Chinese
)
INLINE = re.compile(
    r"""<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|hx-on|"""
    r"""<script(?![^>]*(\ssrc=|type="application/json"))""",
    re.IGNORECASE,
)
REGISTRY = re.compile(r'"resolved": *"https?:|--(extra-)?index-url|^ *registry *=', re.MULTILINE)
# Names as the notice prints them: the keys of the unit directory.
VERBATIM = ("新港(物流)工业园管委会", "各县(市、区)政府", "相关县(市、区)政府")
LOCKS = (
    *("package-lock.json", ".npmrc", "requirements.txt", "requirements-dev.txt"),
    "requirements-node.txt",
)


def half_width(text: str) -> list[str]:
    """Half-width marks between Chinese characters, each with its neighbours."""
    for name in VERBATIM:
        text = text.replace(name, VALUE)
    return HALF_WIDTH.findall(text)


def template_problems(source: str) -> Iterator[str]:
    """Problems of one template: punctuation in what is shown, inline style and script anywhere."""
    text = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}|<!--.*?-->", "", source, flags=re.S)
    shown = re.sub(r"{%.*?%}", "", re.sub(r"{{.*?}}", VALUE, text, flags=re.S), flags=re.S)
    yield from (f"半角标点 {found}" for found in half_width(shown))
    yield from (f"内联样式或脚本 {found.group(0)}" for found in INLINE.finditer(text))


def python_problems(source: str) -> Iterator[str]:
    """Half-width punctuation in the strings of one module, docstrings and patterns left out."""
    tree = ast.parse(source)
    exempt = set(_exempt(tree))
    for node in ast.walk(tree):
        if id(node) not in exempt:
            found = half_width(_text(node))
            yield from (f"第{getattr(node, 'lineno', 0)}行 半角标点 {mark}" for mark in found)


def _exempt(tree: ast.AST) -> Iterator[int]:
    """Docstrings are for engineers; arguments of `re` have their own grammar."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr):
                yield id(first.value)
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            yield from (id(part) for argument in node.args for part in ast.walk(argument))


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else VALUE for part in node.values
        )
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return ""


def tracked(*patterns: str) -> list[Path]:
    """Files that git knows or would add, by pathspec."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in sorted(names.splitlines()) if (ROOT / name).is_file()]


def problems() -> Iterator[str]:
    """Everything in the repository that breaks a rule, as `file: problem`."""
    for path in tracked("templates/*.html", "templates/*.txt"):
        yield from (f"{path.relative_to(ROOT)}: {p}" for p in template_problems(path.read_text()))
    for path in tracked("*.py"):
        if "tests" in path.parts or path.name.startswith("test_"):
            continue  # they quote the notice, whose marks are half-width
        yield from (f"{path.relative_to(ROOT)}: {p}" for p in python_problems(path.read_text()))
    for name in LOCKS:
        if REGISTRY.search((ROOT / name).read_text()):
            yield f"{name}: 锁定文件中不应有软件源地址"


def main() -> int:
    found = list(problems())
    sys.stdout.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
