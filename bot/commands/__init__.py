"""The commands of `hiwar`, a module for each group; `bot.cli` gathers them."""
