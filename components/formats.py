"""Numbers, durations and times as people in Jakarta write them: 1.234,5 and 22 Nov 2026 14.05 WIB. Pure text."""

from datetime import datetime
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")
DASH = "–"  # a value that is not there (yet)
MINUS = "−"

# Own tables: the locale module is global to the process and its languages are not installed everywhere.
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
MONTHS_SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


def integer(count: int | None) -> str:
    """1234 -> '1.234'; None -> an en dash."""
    return DASH if count is None else _indonesian(f"{count:,d}")


def decimal(number: float | None, places: int = 1) -> str:
    """38.24 -> '38,2'; None -> an en dash."""
    return DASH if number is None else _indonesian(f"{number:,.{places}f}")


def percent(share: float | None, places: int = 1) -> str:
    """A share of 0..1 in hundredths, without the sign: 0.834 -> '83,4'."""
    return DASH if share is None else decimal(share * 100, places)


def signed(count: int | None) -> str:
    """4 -> '+4', -2 -> '−2', 0 -> '0'; None -> an en dash."""
    if count is None:
        return DASH
    return f"+{integer(count)}" if count > 0 else integer(count)


def short_duration(minutes: int) -> str:
    """For lists: 1872 -> '31 j 12 m', 48 -> '48 m'. Minutes of the hour keep two digits so that rows line up."""
    hours, rest = divmod(int(minutes), 60)
    return f"{integer(hours)} j {rest:02d} m" if hours else f"{rest} m"


def long_duration(minutes: int) -> str:
    """In words: 1872 -> '31 jam 12 menit', 48 -> '48 menit'."""
    hours, rest = divmod(int(minutes), 60)
    return f"{integer(hours)} jam {rest} menit" if hours else f"{rest} menit"


def clock(at: datetime) -> str:
    """An aware time as '14.05' in Jakarta."""
    return f"{_local(at):%H.%M}"


def long_date(at: datetime) -> str:
    """An aware time as 'Minggu, 22 Nov 2026'."""
    local = _local(at)
    return f"{DAYS[local.weekday()]}, {_date(local)}"


def day_month(at: datetime) -> str:
    """An aware time as '8 Des'."""
    local = _local(at)
    return f"{local.day} {MONTHS_SHORT[local.month - 1]}"


def day_clock(at: datetime) -> str:
    """An aware time as '8 Des 14.05'."""
    return f"{day_month(at)} {clock(at)}"


def stamp(at: datetime) -> str:
    """An aware time as '22 Nov 2026 14.05 WIB'."""
    return f"{_date(_local(at))} {clock(at)} WIB"


def month_name(period: str) -> str:
    """'2026-11' -> 'November'. ValueError when it is not YYYY-MM."""
    return MONTHS[_month(period) - 1]


def month_short(period: str) -> str:
    """'2026-11' -> 'Nov'. ValueError when it is not YYYY-MM."""
    return MONTHS_SHORT[_month(period) - 1]


def month_year(period: str) -> str:
    """'2026-11' -> 'November 2026'. ValueError when it is not YYYY-MM."""
    return f"{month_name(period)} {period[:4]}"


def _indonesian(text: str) -> str:
    return text.translate(str.maketrans({",": ".", ".": ",", "-": MINUS}))


def _date(local: datetime) -> str:
    return f"{local.day} {MONTHS_SHORT[local.month - 1]} {local.year}"


def _local(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone: pass an aware datetime")
    return at.astimezone(JAKARTA)


def _month(period: str) -> int:
    try:
        return datetime.strptime(period, "%Y-%m").month
    except ValueError:
        raise ValueError(f"'{period}' is not a period: write YYYY-MM, e.g. 2026-11") from None
