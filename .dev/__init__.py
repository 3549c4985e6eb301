"""The tooling behind ``./dev``: one module per concern, standard library only."""
