"""The council in session: who is there, what is taken up, what is proposed and voted, and the minutes of all of it."""
