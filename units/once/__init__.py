"""What a form creates, it creates once: pressed twice, or sent again after Back, by whoever has it
open; table `FormKey`.
"""
