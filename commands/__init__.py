"""The commands of ``vanthu``: one module each, with a function of the same name that parses, calls, prints, exits."""
