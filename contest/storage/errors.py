"""What can be wrong with a file somebody sends us."""

from contest.errors import N_, ContestError


class FileRefused(ContestError):
    """A file we do not take in; the sentence says why and what to do."""

    message = N_("This file cannot be taken in. Choose another file.")
    status = 422


class FileEmpty(FileRefused):
    message = N_("The file is empty. Choose the file again.")


class FileTooLarge(FileRefused):
    """:param limit: whole megabytes"""

    message = N_("The file is larger than %(limit)s MB. Export it again at a smaller size, then choose it.")


class FileKindUnknown(FileRefused):
    message = N_("This kind of file is not accepted. Send a PDF, an image, audio, video or a DOCX document.")


class FileKindRefused(FileRefused):
    """:param found, expected: names of kinds in the words of the page"""

    message = N_("This file is %(found)s by its content, but here we need %(expected)s.")


class FileBroken(FileRefused):
    message = N_("The file cannot be opened; it may be damaged or incomplete. Export it again, then choose it.")


class FileLocked(FileRefused):
    message = N_("The file is protected by a password. Remove the password, then choose the file again.")


class FileTooComplicated(FileRefused):
    message = N_("The file is too complicated to be opened safely. Export it again in a simpler form, then choose it.")


class ImageTooManyPixels(FileRefused):
    """:param limit: millions of pixels"""

    message = N_("The image has more than %(limit)s million pixels. Reduce it, then choose it again.")


class MacrosInside(FileRefused):
    message = N_("The document contains macros. Save it as a plain DOCX document, then choose it again.")


class StorageFull(ContestError):
    message = N_("The server has no room for this file right now. Nothing was lost; try again in a few minutes.")
    status = 507


class StoreUnreachable(ContestError):
    """The place where files are kept does not answer, cannot be written, or did not give back what it was given."""

    message = N_("The store of files cannot be reached right now. Nothing was taken in; try again in a few minutes.")
    status = 503


class FileUnreadable(ContestError):
    """The row is there but the bytes are not what was stored: an incident for the operator, not a download."""

    message = N_("This file cannot be read from the store right now. Please tell the secretariat.")
    status = 503


class FileNotChecked(ContestError):
    """The virus scanner has not looked at the file yet; until it has, nobody is given it."""

    message = N_("This file has not been checked for viruses yet, so nobody may open it. Try again in a few minutes.")
    status = 409


class FileInfected(ContestError):
    """The virus scanner has found something: the bytes are kept and given to nobody."""

    message = N_("A virus was found in this file, so nobody may open it. Its sender is asked for a clean one.")
    status = 409


class ParserFailed(Exception):
    """The limited process was stopped or died while reading a file."""
