"""The words a world is written in: conviction levels, charges, equities, authorities, roles.

The order of each tuple is the order of the codes in the case columns.
"""

LEVELS = ("none", "immigration", "level-3", "level-2", "level-1", "national-security")
"""Conviction levels as ICE classes them: Level 1 an aggravated felony or two felonies; Level 2 any felony or
three misdemeanours; Level 3 up to two misdemeanours (Rabin 2014, fn 150)."""

CHARGES = (
    "none",
    "entry",
    "other-immigration",
    "criminal",
    "national-security",
    "miscellaneous",
    "re-entry",
    "smuggling",
    "drugs",
    "assault",
)
"""What the charging document alleges, if there is one: entry without inspection, another immigration ground, a
criminal ground, national security, other (Rabin 2014, fn 166); at the border also re-entry after a removal,
smuggling of people, drugs, assault."""

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
    "young-child",
    "language",
    "sole-parent",
)
"""The humanitarian factors of the June 2011 memos (Rabin 2014, fn 156-157); and those that a prosecutor weighs of a
parent at the border: a child under five, a language that nobody serves, no other parent along (OIG 21-028, The 2017
El Paso Initiative)."""

OWN_AGE_EQUITIES = ("childhood-arrival", "age", "long-residence")
DERIVED_EQUITIES = (*OWN_AGE_EQUITIES, "young-child")
"""Equities that follow from a person's own ages, or from a child's, and are not drawn on their own."""

YOUNG = 5
"""A child below this age makes the equity of a young child (OIG 21-028, email of 4 May 2018)."""

CIRCUMSTANCES = ("doubtful-tie", "aggravated", "linked", "contagious")
"""What else is true of a case at the border: the family tie is not established; circumstances that the memo of April
2017 calls aggravating; the records of parent and child are linked; a disease that keeps the person in quarantine."""

AUTHORITIES = ("regulatory", "economic", "soft")
"""Instruments of policy by their force: rules, incentives, information."""

ROLES = (
    "ICEOfficer",
    "USCISAdjudicator",
    "ImmigrationJudge",
    "BorderPatrolAgent",
    "AUSA",
    "MagistrateJudge",
    "CaseManager",
)
"""The kinds of officer, each an agent class of `model.agents`."""
