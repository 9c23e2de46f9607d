"""The errors that a person or a client can meet.

* JoinderError
  + NotFound           there is nothing here for this reader, whether or not it exists
  + Forbidden          the reader sees the item and may not do this with it
  + Conflict           somebody else was first
    - Crowded          the space has no room for another combination of markings
  + Invalid            what was sent is wrong, with the field
  + Unauthenticated    nobody is signed in
  + SecondStep         the password is right, and the account wants a one-time code as well
  + StepUp             the session must be confirmed by a strong sign-in first; nothing was done
  + Unavailable        nothing can be done now; nothing was done
    - Restarting       the graph is restarting
    - AuditUnavailable the audit log cannot be written, so no data leaves

Every class carries `code` (the GraphQL extension) and `status` (HTTP). The message is shown to people: it never holds a
value from the graph that the reader might not see.
"""

from typing import ClassVar


class JoinderError(Exception):
    """Base of everything that is told to a client by code; anything else is INTERNAL with a correlation id."""

    code: ClassVar[str] = "INTERNAL"
    status: ClassVar[int] = 500
    default: ClassVar[str] = "Something went wrong."

    def __init__(self, message: str | None = None) -> None:
        """Take the text that a person reads; without one, the fixed text of the class."""
        self.message = message or self.default
        super().__init__(self.message)


class NotFound(JoinderError):
    """The item is not there for this reader. The text is fixed: one answer for missing and for hidden."""

    code = "NOT_FOUND"
    status = 404
    default = "There is nothing here that you can open."

    def __init__(self) -> None:
        """Take nothing: a reason would tell missing from hidden."""
        super().__init__()


class Forbidden(JoinderError):
    """The reader sees the item and their role does not allow this; never used for an item they do not see."""

    code = "FORBIDDEN"
    status = 403
    default = "Your role in this space does not allow this."


class Conflict(JoinderError):
    """The item changed since the reader saw it. Nothing was written."""

    code = "CONFLICT"
    status = 409
    default = "Somebody changed this while you were working on it. Nothing is lost."


class Crowded(Conflict):
    """The space has as many combinations of markings as it can hold. Nothing was written."""

    default = "This space has as many combinations of markings as it can hold, so this was not done. Release what is not needed first."


class Invalid(JoinderError):
    """A value sent is wrong. `field` names it as the API does (`None` when it is the whole message)."""

    code = "INVALID"
    status = 400
    default = "This cannot be accepted as it is."

    def __init__(self, message: str | None = None, field: str | None = None) -> None:
        """Take the text and the field that it is about."""
        super().__init__(message)
        self.field = field


class TookTooLong(Invalid):
    """The graph broke the request off: it took longer than anything may."""

    default = "This took longer than anything may and was broken off. Ask for less at once, or try again in a moment."


class Unauthenticated(JoinderError):
    """There is no session, or it has ended."""

    code = "UNAUTHENTICATED"
    status = 401
    default = "Sign in to go on."


class SecondStep(JoinderError):
    """The password is right; without a code of the second factor nothing opens."""

    code = "SECOND_STEP"
    status = 401
    default = "Type the code that your authenticator app shows, or one of your recovery codes."


class StepUp(JoinderError):
    """The session is not one of a strong sign-in made a short while ago. Nothing was done, and the same request may succeed after one."""

    code = "STEP_UP"
    status = 403
    default = "This needs a strong sign-in, made a short while ago. Confirm that it is you."


class Unavailable(JoinderError):
    """Nothing was done, and the same request may succeed later."""

    status = 503


class Restarting(Unavailable):
    """The graph engine is starting."""

    code = "RESTARTING"
    default = "The graph is restarting. Your changes wait here."


class AuditUnavailable(Unavailable):
    """The audit log cannot be made durable; no data leaves until it can."""

    code = "INTERNAL"
    default = "The audit log cannot be written, so nothing is shown or changed. Tell your administrator."
