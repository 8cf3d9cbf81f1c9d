"""Types of units as people call them, in the order of the government's levels."""

TITLES = {
    "kota": "Kota",
    "kabupaten": "Kabupaten",
    "kecamatan": "Kecamatan",
    "kelurahan": "Kelurahan",
    "dinas": "Dinas",
    "badan": "Badan",
    "biro": "Biro",
    "sudin": "Suku dinas",
    "suban": "Suku badan",
    "upt": "UPT",
    "blud": "BLUD",
    "bumd": "BUMD",
    "external": "Pihak luar",
}


def type_title(kind: str) -> str:
    """'sudin' -> 'Suku dinas', 'blud' -> 'BLUD'."""
    return TITLES.get(kind, kind.capitalize())


def type_word(kind: str) -> str:
    """The same within a sentence: 'suku dinas', 'BLUD'."""
    title = type_title(kind)
    return title if title.isupper() else title.lower()
