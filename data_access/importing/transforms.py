"""The named steps a mapping may put between a cell of the pull and a column of the contract.

A step is made once per mapping from its argument (what the YAML says) and the `Registers` of the target database, and
is then a function of one value. It raises CellError when the value cannot be used.
"""

import html
import math
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from data_access import geography
from data_access.importing.problems import CellError
from data_access.importing.registers import Registers, kelurahan_code
from data_access.tables import RECEIVED_HOW, STATUSES

WIB = ZoneInfo("Asia/Jakarta")
YEARS = range(2000, 2101)  # outside: a typing error, and a trap for every reader
YES_NO = {"ya": True, "yes": True, "true": True, "t": True, "1": True} | {
    "tidak": False,
    "no": False,
    "false": False,
    "f": False,
    "0": False,
}
CONTRACT_WORDS = {"status": STATUSES, "received_how": RECEIVED_HOW}
Step = Callable[[Any], Any]


class Transform(NamedTuple):
    """How a step is made, what it gives (text, time, number, bool), and how its argument must look."""

    make: Callable[[Any, Registers], Step]
    gives: str = "text"
    argument: str = "none"  # none, words (word: word), formats (list of texts), contract, label


def as_text(value: Any) -> str:
    """A cell as text: whole numbers of a spreadsheet without `.0`, its dates as ISO."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)


def aware_time(formats: list[str], *, naive_is_wib: bool) -> Step:
    """Text in one of the formats (`iso` = ISO 8601) -> an instant; a time without zone only when it is declared WIB."""

    def read(value: Any) -> datetime:
        moment = value if isinstance(value, datetime) else _parsed_time(as_text(value).strip(), formats)
        if moment.tzinfo is None:
            if not naive_is_wib:
                raise CellError(f"{as_text(value)!r} has no time zone")
            moment = moment.replace(tzinfo=WIB)
        if moment.year not in YEARS:
            raise CellError(f"year {moment.year} is outside {YEARS.start}-{YEARS.stop - 1}")
        return moment

    return read


def _parsed_time(text: str, formats: list[str]) -> datetime:
    for form in formats:
        try:
            return datetime.fromisoformat(text) if form == "iso" else datetime.strptime(text, form)
        except (ValueError, OverflowError):
            continue
    raise CellError(f"{_short(text)} is not a time of the form {' or '.join(formats)}")


def number(value: Any) -> float:
    """1234.5 as a number, finite."""
    return _finite(as_text(value).strip(), value)


def number_id(value: Any) -> float:
    """Text written the Indonesian way, '1.234,5' = 1234.5; a cell that already is a number stays as it is."""
    text = as_text(value).strip()
    if isinstance(value, str):
        text = text.replace(".", "").replace(",", ".")
    return _finite(text, value)


def _finite(text: str, value: Any) -> float:
    try:
        result = float(text)
    except ValueError:
        raise CellError(f"{_short(as_text(value))} is not a number") from None
    if not math.isfinite(result):
        raise CellError(f"{_short(as_text(value))} is not a finite number")
    return result


def yes_no(value: Any) -> bool:
    """ya/tidak, yes/no, true/false, 1/0."""
    try:
        return YES_NO[as_text(value).strip().lower()]
    except KeyError:
        raise CellError(f"{_short(as_text(value))} is neither ya nor tidak") from None


def words(table: dict[str, str], *, strict: bool) -> Step:
    """One word for another, whatever the case and the spaces around; strict: a word outside the table is an error."""
    known = {word.strip().casefold(): meaning for word, meaning in table.items()}

    def translate(value: Any) -> str:
        text = as_text(value)
        meaning = known.get(text.strip().casefold())
        if meaning is None and strict:
            raise CellError(f"unknown word {_short(text)}; the mapping knows {', '.join(sorted(known))}")
        return text if meaning is None else meaning

    return translate


def contract_words(name: str) -> Step:
    """A word of the contract as it stands there (`status` or `received_how`)."""
    return words({word: word for word in CONTRACT_WORDS[name]}, strict=True)


def label(argument: dict) -> Step:
    """The part of a labelled text after `take:`, up to the next label of `of`; text without any label stays whole."""
    names = "|".join(re.escape(name) for name in argument["of"])
    anywhere = re.compile(rf"(?:{names})\s*:", re.IGNORECASE)
    wanted = re.compile(rf"{re.escape(argument['take'])}\s*:(.*?)(?=(?:{names})\s*:|\Z)", re.IGNORECASE | re.DOTALL)

    def take(value: Any) -> str:
        text = as_text(value)
        found = wanted.search(text)
        if found:
            return found.group(1).strip()
        if anywhere.search(text):
            raise CellError(f"label {argument['take']!r} is not in the text")
        return text

    return take


def h3_kelurahan(value: Any) -> str:
    """'latitude longitude' -> code of the kelurahan whose cell holds the point."""
    parts = as_text(value).split()
    if len(parts) != 2:
        raise CellError("needs a latitude and a longitude")
    code = geography.kelurahan_code(number(parts[0]), number(parts[1]))
    if code is None:
        raise CellError(f"point {parts[0]} {parts[1]} is in no kelurahan of Jakarta")
    return code


def _short(text: str, limit: int = 60) -> str:
    return repr(text if len(text) <= limit else text[:limit] + "...")


def _plain(step: Step) -> Callable[[Any, Registers], Step]:
    """A step that needs neither argument nor registers."""
    return lambda _argument, _registers: step


TRANSFORMS: dict[str, Transform] = {
    "strip": Transform(_plain(lambda value: as_text(value).strip())),
    "html_unescape": Transform(_plain(lambda value: html.unescape(as_text(value)))),
    "collapse_spaces": Transform(_plain(lambda value: " ".join(as_text(value).split()))),
    "words": Transform(lambda table, _: words(table, strict=True), argument="words"),
    "rename": Transform(lambda table, _: words(table, strict=False), argument="words"),
    "contract": Transform(lambda name, _: contract_words(name), argument="contract"),
    "label": Transform(lambda argument, _: label(argument), argument="label"),
    "kelurahan": Transform(_plain(lambda value: kelurahan_code(as_text(value)))),
    "h3_kelurahan": Transform(_plain(h3_kelurahan)),
    "unit": Transform(lambda _, registers: lambda value: registers.unit.identify(as_text(value))),
    "category": Transform(lambda _, registers: lambda value: registers.category.identify(as_text(value))),
    "channel": Transform(lambda _, registers: lambda value: registers.channel.identify(as_text(value))),
    "wib_datetime": Transform(lambda formats, _: aware_time(formats, naive_is_wib=True), "time", "formats"),
    "datetime": Transform(lambda formats, _: aware_time(formats, naive_is_wib=False), "time", "formats"),
    "number": Transform(_plain(number), "number"),
    "number_id": Transform(_plain(number_id), "number"),
    "bool": Transform(_plain(yes_no), "bool"),
}
