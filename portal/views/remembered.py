"""Answers that depend on what is published alone, so that anyone may keep them."""

import hashlib

from flask import Response, request

REVALIDATE = "public, no-cache"  # kept by anyone, and shown again only after asking us


def remembered(answer: Response) -> Response:
    """Give an answer its tag, and leave its body out for those who have it (RFC 9110, 13.1.2).

    The tag is a hash of the very bytes, so that a file that differs never passes for the same.
    """
    answer.headers["Cache-Control"] = REVALIDATE
    answer.set_etag(hashlib.sha256(answer.get_data()).hexdigest()[:32])
    answer.make_conditional(request)
    return answer
