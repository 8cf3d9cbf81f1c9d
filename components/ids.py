"""Names of the parts of the screen that change. A typo is an ImportError here, not a silent dead callback."""

# The shell
LOCATION = "location"
SNAPSHOT = "snapshot"
FIGURES = "strip-figures"
FILTER_LINE = "filter-line"

# Drawn every second by assets/20-clock.js
CLOCK = "clock"
DATE = "date"
FRESHNESS = "freshness"
COUNTDOWN = "countdown"

# The filter bar
PERIOD_SELECT = "filter-period"
UNIT_SELECT = "filter-unit"
FILTER_NOTICE = "filter-notice"

# The panels of the wall: the body and the one fact at the right of the title
WAITING_BODY = "waiting-body"
WAITING_FACT = "waiting-fact"
STATUS_TITLE = "status-title"
STATUS_BODY = "status-body"
STATUS_FACT = "status-fact"
MAP_BODY = "map-body"
MAP_FACT = "map-fact"
CHANGES_BODY = "changes-body"
CHANGES_FACT = "changes-fact"
UNITS_BODY = "units-body"
UNITS_FACT = "units-fact"
GRADES_TITLE = "grades-title"
GRADES_BODY = "grades-body"
GRADES_FACT = "grades-fact"
