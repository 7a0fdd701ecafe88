"""A real language model on this machine, small enough to ship in a package, to prove the protocol with."""
