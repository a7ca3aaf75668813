"""Whether anything that pages show was written since: a number per topic, raised by the database
itself; table `Stamp`.
"""
