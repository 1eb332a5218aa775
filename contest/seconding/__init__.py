"""Acts that need a second person: asked for by one organizer, confirmed or declined by another one."""
