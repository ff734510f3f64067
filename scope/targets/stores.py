"""Names that may mean an app instead of a host."""

PLAY_HOSTS = frozenset({"play.google.com", "market.android.com"})
APPLE_HOSTS = frozenset({"apps.apple.com", "itunes.apple.com"})
STORES = PLAY_HOSTS | APPLE_HOSTS
REVERSED = ("com", "org", "net", "io")  # how nearly all package names start
PACKAGES = tuple(f"{label}." for label in REVERSED)
