"""Typst, as documents use it: templates of this folder, fonts of this folder, data as data. Same data, same bytes."""

from functools import cache
from pathlib import Path

import orjson
import typst

from components.documents.content import Bars, Line
from components.documents.written import block_data
from components.theme import tokens

FOLDER = Path(__file__).parent
PIXELS_PER_INCH = 200


def compiled(template: str, data: dict, kind: str) -> bytes:
    """The template `document.typ` or `chart.typ` with its data, as pdf, svg or png."""
    return _compiler(template).compile(
        format=kind,
        ppi=PIXELS_PER_INCH,
        sys_inputs={"data": orjson.dumps(data).decode(), "colours": orjson.dumps(tokens("light")).decode()},
        timestamp=0,
    )


def chart(block: Bars | Line, kind: str) -> bytes:
    """One chart alone."""
    return compiled("chart.typ", block_data(block), kind)


@cache
def _compiler(template: str) -> typst.Compiler:
    """Fonts are read once."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FOLDER / "fonts")])
    return typst.Compiler(str(FOLDER / template), root=str(FOLDER), font_paths=fonts)
