"""The rules of the house that neither ruff nor import-linter knows, each a pure function of a file's text.

Each returns the offences as `line: what`. A line that must break a rule says why: `# budget: why` at its end (for a
module: on a line of its own among the first twenty).
"""

import ast
import re
from collections.abc import Iterator

MODULE_LINES = 250
FUNCTION_LINES = 40
CALLBACK_LINES = 15

HEX_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})(?![\w-])")
# This machine, and names of formats, which look like addresses though nobody goes there.
KNOWN_HOST = r"(?:127\.0\.0\.1|localhost|www\.w3\.org/|schemas\.openxmlformats\.org/)"
OTHER_HOST = re.compile(rf"(?:https?:)?//(?!{KNOWN_HOST})[\w-]+\.[\w.-]+", re.IGNORECASE)
LINK = re.compile(rf"https?://(?!{KNOWN_HOST})(?:\w|$)", re.IGNORECASE)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def long_module(text: str) -> list[str]:
    """More than 250 lines."""
    lines = text.splitlines()
    if len(lines) <= MODULE_LINES or any(line.startswith("# budget:") for line in lines[:20]):
        return []
    return [f"1: {len(lines)} lines, at most {MODULE_LINES}"]


def long_functions(text: str) -> list[str]:
    """A function of more than 40 lines, or a callback whose body has more than 15."""
    lines = text.splitlines()
    found = []
    for function in _functions(text):
        size, most = _size(function)
        if size > most and "# budget:" not in lines[function.lineno - 1]:
            found.append(f"{function.lineno}: {function.name} has {size} lines, at most {most}")
    return found


def colours_in_python(text: str) -> list[str]:
    """A hex colour in a string that is no documentation."""
    return [f"{line}: {value}" for line, value in _strings(text) if HEX_COLOUR.search(value)]


def colours_in_asset(text: str) -> list[str]:
    """A hex colour outside comments; in a style sheet `#name {` is a selector, so only values count."""
    plain = _without_comments(text)
    return [f"{number}: {line.strip()}" for number, line in _lines(plain) if HEX_COLOUR.search(line.partition(":")[2])]


def fixed_styles(text: str) -> list[str]:
    """`style={...}` with a value that is not computed: it belongs in a style sheet."""
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    keywords = (word for call in calls for word in call.keywords if word.arg == "style")
    return [
        f"{word.value.lineno}: {ast.unparse(word.value)}"
        for word in keywords
        if isinstance(word.value, ast.Dict) and any(isinstance(value, ast.Constant) for value in word.value.values)
        if not _excused(text, word.value.lineno)
    ]


def prints(text: str) -> list[str]:
    """`print(...)`."""
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    return [f"{call.lineno}: print" for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]


def links_in_python(text: str) -> list[str]:
    """An address of another host in a string that is no documentation."""
    return [f"{line}: {value}" for line, value in _strings(text) if LINK.search(value)]


def links_in_asset(text: str) -> list[str]:
    """An address of another host outside comments."""
    return [f"{n}: {line.strip()}" for n, line in _lines(_without_comments(text)) if OTHER_HOST.search(line)]


def imports_of_app(text: str) -> list[str]:
    """`import app` in any form."""
    found = []
    for node in ast.walk(ast.parse(text)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        found += [f"{node.lineno}: import of {name}" for name in names if name.split(".")[0] == "app"]
    return found


def tests_without_assertion(text: str) -> list[str]:
    """A test that asserts nothing, neither itself nor by pytest.raises, expect(...) or a helper named assert_*."""
    tests = (function for function in _functions(text) if function.name.startswith("test_"))
    return [f"{test.lineno}: {test.name}" for test in tests if not any(map(_asserts, ast.walk(test)))]


def _asserts(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return True
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in ("raises", "warns", "fail", "expect") or name.startswith("assert_")


def _functions(text: str) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, FUNCTIONS))


def _size(function: ast.FunctionDef) -> tuple[int, int]:
    """(lines, most lines allowed); a callback counts without its head and documentation."""
    if not any("callback" in ast.unparse(decorator) for decorator in function.decorator_list):
        return function.end_lineno - function.lineno + 1, FUNCTION_LINES
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (function.end_lineno - body[0].lineno + 1 if body else 0), CALLBACK_LINES


def _strings(text: str) -> Iterator[tuple[int, str]]:
    """(line, value) of each string that is not an expression of its own (documentation)."""
    tree = ast.parse(text)
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in documentation and not _excused(text, node.lineno):
            yield node.lineno, node.value


def _excused(text: str, line: int) -> bool:
    return "# budget:" in text.splitlines()[line - 1]


def _without_comments(text: str) -> str:
    """CSS and JavaScript without comments, with the same line numbers."""
    text = re.sub(r"/\*.*?\*/", lambda match: "\n" * match[0].count("\n"), text, flags=re.DOTALL)
    return re.sub(r"(^|\s)//.*", "", text)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return enumerate(text.splitlines(), start=1)
