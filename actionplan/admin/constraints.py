"""Forms whose model has exclusion constraints with a condition."""


class SkipsUndecidable:
    """Leaves out constraints whose condition cannot be decided, because a field that it reads has an error.

    Django 5.2 leaves a constraint out only when its expressions read such a field; for its condition it raises
    `FieldError`. `decides` names the condition's field, `then_leave_out` one of the constraint's expressions.
    """

    decides = ""
    then_leave_out = ""

    def _get_validation_exclusions(self):
        excluded = super()._get_validation_exclusions()
        return excluded | {self.then_leave_out} if self.decides in excluded else excluded
