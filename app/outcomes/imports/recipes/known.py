"""Recipes for published files that are known by their headings. Pure."""

from app.outcomes.imports.recipes.recipe import Recipe
from app.outcomes.imports.rows import ColumnMapping

# NHS England, A&E Attendances and Emergency Admissions, monthly CSV. What it publishes as the share of all
# types within 4 hours counts booked appointments too: 74.8% in April 2025, 75.4% in May 2025. Without them it
# would be 74.1% and 74.8%. Its last row, TOTAL, is the sum of all others.
AE_MONTHLY = (
    "Period",
    "Org Code",
    "Org name",
    "A&E attendances Type 1",
    "A&E attendances Type 2",
    "A&E attendances Other A&E Department",
    "A&E attendances Booked Appointments Type 1",
    "A&E attendances Booked Appointments Type 2",
    "A&E attendances Booked Appointments Other Department",
    "Attendances over 4hrs Type 1",
    "Attendances over 4hrs Type 2",
    "Attendances over 4hrs Other Department",
    "Attendances over 4hrs Booked Appointments Type 1",
    "Attendances over 4hrs Booked Appointments Type 2",
    "Attendances over 4hrs Booked Appointments Other Department",
)
KNOWN = (
    Recipe(
        "NHS England A&E monthly: within 4 hours, all types",
        AE_MONTHLY,
        ColumnMapping(
            "rows",
            take="ratio_complement",
            firsts=tuple(range(9, 15)),
            seconds=tuple(range(3, 9)),
            period_at=0,
            place_at=1,
        ),
    ),
    Recipe(
        "NHS England A&E monthly: within 4 hours, type 1",
        AE_MONTHLY,
        ColumnMapping(
            "rows",
            take="ratio_complement",
            firsts=(9, 12),
            seconds=(3, 6),
            period_at=0,
            place_at=1,
        ),
    ),
)
