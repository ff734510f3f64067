"""The desk as passkeys know it: what it asks of them, and how it verifies what they answer.

Web Authentication Level 3, sections 7.1 and 7.2, by the library `webauthn`. A passkey belongs to
one host name, so a page under any other name can neither ask for it nor replay its answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, parse_client_data_json, structs

from portal.desk.address import Address
from portal.desk.challenges import LIFE
from portal.desk.credentials import Credential
from portal.errors import PasskeyRefused

NAME = "Portico"
_TRANSPORTS = {kind.value: kind for kind in structs.AuthenticatorTransport}
_TIMEOUT = int(LIFE.total_seconds() * 1000)  # milliseconds


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """A passkey whose making was verified.

    Attributes:
        id: In base64url.
        public_key: A COSE key, RFC 9053.
        sign_count: How often it says that it signed; always 0 for a synced one.
        transports: How browsers reach it; ways that are not known here are left out.
    """

    id: str
    public_key: bytes
    sign_count: int
    transports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownPasskey:
    """A passkey that may answer, or must not be made a second time."""

    id: str
    transports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Asks passkeys, and verifies their answers.

    Attributes:
        address: Where browsers find it.
    """

    address: Address

    @classmethod
    def at(cls, url: str) -> "RelyingParty":
        """Return the desk at an address as people type it."""
        return cls(Address.at(url))

    @property
    def origin(self) -> str:
        """Its address as browsers write it."""
        return self.address.origin

    @property
    def id(self) -> str:
        """The host name that passkeys belong to."""
        return self.address.host

    def creation(
        self, challenge: bytes, *, staff_id: str, name: str, known: Sequence[KnownPasskey]
    ) -> dict[str, Any]:
        """Return what the browser passes on to make a passkey that can be found without a name."""
        wanted = structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        )
        options = webauthn.generate_registration_options(
            rp_id=self.id,
            rp_name=NAME,
            user_name=name,
            user_id=staff_id.encode("ascii"),
            challenge=challenge,
            timeout=_TIMEOUT,
            attestation=structs.AttestationConveyancePreference.NONE,
            authenticator_selection=wanted,
            exclude_credentials=_described(known),
        )
        return webauthn.helpers.options_to_json_dict(options)

    def request(self, challenge: bytes, *, known: Sequence[KnownPasskey] = ()) -> dict[str, Any]:
        """Return what the browser passes on to get a signature; with nobody known, of anyone."""
        options = webauthn.generate_authentication_options(
            rp_id=self.id,
            challenge=challenge,
            timeout=_TIMEOUT,
            allow_credentials=_described(known),
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        )
        return webauthn.helpers.options_to_json_dict(options)

    def verify_new(self, credential: Credential, challenge: bytes) -> NewPasskey:
        """Verify that a passkey was made for this desk, just now, by somebody it recognised.

        Raises:
            PasskeyRefused: It was not, or it is of a kind that the library cannot verify.
        """
        try:
            self._require_own_page(credential)
            made = webauthn.verify_registration_response(
                credential=dict(credential.plain),
                expected_challenge=challenge,
                expected_rp_id=self.id,
                expected_origin=self.origin,
                require_user_verification=True,
            )
        except Exception as fault:  # a stranger wrote these bytes: whatever they break means no
            raise _refused() from fault
        return NewPasskey(
            bytes_to_base64url(made.credential_id),
            made.credential_public_key,
            made.sign_count,
            tuple(one for one in credential.plain["response"]["transports"] if one in _TRANSPORTS),
        )

    def verify(
        self, credential: Credential, challenge: bytes, *, public_key: bytes, staff_id: str
    ) -> int:
        """Verify a signature of somebody's passkey; return how often it says that it signed.

        Whether that number may be is for the caller to judge: the library would look at it before
        the signature, and a stranger could make it report a copied passkey.

        Raises:
            PasskeyRefused: The signature, the challenge, the address or the person is wrong.
        """
        try:
            self._require_own_page(credential)
            _require_owner(credential, staff_id)
            signed = webauthn.verify_authentication_response(
                credential=dict(credential.plain),
                expected_challenge=challenge,
                expected_rp_id=self.id,
                expected_origin=self.origin,
                credential_public_key=public_key,
                credential_current_sign_count=0,
                require_user_verification=True,
            )
        except Exception as fault:  # as above
            raise PasskeyRefused.plainly() from fault
        return signed.new_sign_count

    def _require_own_page(self, credential: Credential) -> None:
        """Refuse what was signed inside another site's frame; the library does not look at it."""
        data = base64url_to_bytes(credential.plain["response"]["clientDataJSON"])
        if parse_client_data_json(data).cross_origin:
            raise PasskeyRefused.plainly()


def _require_owner(credential: Credential, staff_id: str) -> None:
    """Refuse a passkey that names another person than the one whose key verifies it."""
    handle = credential.plain["response"].get("userHandle")
    if handle is not None and base64url_to_bytes(handle) != staff_id.encode("ascii"):
        raise PasskeyRefused.plainly()


def _described(known: Sequence[KnownPasskey]) -> list[structs.PublicKeyCredentialDescriptor]:
    return [
        structs.PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(one.id),
            transports=[_TRANSPORTS[name] for name in one.transports],
        )
        for one in known
    ]


def _refused() -> PasskeyRefused:
    return PasskeyRefused(
        "This passkey could not be verified, so it was not added.",
        hint="Try again; if it stays so, use another passkey or another browser.",
    )
