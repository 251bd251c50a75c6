"""What of a `.gitpod.yml` belongs into `devcontainer.json`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from validator.migration.classic import Classic, Entry, Field, Port, fields_of
from validator.migration.commented_json import List, Member, Object, write_json
from validator.migration.context import Context
from validator.parsing.nodes import Mapping, Scalar, Sequence
from validator.wording import quoted

DEFAULT_IMAGE = "gitpod/workspace-full"
"""The image of workspaces whose file named none."""

_ON_OPEN = {
    "ignore": "silent",
    "ignore-completely": "ignore",
    "notify": "notify",
    "open-browser": "openBrowser",
    "open-preview": "openPreview",
}
_EXTENSION = r"([\w.-]+\.[\w-]+(?:@[\w.-]+)?)(:\S+)?"
_BACKENDS = {
    "clion": "CLion",
    "goland": "GoLand",
    "intellij": "IntelliJ",
    "phpstorm": "PhpStorm",
    "pycharm": "PyCharm",
    "rider": "Rider",
    "rubymine": "RubyMine",
    "rustrover": "RustRover",
    "webstorm": "WebStorm",
}


def devcontainer_json(classic: Classic, context: Context, path: str, image: str) -> str:
    """The text of a new `devcontainer.json` at a path, empty if there is nothing for it.

    The path is relative to the folder of the repository. `image` is used if none is named, unless
    it is empty. Takes the fields that it uses out of
    `classic`.
    """
    folder = posixpath.relpath(".", posixpath.dirname(path) or ".")
    container = _container(classic, context, folder)
    members = [
        *_ports(classic, context),
        *_folder(classic, context),
        *_customizations(classic, context),
    ]
    if not container and not members:
        return ""
    if not container and image:
        note = "# not in .gitpod.yml: the image that Classic used by default"
        container = [Member("image", image, (note,))]
        first = next(fields_of(classic.root, ""))
        message = f"no `image`: {quoted(image)}, which Classic used, is in `devcontainer.json`"
        context.guessed(first, f"{message}; consider an image for dev containers")
    return write_json(Object((*container, *members)))


def _container(classic: Classic, context: Context, folder: str) -> list[Member]:
    field = classic.fields.get("image")
    if field is None:
        return []
    if isinstance(field.value, Scalar) and field.value.kind == "string":
        del classic.fields["image"]
        if field.text.startswith("gitpod/"):
            message = (
                f"{quoted(field.text)} was made for Classic; consider an image for dev containers"
            )
            context.guessed(field, f"{message}, such as `mcr.microsoft.com/devcontainers/base`")
        return [Member("image", field.text, _about(field, context))]
    file = field.value.get("file") if isinstance(field.value, Mapping) else None
    if (
        not isinstance(field.value, Mapping)
        or not isinstance(file, Scalar)
        or not file.text.strip()
    ):
        return []
    del classic.fields["image"]
    given = field.value.get("context")
    base = given.text if isinstance(given, Scalar) else posixpath.dirname(file.text)
    members = [Member("dockerfile", posixpath.normpath(f"{folder}/{file.text}"))]
    members.append(Member("context", posixpath.normpath(f"{folder}/{base}")))
    comments = list(_about(field, context))
    for each in fields_of(field.value, field.pointer):
        if each.name in ("file", "context"):
            comments += context.comments.about(each.key)
        else:
            context.lost(each, f"{quoted(each.name)} is not a field of `image`")
            comments += context.as_comment(each)
    return [Member("build", Object(tuple(members)), tuple(comments))]


def _ports(classic: Classic, context: Context) -> Iterator[Member]:
    if not classic.ports:
        return
    forwarded = [
        Member("", port.first)
        for port in classic.ports
        if port.first == port.last and port.text("onOpen") != "ignore-completely"
    ]
    key = classic.root.members["ports"][0]
    above = (*context.comments.above(key), *context.comments.beside(key))
    attributes: list[Member] = []
    for port in classic.ports:
        attributes += _attributes(port, context)
    attributes.append(Member("", None, tuple(context.comments.after(key))))
    attributes = [each for each in attributes if each.value != Object(()) or each.comments]
    settled = _settled(attributes)
    if forwarded:
        yield Member("forwardPorts", List(tuple(forwarded)), above)
        above = ()
    if settled:
        yield Member("portsAttributes", Object(settled), above)


def _attributes(port: Port, context: Context) -> Iterator[Member]:
    comments = context.comments.above_entry(port.node)
    for each in (port.field, *port.texts.values()):
        comments += context.comments.about(each.key)
    for each in port.rest:
        context.lost(each, f"{quoted(each.name)} is not a field of a port")
        comments += context.as_comment(each)
    comments += context.comments.beside_entry(port.node)
    name, description = port.text("name"), port.text("description")
    if name and description:
        comments.append(f"# {description}".replace("\n", "\n# "))
    members = [Member("label", name or description)] if name or description else []
    if "onOpen" in port.texts:
        action = _ON_OPEN.get(port.text("onOpen"))
        if action is None:
            context.lost(port.texts["onOpen"], f"`onOpen` must be one of {', '.join(_ON_OPEN)}")
            comments += context.as_comment(port.texts["onOpen"])
        else:
            members.append(Member("onAutoForward", action))
    elif port.first != port.last:
        # Nothing else would name these ports.
        members.append(Member("onAutoForward", "notify"))
    if port.text("protocol") in ("http", "https"):
        members.append(Member("protocol", port.text("protocol")))
    for field, values in (
        (port.texts.get("protocol"), ("http", "https")),
        (port.texts.get("visibility"), ("private", "public")),
    ):
        if field is not None and field.text not in values:
            context.lost(field, f"`{field.name}` must be one of {', '.join(values)}")
            comments += context.as_comment(field)
    number = f"{port.first}" if port.first == port.last else f"{port.first}-{port.last}"
    lines = tuple(line for comment in comments for line in comment.split("\n"))
    yield Member(number, Object(tuple(members)), lines)
    yield Member("", None, tuple(context.comments.after_entry(port.node)))


def _folder(classic: Classic, context: Context) -> Iterator[Member]:
    """The folder that the editor opens, if that is one in the repository."""
    field = classic.fields.get("workspaceLocation")
    checkout = classic.fields.get("checkoutLocation")
    if field is None or not field.text or field.text.endswith(".code-workspace"):
        return
    root = checkout.text.strip("/") if checkout is not None else ""
    place = field.text.strip("/")
    if root and place.startswith(f"{root}/"):
        del classic.fields["workspaceLocation"]
        inner = place.removeprefix(f"{root}/")
        folder = f"/workspaces/${{localWorkspaceFolderBasename}}/{inner}"
        yield Member("workspaceFolder", folder, _about(field, context))


def _customizations(classic: Classic, context: Context) -> Iterator[Member]:
    members = [*_vscode(classic, context), *_jetbrains(classic, context)]
    if members:
        yield Member("customizations", Object(tuple(members)))


def _vscode(classic: Classic, context: Context) -> Iterator[Member]:
    field = classic.fields.get("vscode")
    if field is None or not isinstance(field.value, Mapping):
        return
    extensions = field.value.members.get("extensions")
    if extensions is None or not isinstance(extensions[1], Sequence):
        return
    del classic.fields["vscode"]
    comments = list(_about(field, context))
    inner: list[str] = []
    entries: list[Member] = []
    for each in fields_of(field.value, field.pointer):
        if each.name != "extensions":
            context.lost(each, f"{quoted(each.name)} is not a field of `vscode`")
            comments += context.as_comment(each)
            continue
        inner += [*context.comments.above(each.key), *context.comments.beside(each.key)]
        for index, node in enumerate(extensions[1].items):
            entries += _extension(Entry(node, f"{each.pointer}/{index}"), context)
        after = tuple(context.comments.after(each.key))
        entries += [Member("", None, after)] if after else []
    found = Member("extensions", List(_settled(entries)), tuple(inner))
    yield Member("vscode", Object((found,)), tuple(comments))


def _extension(entry: Entry, context: Context) -> Iterator[Member]:
    node = entry.node
    above = context.comments.above_entry(node)
    found = re.fullmatch(_EXTENSION, node.text) if isinstance(node, Scalar) else None
    if found is None:
        advice = "only extensions of the marketplace can be named: PUBLISHER.NAME"
        context.lost_entry(entry, advice)
        yield Member("", None, (*above, *context.entry_as_comment(entry, dash="")))
        return
    if found[2]:
        context.guessed_entry(entry, f"written as {quoted(found[1])}, without the checksum")
    yield Member("", found[1], (*above, *context.comments.beside_entry(node)))
    yield Member("", None, tuple(context.comments.after_entry(node)))


def _settled(entries: list[Member]) -> tuple[Member, ...]:
    return tuple(each for each in entries if each.value is not None or each.comments)


def _jetbrains(classic: Classic, context: Context) -> Iterator[Member]:
    field = classic.fields.get("jetbrains")
    if field is None or not isinstance(field.value, Mapping):
        return
    comments = list(_about(field, context))
    plugins: list[Member] = []
    products: list[str] = []
    del classic.fields["jetbrains"]
    for each in fields_of(field.value, field.pointer):
        if each.name == "plugins" and isinstance(each.value, Sequence):
            comments += context.comments.about(each.key)
            plugins += _plugins(each.value, context)
        elif each.name in _BACKENDS and isinstance(each.value, Mapping):
            products.append(each.name)
            comments += context.comments.about(each.key)
            plugins += _product(each, comments, context)
        else:
            context.lost(each, f"{quoted(each.name)} has no counterpart in `devcontainer.json`")
            comments += context.as_comment(each)
    members = []
    if len(products) == 1:
        members.append(Member("backend", _BACKENDS[products[0]]))
    if plugins:
        members.append(Member("plugins", List(tuple(plugins))))
    if members or comments:
        value = Object(tuple(members)) if members else None
        yield Member("jetbrains", value, tuple(comments))


def _product(field: Field, comments: list[str], context: Context) -> Iterator[Member]:
    """The plugins of one of the JetBrains editors; what else it has goes to the comments."""
    assert isinstance(field.value, Mapping)
    for each in fields_of(field.value, field.pointer):
        if each.name == "plugins" and isinstance(each.value, Sequence):
            comments += context.comments.about(each.key)
            yield from _plugins(each.value, context)
            continue
        advice = f"`{each.name}` has no counterpart in `devcontainer.json`"
        if each.name == "prebuilds":
            advice = "a task on `beforeSnapshot` can start the editor's backend to warm it up"
        context.lost(each, advice)
        comments += context.as_comment(each)


def _plugins(node: Sequence, context: Context) -> Iterator[Member]:
    for each in node.items:
        if isinstance(each, Scalar):
            yield Member("", each.text, tuple(context.comments.about_entry(each)))


def _about(field: Field, context: Context) -> tuple[str, ...]:
    """The comments above a field and on its line."""
    return (*context.comments.above(field.key), *context.comments.beside(field.key))
