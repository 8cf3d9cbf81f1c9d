"""The month in seven figures."""

from dash import dcc, html

from components import ids
from components.desk import foot
from components.formats import decimal, integer, month_short, percent
from components.panels import panel
from components.states import empty
from components.times_figures import Figure, figures_band
from data_access.completion import entered_in, same_moment_before
from data_access.durations_of import Durations, Responses, completed_in, durations, responses
from data_access.waiting import RESPONSE_LIMIT_HOURS
from pages._asked import Asked

PARTS = ((ids.TIMES_SUMMARY_BODY, "children"), (ids.TIMES_SUMMARY_FACT, "children"))
DAY_NAMES = (("0-7", "0–7 hari"), ("8-14", "8–14 hari"), ("15", "> 14 hari"))


def section():
    """The frame of the panel."""
    return panel("Waktu penyelesaian", ids.TIMES_SUMMARY_BODY, fact_id=ids.TIMES_SUMMARY_FACT, class_name="summary")


def parts(asked: Asked) -> dict:
    """What the panel shows."""
    frame, period, as_of_us = asked.frame, asked.period, asked.as_of_us
    done = durations(frame, completed_in(frame, period, as_of_us))
    before = durations(frame, completed_in(frame, period.previous, as_of_us))
    answers = responses(frame, entered_in(frame, period, as_of_us), as_of_us)
    earlier = responses(frame, entered_in(frame, period.previous, same_moment_before(period, as_of_us)), as_of_us)
    fact = f"{integer(done.completed_count)} laporan selesai"
    return {
        (ids.TIMES_SUMMARY_BODY, "children"): _body(asked, done, before, answers, earlier),
        (ids.TIMES_SUMMARY_FACT, "children"): dcc.Link(asked.fact(fact), href=asked.completed_href(), className="num"),
    }


def _body(asked: Asked, done: Durations, before: Durations, answers: Responses, earlier: Responses):
    hours = _hours(asked, done, before)
    band = figures_band([*hours, _response(asked, answers, earlier), *_days(asked, done, before)])
    if not done.timed_count:
        return html.Div([band, empty(f"Belum ada laporan yang selesai pada {asked.words} untuk saringan ini.")])
    return html.Div([band, foot(_caveat(asked, done, answers))])


def _hours(asked: Asked, done: Durations, before: Durations) -> list[Figure]:
    month = month_short(str(asked.period.previous))
    rows = (
        ("Rerata", done.mean_hours, before.mean_hours),
        ("Median", done.median_hours, before.median_hours),
        ("P90", done.p90_hours, before.p90_hours),
    )
    return [
        Figure(name, decimal(now), " jam", asked.completed_href(), f"{month} {decimal(then)} jam")
        for name, now, then in rows
    ]


def _response(asked: Asked, answers: Responses, earlier: Responses) -> Figure:
    month = month_short(str(asked.period.previous))
    counts = (("tepat", answers.on_time_count), ("lewat", answers.late_count), ("belum", answers.unanswered_count))
    links = []
    for name, count in counts:
        links += [" · ", dcc.Link(f"{integer(count)} {name}", href=asked.entered_href(response=name), className="num")]
    context = [*links[1:], html.Br(), f"{month} {percent(earlier.on_time_share)}%"]
    href = asked.entered_href(response="tepat")
    return Figure("Ditanggapi ≤ 6 jam", percent(answers.on_time_share), "%", href, context)


def _days(asked: Asked, done: Durations, before: Durations) -> list[Figure]:
    month = month_short(str(asked.period.previous))
    return [
        Figure(
            label,
            integer(done.days_counts[place]),
            f" {percent(_share(done, place))}%",
            asked.completed_href(resolution_days=name),
            f"{month} {percent(_share(before, place))}%",
        )
        for place, (name, label) in enumerate(DAY_NAMES)
    ]


def _share(of: Durations, place: int) -> float | None:
    return of.days_counts[place] / of.timed_count if of.timed_count else None


def _caveat(asked: Asked, done: Durations, answers: Responses) -> list:
    words = (
        "Penyelesaian: laporan yang selesai dalam bulan ini, kapan pun masuknya, dari masuk sampai tindak lanjut. "
        "Median: separuh laporan lebih cepat; P90: sembilan dari sepuluh. Hari dihitung utuh. "
        "Tanggapan: laporan yang masuk bulan ini; "
    )
    href = asked.entered_href(response="belum", entered_within_hours=RESPONSE_LIMIT_HOURS)
    young = dcc.Link(f"{integer(answers.unanswered_count - answers.overdue_count)} laporan", href=href, className="num")
    wrong = done.completed_count - done.timed_count
    rest = f" {integer(wrong)} laporan dengan waktu selesai sebelum masuk tidak ikut dirata-rata." if wrong else ""
    return [words, young, f" yang belum ditanggapi dan belum 6 jam tidak ikut dibagi.{rest}"]
