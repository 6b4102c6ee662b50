# The catalogue's part `help`.
