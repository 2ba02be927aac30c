"""Putting a row of the catalogue back to an earlier state; that is a change like any other, with its own history."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _


@transaction.atomic
def restore_row(*, event: models.Model) -> models.Model:
    """Give the row that `event` tells about the state it had before; a deleted one is made anew, where all is known.

    Raises `ValidationError` where that state is no longer possible, for example because a slug is taken.
    """
    model = event.pgh_tracked_model
    kept = {field.name for field in event._meta.fields}
    fields = [field for field in model._meta.concrete_fields if field.name in kept and not field.primary_key]
    row = model._default_manager.select_for_update(of=("self",)).filter(pk=event.pgh_obj_id).first()
    if row is None:
        if unknown := [f.verbose_name for f in model._meta.concrete_fields if f.name not in kept and not f.null]:
            raise ValidationError(_("Nicht mehr bekannt: %s") % ", ".join(str(name) for name in unknown))
        row = model(pk=event.pgh_obj_id)
    for field in fields:
        setattr(row, field.attname, getattr(event, field.attname))
    row.full_clean(exclude={f.name for f in model._meta.concrete_fields} - {f.name for f in fields})
    row.save()
    return row
