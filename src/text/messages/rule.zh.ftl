# The catalogue's part `rule`.
