"""What the database itself refuses about applications: a wrong order of steps, unfitting money, late changes."""

import pgtrigger

_REFUSED = "USING ERRCODE = 'restrict_violation'"

# The application is taken hold of first: of two clerks at once the second one meets the state of the first.
_MOVES = f"""
    SELECT state, amount, own_amount, allocation_id, received_on INTO before, asked, own, allocation, received
      FROM actionplan_application WHERE id = NEW.application_id FOR UPDATE;
    IF NOT (CASE NEW.kind
        WHEN 'received' THEN before = ''
        WHEN 'incomplete' THEN before IN ('received', 'incomplete')
        WHEN 'complete' THEN before IN ('received', 'incomplete')
        WHEN 'corrected' THEN before IN ('received', 'incomplete', 'complete', 'postponed')
        WHEN 'postponed' THEN before IN ('complete', 'postponed')
        WHEN 'refused' THEN before IN ('complete', 'postponed')
        WHEN 'approved' THEN before IN ('complete', 'postponed')
        WHEN 'letter' THEN before = 'approved'
        WHEN 'reported' THEN before = 'letter'
        WHEN 'closed' THEN before = 'reported'
        WHEN 'withdrawn' THEN before IN ('received', 'incomplete', 'complete', 'postponed', 'approved', 'letter')
        ELSE false
    END) THEN
        RAISE EXCEPTION 'Dieser Schritt folgt nicht auf den jetzigen Stand des Antrags.' {_REFUSED};
    END IF;
    IF NEW.kind IN ('approved', 'refused', 'postponed') THEN
        IF NEW.day < received THEN
            RAISE EXCEPTION 'Dieser Tag liegt vor dem Eingang des Antrags.' {_REFUSED};
        ELSIF NEW.day > current_date + 1 THEN
            RAISE EXCEPTION 'Dieser Tag liegt in der Zukunft.' {_REFUSED};
        END IF;
    END IF;
    IF NEW.kind = 'approved' AND NEW.votes_yes <= NEW.votes_no AND btrim(NEW.against_vote) = '' THEN
        RAISE EXCEPTION 'Die Projektkonferenz hat nicht mit Mehrheit zugestimmt (% Ja, % Nein): Die Begründung fehlt.',
            NEW.votes_yes, NEW.votes_no {_REFUSED};
    END IF;
    IF NEW.kind IN ('received', 'complete', 'corrected', 'approved') THEN
        SELECT COALESCE(sum(amount), 0) INTO costs FROM actionplan_costline WHERE application_id = NEW.application_id;
        IF costs <> asked + own THEN
            RAISE EXCEPTION 'Der Kostenplan ergibt % Euro; beantragt und eigene Mittel sind zusammen % Euro.',
                costs, asked + own {_REFUSED};
        END IF;
    END IF;
    IF NEW.kind = 'approved' THEN
        IF NEW.amount > asked THEN
            RAISE EXCEPTION 'Bewilligt wären % Euro, beantragt sind %.', NEW.amount, asked {_REFUSED};
        END IF;
        IF NOT EXISTS (
            SELECT 1 FROM actionplan_moneyentry e
              JOIN actionplan_allocation a ON a.id = e.allocation_id JOIN actionplan_fund f ON f.id = a.fund_id
             WHERE e.id = NEW.entry_id AND e.kind = 'approved' AND e.amount = NEW.amount
               AND a.id = allocation AND f.volume_is_known
        ) THEN
            RAISE EXCEPTION 'Zur Bewilligung gehört die Buchung aus einem Topf mit bekanntem Betrag.' {_REFUSED};
        END IF;
    END IF;
    IF NEW.kind IN ('reported', 'withdrawn') THEN
        SELECT COALESCE(sum(amount) FILTER (WHERE kind IN ('approved', 'revised')), 0),
               COALESCE(sum(amount) FILTER (WHERE kind = 'spent'), 0)
          INTO granted, spent FROM actionplan_moneyentry WHERE allocation_id = allocation;
        IF granted <> COALESCE(NEW.spent, 0) OR spent <> COALESCE(NEW.spent, 0) THEN
            RAISE EXCEPTION 'Die Buchungen (bewilligt % Euro, ausgezahlt %) passen nicht zu diesem Schritt.',
                granted, spent {_REFUSED};
        END IF;
    END IF;
    IF NEW.kind <> 'corrected' THEN
        UPDATE actionplan_application SET state = NEW.kind, deadline = NEW.deadline WHERE id = NEW.application_id;
    END IF;
    RETURN NEW;
"""  # noqa: S608 - nothing of it comes from outside

_NUMBERS = [(name, "numeric") for name in ("asked", "own", "costs", "granted", "spent")]


def moves_the_application_on() -> pgtrigger.Trigger:
    """A step that follows on the application's state and fits to its money sets it; any other is refused."""
    return pgtrigger.Trigger(
        name="moves_the_application_on",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("before", "text"), ("allocation", "bigint"), ("received", "date"), *_NUMBERS],
        func=_MOVES,
    )


_OPEN = "('', 'received', 'incomplete', 'complete', 'postponed')"
_STAYS = f"RAISE EXCEPTION 'Über diesen Antrag ist entschieden: Er wird nicht mehr geändert.' {_REFUSED};"


def stays_once_decided(*columns: str) -> pgtrigger.Trigger:
    """What was asked for can be corrected until the decision; what was decided about stays."""
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    return pgtrigger.Trigger(
        name="stays_once_decided",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(f"OLD.state NOT IN {_OPEN} AND ({changed})"),
        func=_STAYS,
    )


def costs_stay_once_decided() -> pgtrigger.Trigger:
    """The same for the lines of the cost plan."""
    return pgtrigger.Trigger(
        name="costs_stay_once_decided",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("now_state", "text"), ("whose", "bigint")],
        func=f"""
            whose := CASE WHEN TG_OP = 'DELETE' THEN OLD.application_id ELSE NEW.application_id END;
            SELECT state INTO now_state FROM actionplan_application WHERE id = whose FOR UPDATE;
            IF now_state NOT IN {_OPEN} THEN
                {_STAYS}
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,  # noqa: S608 - nothing of it comes from outside
    )
