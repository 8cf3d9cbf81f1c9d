"""Reading component trees in tests: what a person would read, and which nodes carry a class."""

from types import SimpleNamespace

from dash.development.base_component import Component


def nodes(tree) -> list[Component]:
    """Every component of a tree, in reading order."""
    if isinstance(tree, list | tuple):
        return [node for child in tree for node in nodes(child)]
    if not isinstance(tree, Component):
        return []
    return [tree, *nodes(getattr(tree, "children", None))]


def text(tree) -> str:
    """The words of a tree in reading order, joined by single spaces."""
    if tree is None:
        return ""
    if isinstance(tree, list | tuple):
        return " ".join(part for part in map(text, tree) if part)
    if isinstance(tree, Component):
        return text(getattr(tree, "children", None))
    return str(tree).strip()


def having(tree, class_name: str) -> list[Component]:
    """The components whose class list contains `class_name`."""
    return [node for node in nodes(tree) if class_name in (getattr(node, "className", None) or "").split()]


def of_type(tree, name: str) -> list[Component]:
    """The components of one type, e.g. 'Li'."""
    return [node for node in nodes(tree) if type(node).__name__ == name]


def marks(tree) -> list[str]:
    """The shapes of the marks, in reading order."""
    return [node.className.split("mk-")[1] for node in having(tree, "mk")]


def row(**attributes) -> SimpleNamespace:
    """A plain row with the attributes given."""
    return SimpleNamespace(**attributes)
