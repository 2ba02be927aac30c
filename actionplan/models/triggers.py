"""What the database itself refuses about the plan and its journals, also in bulk and raw SQL.

The sums of the money are in `triggers_money.py`.
"""

import pgtrigger

REFUSED = "USING ERRCODE = 'restrict_violation'"

LOCKED = """
    IF EXISTS (SELECT 1 FROM actionplan_budgetyear WHERE year = {year} AND locked_on IS NOT NULL) THEN
        RAISE EXCEPTION 'Das Haushaltsjahr % ist abgeschlossen.', {year} USING ERRCODE = 'restrict_violation';
    END IF;
"""

# Whoever writes about money takes hold of this first, in one order for all; in REPEATABLE READ the sums would be those
# from before the wait.
HOLD = f"""
    IF current_setting('transaction_isolation') = 'repeatable read' THEN
        RAISE EXCEPTION 'Gebucht wird mit READ COMMITTED oder SERIALIZABLE.' {REFUSED};
    END IF;
    PERFORM 1 FROM areas_publicstate WHERE id = 1 FOR NO KEY UPDATE;
"""

_ADDED = f"""
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) ->> 'recorded_by_id' IS NULL
        AND (to_jsonb(OLD) - 'recorded_by_id') IS NOT DISTINCT FROM (to_jsonb(NEW) - 'recorded_by_id') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Ein Journal wird nur ergänzt, nicht geändert (%).', TG_TABLE_NAME {REFUSED};
"""


def only_added() -> list[pgtrigger.Trigger]:
    """A journal: rows are added, never changed, deleted or emptied; only the person's name can be taken from them.

    What was wrong is taken back by a further row.
    """
    return [
        pgtrigger.Trigger(
            name="only_added", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_ADDED
        ),
        journals_are_not_emptied(),
    ]


def journals_are_not_emptied() -> pgtrigger.Trigger:
    """Refuse TRUNCATE of a journal or of earlier states, which asks no trigger on rows."""
    return pgtrigger.Trigger(
        name="never_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=f"RAISE EXCEPTION 'Ein Journal wird nicht geleert (%).', TG_TABLE_NAME {REFUSED};",
    )


# A quarter's published outline is drawn: it laps over the border of its area by some metres.
_INSIDE = f"""
    SELECT ST_Area(ST_Intersection(NEW.geometry, a.geometry)) / ST_Area(NEW.geometry) INTO inside
      FROM areas_area a WHERE a.id = NEW.area_id;
    IF inside < 0.9 THEN
        RAISE EXCEPTION 'Das Quartier „%“ liegt nur zu % Prozent in seinem Sozialraum.', NEW.name, round(inside * 100)
            {REFUSED};
    END IF;
    RETURN NEW;
"""  # noqa: S608 - nothing of it comes from outside


def lies_inside_its_area() -> pgtrigger.Trigger:
    """At least nine tenths of a quarter lie in its area."""
    return pgtrigger.Trigger(
        name="lies_inside_its_area",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Condition("NEW.geometry IS NOT NULL"),
        declare=[("inside", "double precision")],
        func=_INSIDE,
    )


def stays_where_it_is(*columns: str) -> pgtrigger.Trigger:
    """These columns decide about money that is booked already; they never change."""
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    return pgtrigger.Trigger(
        name="stays_where_it_is",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(changed),
        func=f"RAISE EXCEPTION 'Jahr, Topf und Projekt einer Buchung bleiben (%).', TG_TABLE_NAME {REFUSED};",
    )


def open_years_only(year: str, *, operation: pgtrigger.Operation = pgtrigger.Insert | pgtrigger.Delete, **more):
    """Refuse rows of a year that is locked; `year` is SQL with {row}. `more` goes to the trigger."""
    return pgtrigger.Trigger(
        name="open_years_only",
        when=pgtrigger.Before,
        operation=operation,
        declare=[("fund_year", "integer")],
        func=f"""
            {HOLD}
            IF TG_OP <> 'INSERT' THEN
                fund_year := ({year.format(row="OLD")});
                {LOCKED.format(year="fund_year")}
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            fund_year := ({year.format(row="NEW")});
            {LOCKED.format(year="fund_year")}
            RETURN NEW;
        """,
        **more,
    )


def closed_funds_stay_as_they_are(*columns: str) -> pgtrigger.Trigger:
    """In a locked year nobody changes what these columns of a fund say, because sums follow from them."""
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    return pgtrigger.Trigger(
        name="closed_funds_stay_as_they_are",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(changed),
        func=f"""
            {HOLD}
            {LOCKED.format(year="OLD.year")}
            RETURN NEW;
        """,
    )


def kind_of_closed_money_stays() -> pgtrigger.Trigger:
    """A funder with funds in a locked year keeps its kind: the sums by kind of funder follow from it."""
    return pgtrigger.Trigger(
        name="kind_of_closed_money_stays",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition("OLD.kind IS DISTINCT FROM NEW.kind"),
        declare=[("closed", "integer")],
        func=f"""
            {HOLD}
            SELECT max(f.year) INTO closed FROM actionplan_fund f JOIN actionplan_budgetyear y ON y.year = f.year
             WHERE f.funder_id = OLD.id AND y.locked_on IS NOT NULL;
            IF closed IS NOT NULL THEN
                RAISE EXCEPTION 'Die Art bleibt: Das Haushaltsjahr % mit Geld dieses Geldgebers ist abgeschlossen.',
                    closed {REFUSED};
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - nothing of it comes from outside
    )


# Drawn outlines of neighbours lap over each other by some metres.
_ALONE = f"""
    {HOLD}
    PERFORM 1 FROM areas_area WHERE id = NEW.area_id FOR NO KEY UPDATE;
    SELECT m.name INTO other
      FROM actionplan_actionarea m JOIN areas_area a ON a.id = m.area_id
      JOIN areas_area b ON b.id = NEW.area_id AND b.level_id = a.level_id AND b.code = a.code
     WHERE m.id <> NEW.id AND m.valid && NEW.valid
       AND (m.kind <> NEW.kind OR ST_Area(ST_Intersection(m.geometry, NEW.geometry))
                                  > 0.1 * LEAST(ST_Area(m.geometry), ST_Area(NEW.geometry)))
     ORDER BY m.id LIMIT 1;
    IF other IS NOT NULL THEN
        RAISE EXCEPTION 'In dieser Zeit gehört „%“ schon zum Plan: dasselbe Gebiet, ganz oder zum Teil.', other
            {REFUSED};
    END IF;
    RETURN NEW;
"""  # noqa: S608 - nothing of it comes from outside


def is_in_the_plan_once() -> pgtrigger.Trigger:
    """An area is as a whole in the plan or with quarters that do not overlap, not both at a time."""
    return pgtrigger.Trigger(
        name="is_in_the_plan_once",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("other", "text")],
        func=_ALONE,
    )


def divides_among_own_places() -> pgtrigger.Trigger:
    """Money is divided only among places of the project that gets it."""
    return pgtrigger.Trigger(
        name="divides_among_own_places",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM actionplan_allocation a JOIN actionplan_projectplace p ON p.project_id = a.project_id
                 WHERE a.id = NEW.allocation_id AND p.id = NEW.place_id
            ) THEN
                RAISE EXCEPTION 'Geteilt wird nur unter den Orten des Projekts.' {REFUSED};
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - nothing of it comes from outside
    )


def keeps_money_in_its_place(places: str, *columns: str) -> pgtrigger.Trigger:
    """These columns say where money fell; they stay once it did. `places` is a condition over `p` (places) and OLD."""
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    return pgtrigger.Trigger(
        name="keeps_money_in_its_place",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(changed),
        func=f"""
            {HOLD}
            IF EXISTS (
                SELECT 1 FROM actionplan_allocationshare s JOIN actionplan_projectplace p ON p.id = s.place_id
                 WHERE {places}
            ) THEN
                RAISE EXCEPTION 'Hierher ist Geld aufgeteilt: Der Ort bleibt; bitte einen weiteren eintragen.'
                    {REFUSED};
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - nothing of it comes from outside
    )
