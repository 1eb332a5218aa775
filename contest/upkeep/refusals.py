"""What a backup and its way back say no to."""

from __future__ import annotations

from contest.errors import N_, ContestError


class BackupRefused(ContestError):
    """Base of what keeps a backup from being made or read."""


class NothingToKeep(BackupRefused):
    message = N_("There are no rows here yet, so there is nothing to back up.")


class AlreadyThere(BackupRefused):
    """A backup never replaces a file."""

    message = N_("There is a file %(file)s already. Choose another name; no backup is written over another.")


class PassphraseTooShort(BackupRefused):
    message = N_("CONTEST_BACKUP_PASSPHRASE has fewer than %(least)s characters. Choose a longer one.")


class KeysInTheOpen(BackupRefused):
    message = N_("Keys are only taken along in an encrypted backup. Set CONTEST_BACKUP_PASSPHRASE.")


class NoRoom(BackupRefused):
    message = N_("There is no room for the backup at %(file)s. What was begun was removed.")


class FilesMoved(BackupRefused):
    """Files went with their rows while they were copied."""

    message = N_("Files were deleted while the backup was being made. Make it again.")


class NoBackup(BackupRefused):
    message = N_("%(file)s is no backup of this system.")


class PassphraseMissing(BackupRefused):
    message = N_("This backup is encrypted. Set CONTEST_BACKUP_PASSPHRASE to the passphrase it was made with.")


class PassphraseWrong(BackupRefused):
    message = N_("The backup does not open: the passphrase is another one, or the file was altered.")


class BackupAltered(BackupRefused):
    """:param place: of the archive"""

    message = N_("The backup was altered or damaged at %(place)s. Nothing was restored; take another one.")


class BackupIncomplete(BackupRefused):
    message = N_("The backup is not whole: its end is missing. Nothing was restored; take another one.")


class FilesWereMissing(BackupRefused):
    message = N_(
        "When the backup was made, %(count)s files were missing or damaged already. To restore it all the same, add "
        "--with-faults."
    )


class BackupTooNew(BackupRefused):
    message = N_(
        "The backup comes from a newer version of the system (step %(step)s). Install that version, then restore it."
    )


class NotEmpty(BackupRefused):
    message = N_(
        "There is something in this instance already. Restore into an empty one; or, to replace everything here, add "
        "--replace."
    )


class NotTheSame(BackupRefused):
    message = N_("The table %(table)s did not come out as it was backed up. Nothing was restored.")
