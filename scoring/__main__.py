"""`python -m scoring`: scores from CSV files, without the web application or a database.

Exit code 0 with the answer on standard output, or 2 with the reasons on standard error and no answer.
"""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from scoring import output, periods, rulebook
from scoring.periods import Period, PeriodError
from scoring.read_csv import BadInput, parse_instant, read_reports, read_tickets, read_units
from scoring.reports import Reports, microseconds
from scoring.rulebook_schema import RulebookError
from scoring.rules import Rules
from scoring.score import score

LINES_SHOWN = 50


def main(arguments: list[str]) -> int:
    """Run one command; the exit code."""
    options = _parser().parse_args(arguments)
    try:
        answer, text = COMMANDS[options.command](options, *_inputs(options))
    except (BadInput, PeriodError, RulebookError) as error:
        _complain(str(error).splitlines())
        return 2
    sys.stdout.write((json.dumps(answer, indent=2, ensure_ascii=False) if options.json else text) + "\n")
    return 0


def _complain(lines: list[str]) -> None:
    shown = lines[:LINES_SHOWN]
    more = [f"... and {len(lines) - LINES_SHOWN} more"] if len(lines) > LINES_SHOWN else []
    sys.stderr.write("".join(f"error: {line}\n" for line in shown + more))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scoring", description="TKD scores from CSV files.")
    commands = parser.add_subparsers(dest="command", required=True)
    helps = {
        "score": "the score of every unit",
        "explain": "one unit's score, traced to its reports",
        "plan": "the fewest reports to complete to reach a grade or a score",
    }
    for name, text in helps.items():
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("--reports", required=True, type=Path, metavar="F.csv", help="one row per report")
        command.add_argument("--period", required=True, metavar="YYYY-MM", help="month of entry")
        command.add_argument("--units", type=Path, metavar="F.csv", help="unit_id, unit_type, parent_id")
        command.add_argument(
            "--tickets", type=Path, metavar="F.csv", help="report_id, opened_at, commitment_at, limit_at"
        )
        command.add_argument("--rulebook", default="tkd-2017", help="default: %(default)s")
        command.add_argument("--json", action="store_true", help="JSON instead of a table")
        if name == "plan":
            command.add_argument("--target", required=True, help="A, B, C, D or a number from 0 to 100")
            command.add_argument("--at", dest="as_of", metavar="ISO", help="when they would be completed; default: now")
        else:
            command.add_argument("--as-of", metavar="ISO", help="the score as it stood then; default: now")
        if name != "score":
            command.add_argument("--unit", required=True, help="unit_id")
    return parser


def _inputs(options: argparse.Namespace) -> tuple[Reports, Rules, Period, int]:
    """Everything a command reads, checked. Raises BadInput, PeriodError, RulebookError."""
    period = periods.parse(options.period)
    rules = rulebook.load(options.rulebook).at(period)
    as_of_us = _instant(options.as_of, "--at" if options.command == "plan" else "--as-of")
    units = read_units(options.units) if options.units else None
    tickets = read_tickets(options.tickets) if options.tickets else {}
    return read_reports(options.reports, units, tickets, rules), rules, period, as_of_us


def _instant(text: str | None, option: str) -> int:
    """The only clock of the engine: the default of --as-of and --at."""
    try:
        instant = parse_instant(text) if text is not None else datetime.now(UTC)
    except ValueError as error:
        raise BadInput(f"{option} {error}") from None
    if not 2000 <= instant.year <= 2100:
        raise BadInput(f"{option} {text!r} is out of range; write a year from 2000 to 2100")
    return microseconds(instant)


def _score(
    options: argparse.Namespace, reports: Reports, rules: Rules, period: Period, as_of_us: int
) -> tuple[dict, str]:
    card = score(reports, rules, period, as_of_us)
    return output.as_json(card), output.as_table(card)


def _explain(
    options: argparse.Namespace, reports: Reports, rules: Rules, period: Period, as_of_us: int
) -> tuple[dict, str]:
    from scoring import explain

    found = explain.explain(score(reports, rules, period, as_of_us), _unit(options.unit, reports))
    return _marked(rules, explain.as_json(found), explain.as_text(found))


def _marked(rules: Rules, answer: dict, text: str) -> tuple[dict, str]:
    """Nobody may mistake an assumed rulebook for law."""
    if rules.status != "assumed":
        return answer, text
    return answer | {"rulebook": rules.rulebook, "status": "assumed"}, f"ASUMSI: {rules.rulebook}\n{text}"


def _plan(
    options: argparse.Namespace, reports: Reports, rules: Rules, period: Period, as_of_us: int
) -> tuple[dict, str]:
    from scoring import plan

    target = _target(options.target, rules)
    found = plan.plan(reports, rules, period, as_of_us, _unit(options.unit, reports), target)
    answer = plan.as_json(found) | {"target": options.target}
    return _marked(rules, answer, "\n".join(f"{name}: {value}" for name, value in answer.items()))


def _unit(unit_id: str, reports: Reports) -> int:
    """Code of a unit. Raises BadInput."""
    try:
        return reports.units.code(unit_id)
    except KeyError:
        raise BadInput(f"--unit {unit_id!r} is not among the units") from None


def _target(text: str, rules: Rules) -> float:
    """The lowest score that reaches a target. Raises BadInput."""
    letter = text.upper()
    limits = {grade: limit for grade, limit in rules.grades.items() if limit is not None}
    if letter in limits:
        return float(limits[letter])
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= rules.full_score:
        raise BadInput(f"--target {text!r} must be {', '.join(limits)} or a number from 0 to {rules.full_score}")
    return value


COMMANDS = {"score": _score, "explain": _explain, "plan": _plan}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
