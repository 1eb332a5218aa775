"""People, what they may do in a contest, the newsrooms they write for, and how they prove who they are."""
