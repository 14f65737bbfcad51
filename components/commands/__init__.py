"""What the commands do: each is given what was chosen and returns the exit status.

A command imports what it needs once it runs, so that the help is there at once.
"""
