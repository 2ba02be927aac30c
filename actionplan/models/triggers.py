"""What the database itself refuses about money, also in bulk and raw SQL.

Every journal row takes hold of its fund first, so two clerks who book at once are put one behind the other and the
second one sees what the first one has left (docs/money.md).
"""

import pgtrigger

_REFUSED = "USING ERRCODE = 'restrict_violation'"

_VOLUME = """
    SELECT COALESCE((SELECT sum(amount) FROM actionplan_fundchange WHERE fund_id = {fund}), 0)
         + COALESCE((SELECT sum(amount) FROM actionplan_carryover WHERE into_id = {fund}), 0)
         - COALESCE((SELECT sum(amount) FROM actionplan_carryover WHERE out_of_id = {fund}), 0)
      INTO volume;
    SELECT COALESCE(sum(e.amount), 0) INTO given
      FROM actionplan_moneyentry e JOIN actionplan_allocation a ON a.id = e.allocation_id
     WHERE a.fund_id = {fund} AND e.kind IN ('approved', 'revised');
"""

_LOCKED = """
    IF EXISTS (SELECT 1 FROM actionplan_budgetyear WHERE year = {year} AND locked_on IS NOT NULL) THEN
        RAISE EXCEPTION 'Das Haushaltsjahr % ist abgeschlossen.', {year} USING ERRCODE = 'restrict_violation';
    END IF;
"""

_ENTRY = f"""
    SELECT f.id, f.year, f.volume_is_known INTO fund, fund_year, limited
      FROM actionplan_allocation a JOIN actionplan_fund f ON f.id = a.fund_id
     WHERE a.id = NEW.allocation_id FOR UPDATE OF f;
    {_LOCKED.format(year="fund_year")}
    SELECT COALESCE(sum(amount) FILTER (WHERE kind = 'planned'), 0),
           COALESCE(sum(amount) FILTER (WHERE kind IN ('approved', 'revised')), 0),
           COALESCE(sum(amount) FILTER (WHERE kind = 'committed'), 0),
           COALESCE(sum(amount) FILTER (WHERE kind = 'spent'), 0)
      INTO planned, approved, committed, spent
      FROM actionplan_moneyentry WHERE allocation_id = NEW.allocation_id;
    CASE NEW.kind
        WHEN 'planned' THEN planned := planned + NEW.amount;
        WHEN 'committed' THEN committed := committed + NEW.amount;
        WHEN 'spent' THEN spent := spent + NEW.amount;
        ELSE approved := approved + NEW.amount;
    END CASE;
    IF LEAST(planned, approved, committed, spent) < 0 THEN
        RAISE EXCEPTION 'Mehr zurückgenommen als gebucht war (% Euro).', NEW.amount {_REFUSED};
    END IF;
    IF spent > approved THEN
        RAISE EXCEPTION 'Ausgezahlt wären % Euro, bewilligt sind %.', spent, approved {_REFUSED};
    END IF;
    IF committed > approved THEN
        RAISE EXCEPTION 'Gebunden wären % Euro, bewilligt sind %.', committed, approved {_REFUSED};
    END IF;
    IF limited AND NEW.kind IN ('approved', 'revised') THEN
        {_VOLUME.format(fund="fund")}
        IF given + NEW.amount > volume THEN
            RAISE EXCEPTION 'Bewilligt wären % Euro, im Topf sind %.', given + NEW.amount, volume {_REFUSED};
        END IF;
    END IF;
    RETURN NEW;
"""  # noqa: S608 - nothing of it comes from outside

_CHANGE = f"""
    SELECT year, volume_is_known INTO fund_year, limited FROM actionplan_fund WHERE id = NEW.fund_id FOR UPDATE;
    {_LOCKED.format(year="fund_year")}
    IF NOT limited THEN
        RAISE EXCEPTION 'Von diesem Topf ist kein Betrag bekannt, also ändert sich auch keiner.' {_REFUSED};
    END IF;
    {_VOLUME.format(fund="NEW.fund_id")}
    IF volume + NEW.amount < given THEN
        RAISE EXCEPTION 'Im Topf wären % Euro, bewilligt sind schon %.', volume + NEW.amount, given {_REFUSED};
    END IF;
    RETURN NEW;
"""  # noqa: S608 - nothing of it comes from outside

# Both funds in the order of their keys, so that two opposite carry-overs cannot wait for each other for ever.
_CARRIED = f"""
    PERFORM 1 FROM actionplan_fund WHERE id IN (NEW.out_of_id, NEW.into_id) ORDER BY id FOR UPDATE;
    SELECT year, volume_is_known INTO fund_year, limited FROM actionplan_fund WHERE id = NEW.out_of_id;
    SELECT year, volume_is_known INTO later_year, later_limited FROM actionplan_fund WHERE id = NEW.into_id;
    {_LOCKED.format(year="fund_year")}
    {_LOCKED.format(year="later_year")}
    IF later_year <= fund_year THEN
        RAISE EXCEPTION 'Übertragen wird in ein späteres Jahr, nicht von % nach %.', fund_year, later_year {_REFUSED};
    END IF;
    IF NOT limited OR NOT later_limited THEN
        RAISE EXCEPTION 'Übertragen wird nur zwischen Töpfen mit bekanntem Betrag.' {_REFUSED};
    END IF;
    {_VOLUME.format(fund="NEW.out_of_id")}
    IF volume - given < NEW.amount THEN
        RAISE EXCEPTION 'Übertragen würden % Euro, frei sind %.', NEW.amount, volume - given {_REFUSED};
    END IF;
    RETURN NEW;
"""  # noqa: S608 - nothing of it comes from outside

_NUMBERS = [(name, "numeric") for name in ("planned", "approved", "committed", "spent", "volume", "given")]


def _before_insert(name: str, func: str, *declared: tuple[str, str]) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[*_NUMBERS, ("fund_year", "integer"), ("limited", "boolean"), *declared],
        func=func,
    )


def keeps_within_the_money() -> list[pgtrigger.Trigger]:
    """A money entry fits into what is approved, what is in the fund, and an open year."""
    return [_before_insert("keeps_within_the_money", _ENTRY, ("fund", "bigint"))]


def leaves_what_was_given() -> list[pgtrigger.Trigger]:
    """A change of a fund leaves at least what was approved from it."""
    return [_before_insert("leaves_what_was_given", _CHANGE)]


def carries_what_is_free() -> list[pgtrigger.Trigger]:
    """Only what is free in an open year is carried over into a later open year."""
    return [_before_insert("carries_what_is_free", _CARRIED, ("later_year", "integer"), ("later_limited", "boolean"))]


_ADDED = f"""
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) ->> 'recorded_by_id' IS NULL
        AND (to_jsonb(OLD) - 'recorded_by_id') IS NOT DISTINCT FROM (to_jsonb(NEW) - 'recorded_by_id') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Ein Journal wird nur ergänzt, nicht geändert (%).', TG_TABLE_NAME {_REFUSED};
"""


def only_added() -> list[pgtrigger.Trigger]:
    """A journal: rows are added, never changed or deleted; only the person's name can be taken from them.

    What was wrong is taken back by a further row.
    """
    return [
        pgtrigger.Trigger(
            name="only_added", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=_ADDED
        )
    ]


# A quarter's published outline is drawn: it laps over the border of its area by some metres.
_INSIDE = f"""
    SELECT ST_Area(ST_Intersection(NEW.geometry, a.geometry)) / ST_Area(NEW.geometry) INTO inside
      FROM areas_area a WHERE a.id = NEW.area_id;
    IF inside < 0.9 THEN
        RAISE EXCEPTION 'Das Quartier „%“ liegt nur zu % Prozent in seinem Sozialraum.', NEW.name, round(inside * 100)
            {_REFUSED};
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
        func=f"RAISE EXCEPTION 'Jahr, Topf und Projekt einer Buchung bleiben (%).', TG_TABLE_NAME {_REFUSED};",
    )


def open_years_only(year: str) -> pgtrigger.Trigger:
    """Refuse new rows for a year that is locked; `year` is SQL over NEW."""
    return pgtrigger.Trigger(
        name="open_years_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("fund_year", "integer")],
        func=f"fund_year := ({year}); {_LOCKED.format(year='fund_year')} RETURN NEW;",
    )
