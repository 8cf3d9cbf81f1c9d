"""The plan to a grade: what to do in which order, up to when, and what each step gives."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html

from components.desk import in_pieces
from components.formats import MINUS, decimal, integer
from components.grade_mark import grade_mark

COUNTS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh")


@dataclass(frozen=True)
class Step:
    """`name` and `where` say what is done, `aim` (strong, quiet) up to when or how far; `href` opens it.

    `gain` in points and `after`, the score then in words, with its `grade`; all None where they are not told.
    """

    name: str
    where: str
    aim: tuple[str, str]
    gain: float | None = None
    after: str | None = None
    grade: str | None = None
    href: str | None = None


@dataclass(frozen=True)
class Actions:
    """`text` is what is copied; `scenario` the value of `sim` in the URL, None where it cannot be tried."""

    text: str
    scenario: str | None = None


def step_list(
    heads: tuple[str, str, str], steps: Sequence[Step], grade_now: str, rest: Sequence[Step] = ()
) -> html.Div:
    """The steps in order under the words of `heads`; a grade is marked where it is reached, and at the last step."""
    head = html.Div(
        [html.Span(), *(html.Span(words) for words in heads)], className="ph xs t2", **{"aria-hidden": "true"}
    )
    before = [grade_now, *(step.grade for step in steps)]
    marked = [step.grade != old or step is steps[-1] for step, old in zip(steps, before, strict=False)]
    rows = [_row(step, number, mark) for number, (step, mark) in enumerate(zip(steps, marked, strict=True), start=1)]
    return html.Div([head, html.Ol(rows), *_rest(rest, len(steps))], className="plan-steps")


def _rest(rest: Sequence[Step], shown: int) -> list[html.Details]:
    """Those beyond the first, folded: without what each gives."""
    if not rest:
        return []
    rows = [_folded_row(step, number) for number, step in enumerate(rest, start=shown + 1)]
    return [html.Details([html.Summary(f"Tampilkan semua {integer(shown + len(rest))}"), html.Ol(rows)])]


def _folded_row(step: Step, number: int) -> html.Li:
    """In few elements: there may be ninety of them, and the browser draws them anew with the data."""
    name = dcc.Link(step.name, href=step.href, className="num") if step.href else step.name
    what = html.Span([name, f", {step.where.replace(' · ', ', ')}"], className="what")
    cells = [html.Span(integer(number), className="no"), what, html.Span(" ".join(step.aim), className="aim")]
    return html.Li(cells, key=f"{step.name} {step.where}")


def _row(step: Step, number: int, marked: bool) -> html.Li:
    name = dcc.Link(step.name, href=step.href, className="num") if step.href else html.B(step.name)
    cells = [
        html.Span(integer(number), className="no"),
        html.Span([name, in_pieces(step.where)], className="what", title=f"{step.name}, {step.where}"),
        html.Span([html.B(step.aim[0]), html.Span(step.aim[1])], className="aim"),
        html.Span(_result(step, marked), className="res"),
    ]
    return html.Li(cells, key=f"{step.name} {step.where}")


def _result(step: Step, marked: bool) -> list:
    if step.gain is None:
        return []
    mark = [" ", grade_mark(step.grade, "small")] if marked else []
    return [html.B(signed_points(step.gain)), html.Span([step.after, *mark])]


def signed_points(points: float) -> str:
    """0.6 -> '+0,60', -0.25 -> '−0,25', 0 -> '0'; more decimals where two would show nothing."""
    if not points:
        return "0"
    places = 2 if abs(points) >= 0.01 else 4
    return f"{MINUS if points < 0 else '+'}{decimal(abs(points), places)}"


def enough(count: int, of_count: int, what: str, purpose: str = "") -> html.B:
    """'5 dari 13 laporan terbuka sudah cukup.' `purpose` ' untuk B' names the grade where it is not the title's."""
    if count < of_count:
        return html.B(f"{integer(count)} dari {integer(of_count)} {what} sudah cukup{purpose}.")
    if count == 1:
        return html.B(f"Satu-satunya {what} sudah cukup{purpose}.")
    return html.B(f"Semua {integer(count)} {what} diperlukan{purpose}.")


def one_fewer(count: int, score: str, grade: str, only: str = "itu") -> str:
    """' Empat tidak cukup: 84,99, masih B.' after a set of five; without a set of one: ' Tanpa itu 84,72, masih B.'"""
    if count == 1:
        return f" Tanpa {only} {score}, masih {grade}."
    return f" {count_word(count - 1).capitalize()} tidak cukup: {score}, masih {grade}."


def break_even(allowed: int, chosen: int, lowest: str | None, next_falls_to: str | None) -> html.P:
    """How many of the `chosen` may drop one tier, the score then, and what the next one would make of it."""
    value = f" (terendah {lowest})" if lowest else ""
    if allowed >= chosen:
        first = "Laporan itu" if chosen == 1 else "Semuanya"
        return _slack(html.B(f"{first} masih boleh turun satu tingkat"), f"{value}.")
    if not allowed:
        falls = f": satu yang terlambat menjatuhkan nilai ke {next_falls_to}." if next_falls_to else "."
        return _slack(html.B("Tidak satu pun boleh turun tingkat"), falls)
    falls = f" Yang {ordinal(allowed + 1)} menjatuhkan nilai ke {next_falls_to}." if next_falls_to else ""
    return _slack(html.B(f"Masih boleh terlambat {integer(allowed)} laporan"), f" satu tingkat{value}.{falls}")


def no_hurry() -> html.P:
    """Where no report of the set loses value any more."""
    return _slack(html.B("Tidak ada yang turun tingkat lagi"), ": cukup selesai sebelum cut-off.")


def _slack(*words) -> html.P:
    return html.P(list(words), className="slack")


def buttons(actions: Actions) -> html.Div:
    """Copy and print are done by assets/72-copy.js; the link only changes what stands in the URL."""
    copy = html.Button("Salin daftar tugas", className="btn-q pri", type="button", **{"data-copy": actions.text})
    printed = html.Button("Cetak", className="btn-q", type="button", **{"data-print": "plan"})
    if actions.scenario is None:
        return html.Div([copy, printed], className="acts")
    data = {"data-stay": "", "data-show": ".sim"}
    trial = html.A("Coba di simulasi", href=f"?sim={actions.scenario}", className="btn-q", **data)
    return html.Div([copy, trial, printed], className="acts")


def on_paper(lines: Sequence[str]) -> html.P:
    """What only a printed page needs: of when the figures are, and whether the data are real."""
    return html.P([html.Span(line) for line in lines], className="on-paper")


def count_word(count: int) -> str:
    """4 -> 'empat', 12 -> '12'."""
    return COUNTS[count] if count < len(COUNTS) else integer(count)


def ordinal(count: int) -> str:
    """4 -> 'keempat', 12 -> 'ke-12'."""
    return f"ke{COUNTS[count]}" if count < len(COUNTS) else f"ke-{integer(count)}"
