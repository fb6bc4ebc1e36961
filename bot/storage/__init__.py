"""What must survive a stop: plain SQL on SQLite or PostgreSQL, one function per statement or two.

Every function takes the `Connection` of a running transaction as its first argument; `bot.services` opens those.
"""
