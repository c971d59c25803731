"""The story in the plain forms that several exports are drawn from: lines, words, counts, a network, names for files.

Nothing here knows a file format; exports, strangers to each other, meet here.
"""
