"""Addresses and numbers of people, in the one form in which they are compared."""

from __future__ import annotations

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from contest.accounts.refusals import BadEmail, BadPhone


def email_address(text: str) -> str:
    """Bring an e-mail address to the form that is compared and kept: small letters, domain as registered.

    Nothing is asked of the network: an address proves itself by answering the letter.

    :raise BadEmail: if it is none
    """
    try:
        return validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False).normalized.lower()
    except EmailNotValidError as error:
        raise BadEmail from error


def phone_number(text: str) -> str:
    """Bring a telephone number to E.164; without a country code it is Vietnamese.

    :return: "+84905123456", or nothing for nothing
    :raise BadPhone: if it cannot be dialled
    """
    if not text.strip():
        return ""
    try:
        number = phonenumbers.parse(text, "VN")
    except phonenumbers.NumberParseException as error:
        raise BadPhone from error
    if not phonenumbers.is_valid_number(number):
        raise BadPhone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def spoken_phone(number: str) -> str:
    """Write a number of E.164 as people write it: "0905 123 456", or with its country code abroad."""
    if not number:
        return ""
    parsed = phonenumbers.parse(number, None)
    national = parsed.country_code == phonenumbers.country_code_for_region("VN")
    form = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)
