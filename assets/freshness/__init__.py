"""How old what we know of a listing is: reminders, answers without a password, whom to ring."""
