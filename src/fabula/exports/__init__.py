"""What a story can be turned into: a script, a cast sheet, a list of what is said, of scenes, a summary.

Every export is a pure function of a `Story`: it reads no file, writes none, and needs no model.
"""
