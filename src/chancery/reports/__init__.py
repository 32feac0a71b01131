"""What leaves the program on paper or as a table: documents, registers and lists, from frozen data.

This area reads everything and changes nothing. A document says no more than the data it is given: the
caller gathers it, words of the place included, and the same data gives the same bytes. What more than one
door hands out is gathered in ``gathered``.
"""
