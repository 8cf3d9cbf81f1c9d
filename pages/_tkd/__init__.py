"""The panels of a unit's screen (`pages/tkd_unit.py`), a module each, named as in this order from top to bottom:

head            name, period, the way up
hero            the band that answers in ten seconds; hero_* its cells, foreseen what the outlook says of the unit
fan             the score up to the cut-off; fan_words its sentences
plan            the fewest reports or units to a grade; plan_* its kinds and scores, planned: the plan, made once
tier_clock      when each open report loses value; open_reports: what several panels say of such a report
score_parts     the parts with their formulas; standing_parts: what an upper unit's score is the mean of
behind          the list of reports a number opens; behind_lists: which lists there are, dirt_words: their notes
why             why the score moved; why_causes in words, moments: since when
what_if         "Bagaimana jika"; scenario: its text in the URL, scenario_* what it does and says
history         the score of twelve months; months: of this unit

A panel has PARTS, `section()` (its frame) and `parts(reading)` (what is in it); behind and what_if are views of their
own, as their answer is one viewer's alone.
"""
