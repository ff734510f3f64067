"""The thread of a report: signed messages between staff and somebody known only by a token.

Every message is an age file of its own. Inside it, `message.json` signs the hash of `body.json` and
the hash of the message before, so a message that was forged, changed, moved or left out shows.
`static/js/thread/` writes and judges the same, byte for byte.
"""
