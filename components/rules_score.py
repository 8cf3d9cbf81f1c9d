"""How a score is made, in words, with the numbers of the rules: parts, time values, grades, units above others."""

from dash import html

from components.formats import decimal
from components.grade_mark import grade_mark
from components.rules_categories import categories_table, other_names
from components.rules_values import day, listed, number, values_table
from components.unit_types import type_title
from scoring.explain import PART_NAMES
from scoring.rulebook import Rulebook
from scoring.rules import Below, Rules

COUNT_WORDS = {1: "satu", 2: "dua", 3: "tiga", 4: "empat", 5: "lima"}


def score_words(book: Rulebook, rules: Rules) -> list:
    """The parts, the formula, and their values."""
    count = COUNT_WORDS[len(rules.part_shares)]
    names = ("part_shares", "full_score", "tier_values", "time_when_nothing_complete", "effort_points")
    return [
        html.P(
            f"Nilai satu unit untuk satu bulan disusun dari {count} bagian. Setiap bagian punya porsi. Jumlah yang "
            "diperoleh dibagi dengan jumlah terbanyak yang mungkin diperoleh, sehingga nilai tertinggi selalu "
            f"{rules.full_score}.",
            className="lead",
        ),
        _formula(rules),
        _parts_table(rules),
        html.P(
            "Unit yang tidak punya laporan pada bulan itu tidak diberi nilai: bukan 0 dan bukan "
            f"{rules.full_score}. Unit tersebut juga tidak ikut dihitung dalam rata-rata dan pembanding."
        ),
        values_table(book, rules.period, [*names, "response_limit_hours"]),
    ]


def _formula(rules: Rules) -> html.Div:
    obtained = " + ".join(f"{share}% × {PART_NAMES[part]}" for part, share in rules.part_shares.items())
    most = " + ".join(f"{share}% × {_most(part, rules)}" for part, share in rules.part_shares.items())
    rows = (("diperoleh", obtained), ("terbanyak", most), ("nilai", f"diperoleh ÷ terbanyak × {rules.full_score}"))
    return html.Div([html.P([html.B(name), html.Span(f"= {words}")]) for name, words in rows], className="formula")


def _most(part: str, rules: Rules) -> str:
    return PART_NAMES[part] if part == "weight" else str(rules.full_score)


def _parts_table(rules: Rules) -> html.Table:
    rows = [
        html.Tr(
            [html.Th(PART_NAMES[part], scope="row"), html.Td(f"{share}%", className="num"), html.Td(_how(part, rules))]
        )
        for part, share in rules.part_shares.items()
    ]
    head = html.Tr([html.Th(word, scope="col") for word in ("Bagian", "Porsi", "Cara menghitung")])
    return html.Table([html.Thead(head), html.Tbody(rows)], className="rule-parts")


def _how(part: str, rules: Rules) -> str:
    """One part as a person would explain it."""
    return {"completion": _completion, "time": _time, "weight": _weight, "effort": _effort, "response": _response}[
        part
    ](rules)


def _done(part: str, rules: Rules) -> str:
    counted = rules.doorr_enabled and part in rules.doorr_counts_in
    return "laporan selesai dan laporan Doorr" if counted else "laporan selesai"


def _completion(rules: Rules) -> str:
    return f"Jumlah {_done('completion', rules)}, dibagi jumlah semua laporan, dikali {rules.full_score}."


def _time(rules: Rules) -> str:
    values = listed([number(value) for value in rules.tier_values]).replace(" dan ", " atau ")
    return (
        f"Setiap laporan yang selesai mendapat nilai {values}, menurut lamanya dan batas jam kategorinya. Bagian ini "
        f"adalah rata-ratanya. Selama belum ada yang selesai, isinya {rules.time_when_nothing_complete}."
    )


def _weight(rules: Rules) -> str:
    return (
        "Jumlah bobot kategori semua laporan yang selesai, tanpa batas atas. Jumlah ini menambah yang diperoleh dan "
        "yang terbanyak sama besar, jadi tidak pernah mengurangi nilai: makin besar, makin dekat nilainya ke "
        f"{rules.full_score}."
    )


def _effort(rules: Rules) -> str:
    points = rules.effort_points
    return (
        f"Jumlah {_done('effort', rules)}, dibandingkan dengan unit sejenis yang punya laporan pada bulan itu. Yang "
        f"paling sedikit mendapat {points['minimum']}, yang tepat di tengah (median) {points['median']}, yang paling "
        f"banyak {points['maximum']}; di antaranya naik lurus. Unit yang tidak punya pembanding mendapat "
        f"{points['median']}."
    )


def _response(rules: Rules) -> str:
    hours = number(rules.response_limit_hours)
    return (
        f"Jumlah laporan yang ditanggapi atau diselesaikan dalam {hours} jam sejak masuk, dibagi jumlah semua laporan, "
        f"dikali {rules.full_score}."
    )


def category_words(book: Rulebook, rules: Rules) -> list:
    """Bounds and weights of every category, and how hours are counted."""
    name, tiers = next(iter(rules.tiers.items()))
    names = ["default_tiers", *(["default_weight"] if "weight" in rules.part_shares else [])]
    checked = day(book.names["last_verified_on"])
    return [
        html.P(["Yang dihitung adalah jam penuh sejak laporan masuk sampai selesai. ", _example(name, tiers, rules)]),
        categories_table(book, rules),
        html.P(f"Mulai batas terakhir, nilai waktunya {number(rules.tier_values[-1])}.", className="foot"),
        html.P(
            "Nama dibandingkan menurut hurufnya saja, tanpa membedakan huruf besar dan kecil. Nama dari daftar yang "
            "lebih baru kami samakan dengan kategori lama bila maksudnya sama; persamaan yang tidak tertulis di sumber "
            f"disebut tafsiran. Daftar nama terakhir diperiksa {checked}."
        ),
        other_names(book),
        values_table(book, rules.period, names),
    ]


def _example(name: str, tiers: tuple[int, int, int], rules: Rules) -> str:
    first, second, third = tiers
    values = [number(value) for value in rules.tier_values]
    return (
        f"Contoh {name}: kurang dari {first} jam bernilai {values[0]}, {first} sampai {second - 1} jam {values[1]}, "
        f"{second} sampai {third - 1} jam {values[2]}, dan mulai {third} jam {values[3]}."
    )


def grade_words(book: Rulebook, rules: Rules) -> list:
    """The limits of the grades, decided before rounding."""
    limits = [*rules.grades.items()]
    limit, second = limits[0][1], limits[1][0]
    rows = [html.Li([grade_mark(limits[place][0]), _grade_range(place, limits)]) for place in range(len(limits))]
    just_below = decimal(limit - 0.004, 3)
    return [
        html.Ul(rows, className="rule-grades"),
        html.P(
            f"Grade ditentukan dari nilai yang belum dibulatkan. Nilai {just_below} adalah {second}; layar menulisnya "
            f"{decimal(limit - 0.01, 2)}, bukan {decimal(limit, 2)}, supaya angka tidak pernah berlawanan dengan grade."
        ),
        values_table(book, rules.period, ["grades"]),
    ]


def _grade_range(place: int, limits: list[tuple[str, float | None]]) -> str:
    limit = limits[place][1]
    return f"kurang dari {number(limits[place - 1][1])}" if limit is None else f"mulai {number(limit)}"


def aggregate_words(book: Rulebook, rules: Rules) -> list:
    """Whose scores make the score of a unit that has others below it."""
    rows = [
        html.Tr([html.Th(type_title(kind), scope="row"), html.Td(_aggregate(rule))], **{"data-aggregate": kind})
        for kind, rule in rules.aggregates.items()
    ]
    return [
        html.P(
            "Unit yang membawahi unit lain dinilai dari nilai unit-unit itu. Unit tanpa nilai tidak ikut dihitung. "
            "Bila nilai sendiri tidak ada, dipakai rata-rata unit di bawahnya; bila tidak ada unit di bawahnya, "
            "dipakai nilai sendiri."
        ),
        html.Table(html.Tbody(rows), className="rule-pairs"),
        html.P(
            f"Contoh: dua unit di bawah bernilai 70 dan 65, rata-ratanya {decimal(67.5)}. Bila nilai sendiri 80 ikut "
            f"dihitung, nilainya menjadi ({decimal(67.5)} + 80) ÷ 2 = {decimal(73.75, 2)}."
        ),
        values_table(book, rules.period, ["aggregates"]),
    ]


def _aggregate(rule: Below) -> str:
    reach = "langsung di bawahnya" if rule.below == "children" else "di bawahnya, sampai tingkat paling bawah"
    below = f"rata-rata semua {rule.only or 'unit'} {reach}"
    return f"rata-rata dari dua angka: nilai sendiri, dan {below}" if rule.own else below
