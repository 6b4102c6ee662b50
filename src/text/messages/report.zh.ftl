# The catalogue's part `report`.
