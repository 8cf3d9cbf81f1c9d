"""The band of a period that is over: the final score, against the month before and its own limits."""

from dash import html

from components.formats import integer, month_name, month_year, stamp
from components.grade_mark import grade_mark
from components.score_hero import answer, cell
from data_access.frame import instant
from data_access.monitor import Reading
from pages._tkd.hero_figures import moved_since, to_next
from pages._tkd.months import month_of
from scoring.grades import grade_of


def cells(reading: Reading) -> list[html.Div]:
    """Final score, the month before, the number of reports, and the way to the running period."""
    return [_final(reading), _before(reading), _reports(reading), _way_on(reading)]


def _final(reading: Reading) -> html.Div:
    return cell("Nilai akhir", "h1c", answer(reading.shown(reading.final), reading.grade), html.P(to_next(reading)))


def _before(reading: Reading) -> html.Div:
    before = reading.period.previous
    found = month_of(reading, before)
    title = f"Sebelumnya, {month_name(str(before))}"
    if found is None or found.final is None:
        return cell(title, "h2c", answer("–"), html.P("Tidak ada nilai bulan sebelumnya."))
    moved = moved_since(reading, found.final)
    words = f"{moved} poin" if moved else "Tetap"
    figure = answer(reading.shown(found.final), grade_of(found.final, reading.card.rules.grades))
    return cell(title, "h2c", figure, html.P(f"{words} menjadi {month_name(str(reading.period))}."))


def _reports(reading: Reading) -> html.Div:
    tally, units = reading.card.tally, list(reading.units_read)
    total, complete = int(tally.total[units].sum()), int(tally.complete[units].sum())
    return cell("Laporan", "h3c", answer(integer(total)), html.P(f"{integer(complete)} selesai sampai cut-off."))


def _way_on(reading: Reading) -> html.Div:
    last = instant(reading.card.rules.cutoff_us(reading.period) - 1)
    month = month_year(str(reading.period))
    words = html.P([f"{month} berakhir dengan ", html.B(reading.shown(reading.final)), " ", grade_mark(reading.grade)])
    words.className = "do"
    ended = html.P(f"Cut-off {stamp(last)} sudah lewat. Laporan yang selesai sesudahnya tidak mengubah nilai ini.")
    link = html.A("Buka periode berjalan", href="?periode=", className="btn-q pri", **{"data-stay": ""})
    return cell("Periode ini sudah selesai", "h4c", words, ended, link)
