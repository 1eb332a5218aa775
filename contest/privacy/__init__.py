"""The rights of the people whose data are kept: to see, to correct, to withdraw, to be erased; and for how long."""
