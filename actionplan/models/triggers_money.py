"""What the database itself refuses about money, also in bulk and raw SQL (docs/money.md).

Every check looks at the sums of every day from the new row's day on, so the rules hold on any day one asks for.
Whoever books takes hold of the public state, as every change that readers see does at its end, and then of the fund
with all that it is contained in. Two clerks are so put one behind the other, always in the same order, and the second
one sees what the first one has left.
"""

import pgtrigger

from .triggers import HOLD, LOCKED, REFUSED

# Funds and all that they are contained in, wholes of wholes too.
_UP = """
    WITH RECURSIVE up AS (
        SELECT id, part_of_id FROM actionplan_fund WHERE id IN ({funds})
        UNION SELECT f.id, f.part_of_id FROM actionplan_fund f JOIN up ON f.id = up.part_of_id
    ) SELECT id FROM up
"""

_HOLD_FUNDS = f"""
    {HOLD}
    PERFORM 1 FROM actionplan_fund WHERE id IN ({_UP}) ORDER BY id FOR NO KEY UPDATE;
"""

# What a fund holds, what was approved from it, and what its parts hold, day by day. What is carried out of a part
# leaves the whole as well, and what is carried into a part enters it; so nothing counts in two years.
# `below`: the fund with everything it contains; `part`: which of its parts that belongs to (parts without a known
# amount are seen through).
_DAYS = """
    WITH RECURSIVE below AS (
        SELECT held.id AS id, NULL::bigint AS part
        UNION ALL
        SELECT f.id, COALESCE(b.part, CASE WHEN f.volume_is_known THEN f.id END)
          FROM actionplan_fund f JOIN below b ON f.part_of_id = b.id
    ), moves AS (
        SELECT c.day, c.amount AS comes, 0.00 AS goes, 0.00 AS parted
          FROM actionplan_fundchange c WHERE c.fund_id = held.id
        UNION ALL
        SELECT c.day, 0, 0, c.amount FROM actionplan_fundchange c JOIN below b ON b.id = c.fund_id AND b.part = b.id
        UNION ALL
        SELECT c.day, c.amount, 0, CASE WHEN b.part IS NULL THEN 0 ELSE c.amount END
          FROM actionplan_carryover c JOIN below b ON b.id = c.into_id
        UNION ALL
        SELECT c.day, -c.amount, 0, CASE WHEN b.part IS NULL THEN 0 ELSE -c.amount END
          FROM actionplan_carryover c JOIN below b ON b.id = c.out_of_id
        UNION ALL
        SELECT e.day, 0, e.amount, 0
          FROM actionplan_moneyentry e JOIN actionplan_allocation a ON a.id = e.allocation_id
          JOIN below b ON b.id = a.fund_id
         WHERE e.kind IN ('approved', 'revised')
    ), by_day AS (
        SELECT GREATEST(m.day, NEW.day) AS day, sum(comes) AS comes, sum(goes) AS goes, sum(parted) AS parted
          FROM moves m GROUP BY 1
    ), running AS (
        SELECT d.day, lead(d.day) OVER w IS NULL AS is_last,
               sum(comes) OVER w AS comes, sum(goes) OVER w AS goes, sum(parted) OVER w AS parted
          FROM by_day d WINDOW w AS (ORDER BY d.day)
    )
"""

# Sets `held` (the fund), `holding`, `given`, `inside` and `told` (a day other than the last one) where it is too much.
_TOO_MUCH = f"""
    FOR held IN
        SELECT f.id, f.name FROM actionplan_fund f WHERE f.volume_is_known AND f.id IN ({_UP}) ORDER BY f.id
    LOOP
        {_DAYS}
        SELECT r.comes, r.goes, r.parted, CASE WHEN r.is_last THEN '' ELSE to_char(r.day, '" am "DD.MM.YYYY') END
          INTO holding, given, inside, told
          FROM running r WHERE r.goes > r.comes OR r.parted > r.comes ORDER BY r.day DESC LIMIT 1;
        too_much := FOUND;
        EXIT WHEN too_much;
    END LOOP;
"""  # noqa: S608 - nothing of it comes from outside

_ENTRY = f"""
    SELECT f.id, f.year INTO fund, fund_year
      FROM actionplan_allocation a JOIN actionplan_fund f ON f.id = a.fund_id WHERE a.id = NEW.allocation_id;
    {_HOLD_FUNDS.format(funds="fund")}
    {LOCKED.format(year="fund_year")}
    IF NEW.kind <> 'planned' AND NEW.day > current_date + 1 THEN
        RAISE EXCEPTION 'Der Tag (%) kommt erst noch: Bis dahin ist nur geplant.', to_char(NEW.day, 'DD.MM.YYYY')
            {REFUSED};
    END IF;
    SELECT r.planned, r.approved, r.committed, r.spent,
           CASE WHEN r.is_last THEN '' ELSE to_char(r.day, '" am "DD.MM.YYYY') END
      INTO planned, approved, committed, spent, told
      FROM (
        SELECT d.day, lead(d.day) OVER w IS NULL AS is_last, sum(d.planned) OVER w AS planned,
               sum(d.approved) OVER w AS approved, sum(d.committed) OVER w AS committed, sum(d.spent) OVER w AS spent
          FROM (
            SELECT GREATEST(e.day, NEW.day) AS day,
                   COALESCE(sum(e.amount) FILTER (WHERE e.kind = 'planned'), 0.00) AS planned,
                   COALESCE(sum(e.amount) FILTER (WHERE e.kind IN ('approved', 'revised')), 0.00) AS approved,
                   COALESCE(sum(e.amount) FILTER (WHERE e.kind = 'committed'), 0.00) AS committed,
                   COALESCE(sum(e.amount) FILTER (WHERE e.kind = 'spent'), 0.00) AS spent
              FROM actionplan_moneyentry e WHERE e.allocation_id = NEW.allocation_id GROUP BY 1
          ) d WINDOW w AS (ORDER BY d.day)
      ) r
     WHERE LEAST(r.planned, r.approved, r.committed, r.spent) < 0 OR GREATEST(r.committed, r.spent) > r.approved
     ORDER BY r.day DESC LIMIT 1;
    IF LEAST(planned, approved, committed, spent) < 0 THEN
        RAISE EXCEPTION 'Mehr zurückgenommen als% gebucht war (% Euro).', told, NEW.amount {REFUSED};
    END IF;
    IF spent > approved THEN
        RAISE EXCEPTION 'Ausgezahlt wären% % Euro, bewilligt sind %.', told, spent, approved {REFUSED};
    END IF;
    IF committed > approved THEN
        RAISE EXCEPTION 'Gebunden wären% % Euro, bewilligt sind %.', told, committed, approved {REFUSED};
    END IF;
    IF NEW.kind IN ('approved', 'revised') AND NEW.amount > 0 THEN
        {_TOO_MUCH.format(funds="fund")}
        IF too_much AND held.id = fund THEN
            RAISE EXCEPTION 'Bewilligt wären% % Euro, im Topf sind %.', told, given, holding {REFUSED};
        ELSIF too_much THEN
            RAISE EXCEPTION 'Bewilligt wären% aus „%“ mit seinen Teilen % Euro, im Ganzen sind %.',
                told, held.name, given, holding {REFUSED};
        END IF;
    END IF;
    RETURN NULL;
"""  # noqa: S608 - nothing of it comes from outside

_CHANGE = f"""
    {_HOLD_FUNDS.format(funds="NEW.fund_id")}
    SELECT year, volume_is_known INTO fund_year, limited FROM actionplan_fund WHERE id = NEW.fund_id;
    {LOCKED.format(year="fund_year")}
    IF NOT limited THEN
        RAISE EXCEPTION 'Von diesem Topf ist kein Betrag bekannt, also ändert sich auch keiner.' {REFUSED};
    END IF;
    {_TOO_MUCH.format(funds="NEW.fund_id")}
    IF too_much AND held.id <> NEW.fund_id THEN
        RAISE EXCEPTION 'Die Teile von „%“ wären% zusammen % Euro, im Ganzen sind %.',
            held.name, told, inside, holding {REFUSED};
    ELSIF too_much AND given > holding THEN
        RAISE EXCEPTION 'Im Topf wären% % Euro, bewilligt sind schon %.', told, holding, given {REFUSED};
    ELSIF too_much THEN
        RAISE EXCEPTION 'Im Topf wären% % Euro, seine Teile sind zusammen %.', told, holding, inside {REFUSED};
    END IF;
    RETURN NULL;
"""  # noqa: S608 - nothing of it comes from outside

_CARRIED = f"""
    {_HOLD_FUNDS.format(funds="NEW.out_of_id, NEW.into_id")}
    SELECT year, volume_is_known INTO fund_year, limited FROM actionplan_fund WHERE id = NEW.out_of_id;
    SELECT year, volume_is_known INTO later_year, later_limited FROM actionplan_fund WHERE id = NEW.into_id;
    {LOCKED.format(year="fund_year")}
    {LOCKED.format(year="later_year")}
    IF later_year <= fund_year THEN
        RAISE EXCEPTION 'Übertragen wird in ein späteres Jahr, nicht von % nach %.', fund_year, later_year {REFUSED};
    END IF;
    IF NOT limited OR NOT later_limited THEN
        RAISE EXCEPTION 'Übertragen wird nur zwischen Töpfen mit bekanntem Betrag.' {REFUSED};
    END IF;
    {_TOO_MUCH.format(funds="NEW.out_of_id")}
    IF too_much THEN
        holding := holding + NEW.amount - GREATEST(given, inside);
        IF held.id <> NEW.out_of_id THEN
            told := ' in „' || held.name || '“' || told;
        END IF;
        RAISE EXCEPTION 'Übertragen würden % Euro, frei sind% %.', NEW.amount, told, holding {REFUSED};
    END IF;
    RETURN NULL;
"""  # noqa: S608 - nothing of it comes from outside

_NUMBERS = ("planned", "approved", "committed", "spent", "holding", "given", "inside")
_DECLARED = [
    *((name, "numeric") for name in _NUMBERS),
    *(("held", "record"), ("told", "text"), ("too_much", "boolean"), ("fund_year", "integer"), ("limited", "boolean")),
]


def _after_insert(name: str, func: str, *declared: tuple[str, str]) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        declare=[*_DECLARED, *declared],
        func=func,
    )


def keeps_within_the_money() -> list[pgtrigger.Trigger]:
    """A money entry fits into what is approved, what is in the fund and all it is contained in, and an open year."""
    return [_after_insert("keeps_within_the_money", _ENTRY, ("fund", "bigint"))]


def leaves_what_was_given() -> list[pgtrigger.Trigger]:
    """A change of a fund leaves what was approved from it and what its parts hold, and fits into the whole."""
    return [_after_insert("leaves_what_was_given", _CHANGE)]


def carries_what_is_free() -> list[pgtrigger.Trigger]:
    """Only what is free in an open year is carried over into a later open year."""
    return [_after_insert("carries_what_is_free", _CARRIED, ("later_year", "integer"), ("later_limited", "boolean"))]


_PART = f"""
    {HOLD}
    SELECT year INTO whole_year FROM actionplan_fund WHERE id = NEW.part_of_id;
    IF whole_year IS NULL THEN
        RAISE EXCEPTION 'Den Topf, in dem „%“ enthalten sein soll, gibt es noch nicht.', NEW.name {REFUSED};
    ELSIF whole_year <> NEW.year THEN
        RAISE EXCEPTION 'Ein Topf von % kann nicht in einem von % enthalten sein.', NEW.year, whole_year {REFUSED};
    END IF;
    RETURN NEW;
"""  # noqa: S608 - nothing of it comes from outside


def is_part_of_its_own_year() -> pgtrigger.Trigger:
    """A fund is contained in one of the same year that is there already; so there are no circles."""
    return pgtrigger.Trigger(
        name="is_part_of_its_own_year",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Condition("NEW.part_of_id IS NOT NULL"),
        declare=[("whole_year", "integer")],
        func=_PART,
    )


_CLOSES = f"""
    {HOLD}
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'Ein Haushaltsjahr wird nicht gelöscht, nur wieder geöffnet (%).', OLD.year {REFUSED};
    ELSIF TG_OP = 'UPDATE' AND NEW.year <> OLD.year THEN
        RAISE EXCEPTION 'Aus dem Haushaltsjahr % wird kein anderes.', OLD.year {REFUSED};
    END IF;
    PERFORM 1 FROM actionplan_fund WHERE year = NEW.year ORDER BY id FOR NO KEY UPDATE;
    RETURN NEW;
"""


def waits_for_who_books() -> pgtrigger.Trigger:
    """A year is closed or opened when those who book in it at this moment are done; it is never deleted."""
    return pgtrigger.Trigger(
        name="waits_for_who_books",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_CLOSES,
    )
