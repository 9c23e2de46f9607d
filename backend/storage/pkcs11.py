"""The key provider whose master keys never leave a PKCS#11 token: the token itself wraps and unwraps (AES key wrap, RFC 3394).

Key wrap has no associated data, so what the key is for is wrapped with it. Each call runs in a thread of its own and is given up
after a time: a token that hangs keeps nobody else waiting. Needs `python-pkcs11`, imported here alone.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar, cast

from backend.storage.key_file import KeyFileError, read_private
from backend.storage.wrapping import DAMAGED, IN_TOKEN, KEY_ID_SIZE, MasterKeyError, WrapError, head_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import pkcs11

    from backend.config import TokenSettings

TIMEOUT_S = 10.0
DIGEST_SIZE, BLOCK = 32, 8
LONGEST_SECRET = 255
NOT_INSTALLED = "JOINDER_PKCS11_MODULE: a token needs the package python-pkcs11, which is not installed. Install joinder[pkcs11]."
T = TypeVar("T")


class TokenError(MasterKeyError):
    """The token cannot be used. The text says why and what to do; nothing was changed."""


class Token:
    """The AES keys of one label in one token: see `KeyProvider` in masters.py. A key's CKA_ID is its id (8 bytes)."""

    name = "pkcs11"
    form = IN_TOKEN

    def __init__(self, settings: TokenSettings, timeout_s: float = TIMEOUT_S) -> None:
        """Take where the token is. Raises TokenError where python-pkcs11 is not installed."""
        self._settings = settings
        self._timeout_s = timeout_s
        self._lock = threading.Lock()
        self._stuck: Future[Any] | None = None
        self._session: pkcs11.Session | None = None
        self._found: dict[bytes, Any] = {}
        try:
            import pkcs11  # noqa: PLC0415 - an optional dependency
        except ImportError as error:
            raise TokenError(NOT_INSTALLED) from error
        self.p11 = pkcs11

    def make(self) -> TokenKey:
        """See KeyProvider. The key cannot be read out of the token."""
        p11, key_id = self.p11, secrets.token_bytes(KEY_ID_SIZE)
        kept = {p11.Attribute.SENSITIVE: True, p11.Attribute.EXTRACTABLE: False, p11.Attribute.PRIVATE: True}
        wraps = p11.MechanismFlag.WRAP | p11.MechanismFlag.UNWRAP

        def work(session: pkcs11.Session) -> None:
            session.generate_key(p11.KeyType.AES, 256, id=key_id, label=self._settings.key, store=True, capabilities=wraps, template=kept)

        self.call(work)
        return TokenKey(self, IN_TOKEN + key_id)

    def find(self, head: bytes) -> TokenKey:
        """See KeyProvider."""
        self.call(lambda session: self.key(session, head))
        return TokenKey(self, head)

    def destroy(self, head: bytes) -> None:
        """See KeyProvider."""

        def work(session: pkcs11.Session) -> None:
            for one in list(session.get_objects(self._named(head))):
                one.destroy()
            self._found.pop(head, None)

        self.call(work)

    def tidy(self, named: set[bytes]) -> None:
        """Remove nothing: another deployment may use the same label."""

    def key(self, session: pkcs11.Session, head: bytes) -> Any:  # noqa: ANN401 - the package's types do not tell what a key can do
        """Return the key of this head in the token. Raises TokenError."""
        if head in self._found:
            return self._found[head]
        found = list(session.get_objects(self._named(head)))
        if len(found) != 1:
            where = f"key {self._settings.key} with the id {head[1:].hex()}"
            message = f"The token {self._settings.token} holds {len(found) or 'no'} {where}. Put it back from the token's backup."
            raise TokenError(message)
        self._found[head] = found[0]
        return found[0]

    def _named(self, head: bytes) -> dict[pkcs11.Attribute, Any]:
        is_a = self.p11.Attribute
        return {is_a.CLASS: self.p11.ObjectClass.SECRET_KEY, is_a.LABEL: self._settings.key, is_a.ID: head[1:]}

    def call(self, work: Callable[[pkcs11.Session], T]) -> T:
        """Do something in the token, once more in a new session where the old one was lost. Raises TokenError."""
        if not self._lock.acquire(timeout=self._timeout_s):
            raise self._silent()
        try:
            if self._stuck and not self._stuck.done():
                raise self._silent()
            return self._in_time(lambda: self._tried(work))
        finally:
            self._lock.release()

    def _in_time(self, work: Callable[[], T]) -> T:
        answer: Future[T] = Future()
        threading.Thread(target=_run, args=(work, answer), daemon=True, name="token").start()
        try:
            return answer.result(self._timeout_s)
        except TimeoutError:
            self._stuck = answer
            raise self._silent() from None

    def _tried(self, work: Callable[[pkcs11.Session], T]) -> T:
        if self._session is not None:
            try:
                return work(self._session)
            except self.p11.PKCS11Error:
                self._session = None
        self._session, self._found = self._opened(), {}
        try:
            return work(self._session)
        except self.p11.PKCS11Error as error:
            message = f"The token {self._settings.token} refused ({type(error).__name__}). Nothing was changed. Look at the token's log."
            raise TokenError(message) from error

    def _opened(self) -> pkcs11.Session:
        p11, said = self.p11, self._settings
        try:
            token = p11.lib(str(said.module)).get_token(token_label=said.token)
            return self._signed_in(token)
        except (p11.PinIncorrect, p11.PinLocked, p11.PinInvalid, p11.PinLenRange) as error:
            message = f"The token {said.token} refuses the PIN in {said.pin_file} ({type(error).__name__}). It locks after a few tries."
            raise TokenError(message) from error
        except p11.NoSuchToken as error:
            message = f"JOINDER_PKCS11_TOKEN: there is no token {said.token} in {said.module}. Plug it in, or name another one."
            raise TokenError(message) from error
        except (p11.PKCS11Error, RuntimeError, OSError) as error:
            message = f"JOINDER_PKCS11_MODULE: {said.module} does not open the token {said.token} ({type(error).__name__}: {error})."
            raise TokenError(message) from error

    def _signed_in(self, token: pkcs11.Token) -> pkcs11.Session:
        try:
            return token.open(rw=True, user_pin=_pin(self._settings))
        except self.p11.UserAlreadyLoggedIn:  # a sign-in holds for the whole process
            return token.open(rw=True)

    def _silent(self) -> TokenError:
        message = f"The token {self._settings.token} has not answered within {self._timeout_s:g} seconds. Nothing was changed. Look at it."
        return TokenError(message)


class TokenKey:
    """One master key in a token: see `WrappingKey`."""

    def __init__(self, token: Token, head: bytes) -> None:
        """Take the token and the head of what the key wraps."""
        self._token = token
        self._p11: Any = token.p11
        self.head = head

    def wrap(self, key: bytes, purpose: str) -> bytes:
        """See WrappingKey: AES key wrap of digest of the purpose (32) ‖ size (1) ‖ key ‖ zeros up to a multiple of 8."""
        if len(key) > LONGEST_SECRET:
            message = "A token wraps at most 255 bytes."
            raise ValueError(message)
        plain = self._digest(purpose) + bytes([len(key)]) + key
        plain += bytes(-len(plain) % BLOCK)
        return self.head + self._token.call(lambda session: self._wrapped(session, plain))

    def unwrap(self, wrapped: bytes, purpose: str) -> bytes:
        """See WrappingKey. Raises TokenError too."""
        if head_of(wrapped) != self.head or len(wrapped) % BLOCK != 1:
            raise WrapError(DAMAGED)
        plain = self._token.call(lambda session: self._unwrapped(session, wrapped[len(self.head) :]))
        if not hmac.compare_digest(plain[:DIGEST_SIZE], self._digest(purpose)):
            raise WrapError(DAMAGED)
        return plain[DIGEST_SIZE + 1 : DIGEST_SIZE + 1 + plain[DIGEST_SIZE]]

    def _digest(self, purpose: str) -> bytes:
        return hashlib.sha256(self.head + purpose.encode()).digest()

    def _wrapped(self, session: pkcs11.Session, plain: bytes) -> bytes:
        p11 = self._p11
        key = self._token.key(session, self.head)
        held = session.create_object({**self._passing(), p11.Attribute.VALUE: plain})
        try:
            return cast("bytes", key.wrap_key(held, mechanism=p11.Mechanism.AES_KEY_WRAP))
        finally:
            held.destroy()

    def _unwrapped(self, session: pkcs11.Session, wrapped: bytes) -> bytes:
        p11 = self._p11
        key, kind = self._token.key(session, self.head), (p11.ObjectClass.SECRET_KEY, p11.KeyType.GENERIC_SECRET)
        try:
            held = key.unwrap_key(*kind, wrapped, mechanism=p11.Mechanism.AES_KEY_WRAP, template=self._passing())
        except (p11.GeneralError, p11.WrappedKeyInvalid, p11.WrappedKeyLenRange, p11.EncryptedDataInvalid) as error:
            self._wrapped(session, bytes(DIGEST_SIZE))  # a token that wraps is well: what it was given is not
            raise WrapError(DAMAGED) from error
        try:
            return cast("bytes", held[p11.Attribute.VALUE])
        finally:
            held.destroy()

    def _passing(self) -> dict[pkcs11.Attribute, Any]:
        """Return what an object is that lives for the length of one call."""
        p11 = self._p11
        kind = {p11.Attribute.CLASS: p11.ObjectClass.SECRET_KEY, p11.Attribute.KEY_TYPE: p11.KeyType.GENERIC_SECRET}
        return {**kind, p11.Attribute.TOKEN: False, p11.Attribute.SENSITIVE: False, p11.Attribute.EXTRACTABLE: True}


def _run(work: Callable[[], T], answer: Future[T]) -> None:
    """Do some work and hand over what came of it, whatever it is, to whoever may have given up waiting."""
    try:
        answer.set_result(work())
    except BaseException as error:  # noqa: BLE001 - the end of a thread: the caller raises it
        answer.set_exception(error)


def _pin(settings: TokenSettings) -> str:
    try:
        return read_private(settings.pin_file).rstrip("\n")
    except KeyFileError as error:
        message = f"JOINDER_PKCS11_PIN_FILE: {error}".replace("The key file", "the file")
        raise TokenError(message) from error
