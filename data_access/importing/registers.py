"""Names of units, categories and channels -> their identifiers in the target database; new names get new rows.

Names are compared by letters and digits only, in lower case: 'DINAS BINA MARGA ' and 'Dinas Bina-Marga' are one unit.
"""

from dataclasses import dataclass, field
from functools import cache

import psycopg

from data_access import geography
from data_access.importing.problems import CellError

# Spellings met in real data that letters alone do not bring together (a public map layer).
KELURAHAN_SPELLINGS = {"harapanmulya": "harapanmulia"}
KELURAHAN_LEVEL = 4  # parts of a Kemendagri code
# First words of a name -> unit_type; the longer beginning stands first.
UNIT_TYPES = (
    ("suku dinas", "sudin"),
    ("suku badan", "suban"),
    ("satuan polisi pamong praja", "dinas"),
    ("dinas", "dinas"),
    ("badan", "badan"),
    ("biro", "biro"),
    ("kelurahan", "kelurahan"),
    ("kecamatan", "kecamatan"),
    ("walikota", "kota"),
    ("bupati", "kota"),
    ("unit", "upt"),
    ("pusat kesehatan masyarakat", "blud"),
    ("puskesmas", "blud"),
    ("rumah sakit", "blud"),
    ("rsud", "blud"),
    ("pt", "bumd"),
    ("pd", "bumd"),
    ("perumda", "bumd"),
)
OTHER_TYPE = "lain"


def key(name: str) -> str:
    """What is compared of a name: its letters and digits, lower case; the trimmed name when it has none."""
    return "".join(sign for sign in name.casefold() if sign.isalnum()) or name.strip().casefold()


@cache
def _kelurahan_by_key() -> dict[str, str]:
    levels = geography.names().items()
    return {key(name): code for code, name in levels if len(code.split(".")) == KELURAHAN_LEVEL}


def kelurahan_code(name: str) -> str:
    """Code of a kelurahan by its name (with or without the word Kelurahan) or its code. Raises CellError."""
    if name.strip() in geography.names() and len(name.strip().split(".")) == KELURAHAN_LEVEL:
        return name.strip()
    short = key(name).removeprefix("kelurahan")
    code = _kelurahan_by_key().get(KELURAHAN_SPELLINGS.get(short, short))
    if code is None:
        raise CellError(f"unknown kelurahan {name.strip()[:60]!r}")
    return code


@dataclass
class Register:
    """One table of names: what the database knows, and what this import adds to it."""

    table: str
    known: dict[str, str]  # key of a name -> identifier
    ambiguous: frozenset[str] = frozenset()
    taken: set[str] = field(default_factory=set)  # every identifier in use
    added: dict[str, str] = field(default_factory=dict)  # identifier -> name

    def identify(self, name: str) -> str:
        """Identifier of a name, made when the name is new. Raises CellError for a name that fits several rows."""
        compared = key(name)
        if compared in self.ambiguous:
            raise CellError(f"{name.strip()[:60]!r} fits several rows of crm.{self.table}: use the full name")
        if compared not in self.known:
            self.known[compared] = self._new(name)
        return self.known[compared]

    def _new(self, name: str) -> str:
        identifier = self._free(self.proposal(name))
        self.taken.add(identifier)
        self.added[identifier] = " ".join(name.split())
        return identifier

    def proposal(self, name: str) -> str:
        """The identifier a new name would like: its words joined by hyphens, a channel's in capitals."""
        slug = "-".join("".join(s if s.isalnum() else " " for s in name.casefold()).split()) or "nama"
        return slug.upper() if self.table in ("channel", "unit") else slug

    def _free(self, proposal: str) -> str:
        identifier, count = proposal, 1
        while identifier in self.taken:
            count += 1
            identifier = f"{proposal}-{count}"
        return identifier


@dataclass(frozen=True)
class Registers:
    """The three tables of names an import may meet."""

    unit: Register
    category: Register
    channel: Register

    def added_counts(self) -> dict[str, int]:
        """Table -> how many names this import added."""
        return {r.table: len(r.added) for r in (self.unit, self.category, self.channel) if r.added}


def read(connection: psycopg.Connection) -> Registers:
    """The registers of the target database."""
    return Registers(*(_register(connection, table) for table in ("unit", "category", "channel")))


def _register(connection: psycopg.Connection, table: str) -> Register:
    rows = connection.execute(f"select {table}_id, name from crm.{table}").fetchall()
    known: dict[str, str] = {}
    ambiguous = set()
    for identifier, name in rows:
        if known.setdefault(key(name), identifier) != identifier:
            ambiguous.add(key(name))
    # A name that is somebody's identifier counts as that one: pulls often carry codes in place of names.
    known |= {key(identifier): identifier for identifier, _ in rows if key(identifier) not in known}
    return Register(table, known, frozenset(ambiguous), {identifier for identifier, _ in rows})


def write_added(connection: psycopg.Connection, registers: Registers) -> None:
    """Insert the new names."""
    for register in (registers.category, registers.channel):
        query = f"insert into crm.{register.table} ({register.table}_id, name) values (%s, %s)"
        with connection.cursor() as cursor:
            cursor.executemany(query, list(register.added.items()))
    units = [(identifier, name, *unit_kind(name)) for identifier, name in registers.unit.added.items()]
    query = "insert into crm.unit (unit_id, name, unit_type, wilayah_code) values (%s, %s, %s, %s)"
    with connection.cursor() as cursor:
        cursor.executemany(query, units)


def unit_kind(name: str) -> tuple[str, str | None]:
    """(unit_type, wilayah_code or None) as far as a unit's name tells."""
    lowered = " ".join(name.casefold().split())
    unit_type = next((kind for first, kind in UNIT_TYPES if f"{lowered} ".startswith(f"{first} ")), OTHER_TYPE)
    try:
        return unit_type, kelurahan_code(name) if unit_type == "kelurahan" else None
    except CellError:
        return unit_type, None
