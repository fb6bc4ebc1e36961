"""The use cases: what the bot does for people, and the only place that opens a transaction.

Every function that needs the running bot takes the `App` as its first argument.
"""
