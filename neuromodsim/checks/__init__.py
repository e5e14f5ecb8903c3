"""An experiment looked at as a whole, before anything is drawn or built."""
