"""What looks over all rooms for the reader: the front page, announcements, exemplars, help."""
