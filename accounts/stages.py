"""Our part in allauth's steps of signing in."""

from typing import Any

from allauth.account.stages import LoginByCodeStage

from accounts import people


class CodeStage(LoginByCodeStage):
    """allauth's code by e-mail, sent to the person's own address only."""

    def handle(self) -> Any:
        person = self.login.user
        if person is not None:
            # Somebody made on the command line has no address with allauth yet. With one, the
            # code that they type confirms it too, and no second mail is needed.
            self.login.email = people.own_address(person).email
        return super().handle()
