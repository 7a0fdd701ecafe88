"""What each kind of element does between being entered and being completed; `table` lists them all."""
