"""Does a database made at once by the squashed migrations equal one that took every step? (docs/house.md)"""
