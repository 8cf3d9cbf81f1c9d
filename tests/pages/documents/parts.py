"""Parts of a document by their name."""

from components.documents.content import Answer, Content, Paragraph, Table

PUSAT = "W-31.71"


def table(content: Content, name: str) -> Table:
    return next(block for block in content.blocks if isinstance(block, Table) and block.name == name)


def answer(content: Content) -> Answer:
    [found] = [block for block in content.blocks if isinstance(block, Answer)]
    return found


def words(content: Content) -> str:
    """Its paragraphs, one a line."""
    return "\n".join(block.text for block in content.blocks if isinstance(block, Paragraph))
