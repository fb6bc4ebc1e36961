"""What staff write, from Markdown files to the `Library` the bot answers from.

`compile_content` reads the folder and lists every Problem; `write_content_db` makes `content.db` of it;
`Library.open` reads that, once, and never changes.
"""
