"""One kind of file a module: bytes to `Document`s, or to the files inside.

`kinds` says what some bytes are. Only plain text is read in this process; all else is opened by
`worker`, the child that `edges.sandbox` keeps in bounds.
"""
