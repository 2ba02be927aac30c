"""What is planned for one project is at most what the whole fund has (docs/money.md)."""

import pgtrigger

from .triggers import REFUSED

# After `keeps_within_the_money`, which holds the fund. Carried amounts of parts count as they do there.
_PLANNED = f"""
    SELECT f.id, f.name, f.volume_is_known, f.foreseen INTO held
      FROM actionplan_allocation a JOIN actionplan_fund f ON f.id = a.fund_id WHERE a.id = NEW.allocation_id;
    IF NOT held.volume_is_known OR (held.foreseen IS NULL
        AND NOT EXISTS (SELECT 1 FROM actionplan_fundchange WHERE fund_id = held.id)
        AND NOT EXISTS (SELECT 1 FROM actionplan_carryover WHERE held.id IN (into_id, out_of_id))) THEN
        RETURN NULL;
    END IF;
    WITH RECURSIVE below AS (
        SELECT held.id AS id UNION SELECT f.id FROM actionplan_fund f JOIN below b ON f.part_of_id = b.id
    )
    SELECT COALESCE(held.foreseen, 0)
         + COALESCE((SELECT sum(amount) FROM actionplan_fundchange WHERE fund_id = held.id), 0.00)
         + COALESCE((SELECT sum(amount) FROM actionplan_carryover WHERE into_id IN (SELECT id FROM below)), 0)
         - COALESCE((SELECT sum(amount) FROM actionplan_carryover WHERE out_of_id IN (SELECT id FROM below)), 0)
      INTO holding;
    SELECT sum(amount) INTO planned
      FROM actionplan_moneyentry WHERE allocation_id = NEW.allocation_id AND kind = 'planned';
    IF planned > holding THEN
        RAISE EXCEPTION 'Geplant wären % Euro, im ganzen Topf „%“ sind %.', planned, held.name, holding {REFUSED};
    END IF;
    RETURN NULL;
"""  # noqa: S608 - nothing of it comes from outside


def plans_within_the_fund() -> pgtrigger.Trigger:
    """No project is planned to get more than its fund has or is foreseen to have; without an amount nothing limits.

    All plans of a fund together may be more: one plans more than can be approved.
    """
    return pgtrigger.Trigger(
        name="plans_within_the_fund",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Condition("NEW.kind = 'planned' AND NEW.amount > 0"),
        declare=[("held", "record"), ("holding", "numeric"), ("planned", "numeric")],
        func=_PLANNED,
    )
