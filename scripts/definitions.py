"""Show functions and classes on a page: how they are called, their docstrings and members."""

from __future__ import annotations

import ast
import re
import textwrap
from functools import cache
from importlib import import_module
from pathlib import Path

_WIDTH = 88


def section(module: str, name: str) -> str:
    """The section on a public name. Raises ValueError if it or a member has no docstring."""
    home, node = _definition(module, name)
    docstring = ast.get_docstring(node)
    if not docstring:
        raise ValueError(f"{home}.{name} has no docstring")
    if isinstance(node, ast.FunctionDef):
        return f"\n### {name}\n\n```python\n{_signature(node)}\n```\n\n{_prose(docstring)}\n"
    members = "".join(_members(node))
    return f"\n### {name}\n\n```python\n{_class(node)}\n```\n\n{_prose(docstring)}\n{members}"


def _prose(docstring: str) -> str:
    """A docstring, with what it says of exceptions as a paragraph of its own."""
    return re.sub(r"\s+Raises\s+(?=[A-Z]\w+)", "\n\n**Raises** ", docstring)


@cache
def _definition(module: str, name: str) -> tuple[str, ast.FunctionDef | ast.ClassDef]:
    """The module that defines a public name, and its definition."""
    home = getattr(import_module(module), name).__module__
    file = import_module(home).__file__
    assert file is not None
    for node in ast.parse(Path(file).read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == name:
            return home, node
    raise ValueError(f"{home} does not define {name}")


def _signature(node: ast.FunctionDef, name: str = "") -> str:
    """The head of a function, one parameter per line if it is long."""
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(positional) - len(arguments.defaults)) + [*arguments.defaults]
    parts = [_parameter(*each) for each in zip(positional, defaults, strict=True)]
    if positional and positional[0].arg in ("self", "cls"):
        del parts[0]
    if arguments.vararg is not None:
        parts.append(f"*{_parameter(arguments.vararg, None)}")
    elif arguments.kwonlyargs:
        parts.append("*")
    parts += [
        _parameter(*each) for each in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    if arguments.kwarg is not None:
        parts.append(f"**{_parameter(arguments.kwarg, None)}")
    result = "" if node.returns is None or node.name == "__init__" else _type(node.returns)
    arrow = f" -> {result}" if result else ""
    short = f"{name or node.name}({', '.join(parts)}){arrow}"
    if len(short) <= _WIDTH:
        return short
    lines = "".join(f"    {part},\n" for part in parts)
    return f"{name or node.name}(\n{lines}){arrow}"


def _parameter(argument: ast.arg, default: ast.expr | None) -> str:
    annotation = "" if argument.annotation is None else f": {_type(argument.annotation)}"
    equals = " = " if annotation else "="
    return argument.arg + annotation + ("" if default is None else equals + _source(default))


def _class(node: ast.ClassDef) -> str:
    """The head of a class and its fields, or how it is called."""
    for each in node.body:
        if isinstance(each, ast.FunctionDef) and each.name == "__init__":
            return _signature(each, node.name)
    bases = ", ".join(map(_source, node.bases))
    fields = [each for each in node.body if isinstance(each, (ast.AnnAssign, ast.Assign))]
    lines = [_source(each) for each in fields]
    head = f"class {node.name}({bases}):" if bases else f"class {node.name}:"
    if not lines:
        return f"{head} ..."
    return f"{head}\n{textwrap.indent(chr(10).join(lines), '    ')}"


def _members(node: ast.ClassDef) -> list[str]:
    """The public properties and methods of a class, as a list."""
    found = []
    for each in node.body:
        if not isinstance(each, ast.FunctionDef) or each.name.startswith("_"):
            continue
        docstring = ast.get_docstring(each)
        if not docstring:
            raise ValueError(f"{node.name}.{each.name} has no docstring")
        decorators = {_source(decorator) for decorator in each.decorator_list}
        result = "" if each.returns is None else _type(each.returns)
        shown = (
            f"{each.name}: {result}"
            if decorators & {"property", "cached_property"}
            else _one_line(_signature(each))
        )
        found.append(f"- `{shown}`: {_one_line(docstring)}\n")
    return ["\n", *found] if found else []


def _type(node: ast.expr) -> str:
    """The source of an annotation, without the quotes of a class that is not defined yet."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return _source(node)


def _source(node: ast.AST) -> str:
    """The source of an expression or an assignment, with the quotes that the formatter uses."""
    return ast.unparse(node).replace("'", '"')


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("( ", "(").replace(", )", ")")
