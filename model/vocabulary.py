"""The words a world is written in: conviction levels, charges, equities, authorities, roles.

The order of each tuple is the order of the codes in the case columns.
"""

LEVELS = ("none", "immigration", "level-3", "level-2", "level-1", "national-security")
"""Conviction levels as ICE classes them: Level 1 an aggravated felony or two felonies; Level 2 any felony or
three misdemeanours; Level 3 up to two misdemeanours (Rabin 2014, fn 150)."""

CHARGES = ("none", "entry", "other-immigration", "criminal", "national-security", "miscellaneous")
"""What the charging document alleges, if there is one: entry without inspection, another immigration ground, a
criminal ground, national security, other (Rabin 2014, fn 166)."""

EQUITIES = (
    "caregiver",
    "citizen-family",
    "domestic-violence-victim",
    "trafficking-victim",
    "crime-victim",
    "childhood-arrival",
    "education",
    "military",
    "health",
    "pregnancy",
    "age",
    "long-residence",
    "community-ties",
)
"""The humanitarian factors of the June 2011 memos (Rabin 2014, fn 156-157)."""

DERIVED_EQUITIES = ("childhood-arrival", "age", "long-residence")
"""Equities that follow from a person's ages and are not drawn on their own."""

AUTHORITIES = ("regulatory", "economic", "soft")
"""Instruments of policy by their force: rules, incentives, information."""

ROLES = ("ICEOfficer", "USCISAdjudicator", "ImmigrationJudge")
"""The kinds of officer, each an agent class of `model.agents`."""

TERMS = ("culture", "equities", "severity", "metrics", "directive", "peers", "scrutiny")
"""The terms of the decision rule, in the order in which they are added."""
