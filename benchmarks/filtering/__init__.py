"""`make bench-scope`: the filter next to every comparable tool that is on this machine.

Whole processes are measured, from the first instruction to the last, on the same lists in the same
run. What travels between machines is the ratio; nothing here decides whether anything passes.
"""
