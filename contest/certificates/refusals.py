"""What the issuing of certificates says no to."""

from __future__ import annotations

from contest.errors import N_, ContestError


class NothingDecided(ContestError):
    """Certificates copy the decision."""

    message = N_("There is no decision on the prizes yet. Certificates are made from its frozen copy.")


class NothingPrepared(ContestError):
    """Only numbered certificates can be drawn."""

    message = N_("The certificates have no register numbers yet. Prepare them first.")


class BehindDecision(ContestError):
    """What is drawn is what the decision in force says."""

    message = N_("The decision has changed since the certificates were prepared. Bring them in line with it first.")


class DrawnMeanwhile(ContestError):
    """Two drawings at once: the second would pack other files than those that are kept."""

    message = N_("Some of these certificates were drawn meanwhile. The drawing begins anew.")


class AlreadyPublic(ContestError):
    """A published certificate is a row and a file written once."""

    message = N_("The certificates are public, so they are not drawn again. Correct one by a new decision.")


class NotDrawn(ContestError):
    """There is no file yet."""

    message = N_("This file has not been drawn yet.")
    status = 404


class DrawingNow(ContestError):
    """What is being drawn is not changed under the pen."""

    message = N_("The certificates are being drawn right now. Wait until this is done.")


class TemplateChanged(ContestError):
    """Two people change one template; whoever saves second has not seen what the first one did."""

    message = N_(
        "%(by)s saved this template at %(at)s, after you opened it, so nothing was saved now. What you typed still "
        "stands here: open the template in another window, compare, and carry over what is missing."
    )


class TemplateTaken(ContestError):
    """Two templates for the same certificates would leave to chance which one draws them."""

    message = N_(
        "The template “%(name)s” is already for these certificates. Choose other prizes or copies, or retire it first."
    )
    field = "tiers"


class LeavesSheet(ContestError):
    """Words set so large that they go beyond the paper."""

    message = N_("“%(text)s” goes beyond the sheet. Make the letters smaller, or move the box.")


class NotGenuine(ContestError):
    """A code or a file that is not one of ours, or not in force."""

    message = N_("No certificate in force has this code.")


class FileAltered(ContestError):
    """A file that carries one of our codes but is not what was drawn."""

    message = N_("This file is not the one that was issued. Look up the code %(code)s and compare line by line.")


class FileUnknown(ContestError):
    """A file without any trace of us."""

    message = N_("This file is not a certificate of ours.")


class FileTooLong(ContestError):
    """A certificate is a small file."""

    message = N_("A certificate has at most %(limit)s MB. This file is longer, so it is not one that was issued here.")
    status = 413
    field = "file"


class NotPdf(ContestError):
    """Only a PDF can be compared."""

    message = N_("This is not a PDF. For a photograph or a scan of the paper, type the code that stands on it.")
    status = 422
    field = "file"


class NoKey(ContestError):
    """Nothing signs files here."""

    message = N_("No key signs files. Set CONTEST_SIGNATURE, or type: contest certificates key --self-signed")


class NoSuchKey(ContestError):
    """Only a key that was published can be withdrawn."""

    message = N_("No key with this id was ever published.")


class Ended(ContestError):
    """A certificate that was revoked or replaced."""

    message = N_("The certificate with the code %(code)s is no longer in force.")
