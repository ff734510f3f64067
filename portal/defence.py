"""What every page tells the browser to forbid: the same on a portal and in `portico desk`."""

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "font-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types portico",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}

# What sees a report or an identity in the clear talks to its page and to nobody else: the browser
# sees to it, whatever script may get in.
MUTE = frozenset({"js/seal-worker.js", "js/desk/vault-worker.js"})
MUTE_POLICY = CONTENT_POLICY.replace("connect-src 'self'", "connect-src 'none'")
