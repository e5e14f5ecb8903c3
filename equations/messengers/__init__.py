"""What a bound receptor sets going inside a cell: second messengers, kinases and their targets."""
