"""The code by e-mail that is the second step of a session which began with a password."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import record_authentication
from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest

from accounts import mails, people

STATE_KEY = "second_step_code"
MAX_ATTEMPTS = 3


class SecondStepCode(AbstractCodeVerificationProcess):
    """Kept in the session until it is used, wrong three times, or old."""

    def __init__(self, request: HttpRequest, state: dict[str, object]) -> None:
        self.request = request
        super().__init__(
            max_attempts=MAX_ATTEMPTS,
            timeout=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
            state=state,
            user=request.user,
        )

    @classmethod
    def begin(cls, request: HttpRequest) -> "SecondStepCode | None":
        """Sends a new code to the person's own address. None when they ask too often."""
        email = people.who(request).email
        if not ratelimit.consume(request, action="request_login_code", key=email):
            return None
        process = cls(request, cls.initial_state(request.user, email))
        process.send()
        process.persist()
        return process

    @classmethod
    def resume(cls, request: HttpRequest) -> "SecondStepCode | None":
        """The code this session waits for, if it is still good and went to this address."""
        state = request.session.get(STATE_KEY)
        if not state or state.get("email") != people.who(request).email:
            return None
        process: SecondStepCode | None = cls(request, state).abort_if_invalid()
        return process

    def send(self) -> None:
        self.state["code"] = get_adapter().generate_login_code()
        mails.send("second_step_code", str(self.state["email"]), {"code": self.state["code"]})

    def persist(self) -> None:
        self.request.session[STATE_KEY] = self.state

    def abort(self) -> None:
        self.request.session.pop(STATE_KEY, None)

    def finish(self) -> None:
        self.abort()
        record_authentication(
            self.request,
            self.request.user,
            method="code",
            email=self.state["email"],
            # So recent that an app or a passkey can be added without asking once more.
            reauthenticated=True,
        )
