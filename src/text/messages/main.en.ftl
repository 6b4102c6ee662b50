# The catalogue's part `main`.
