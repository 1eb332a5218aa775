"""Winners confirm what is printed of them, say who is paid, and are paid."""
