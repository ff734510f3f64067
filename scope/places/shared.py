"""Hosts that many owners share: there a program owns a page or an app, and not the host."""

SHARED_HOSTS = frozenset({  # a rule without a path takes them all
    "github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "hub.docker.com", "npmjs.com",
    "www.npmjs.com", "pypi.org", "crates.io", "apps.apple.com", "itunes.apple.com",
    "play.google.com", "addons.mozilla.org", "chrome.google.com", "chromewebstore.google.com",
    "marketplace.visualstudio.com", "www.linkedin.com", "linkedin.com", "www.facebook.com",
    "x.com", "twitter.com", "etherscan.io", "docs.google.com", "drive.google.com",
})  # fmt: skip
# Their owners may list these themselves; in a list of many programs' domains it is a lost path.
FLATTENED_HOSTS = SHARED_HOSTS | {
    "apps.microsoft.com", "gist.github.com", "instagram.com", "marketplace.atlassian.com",
    "medium.com", "npmjs.org", "registry.npmjs.org", "rubygems.org", "sourceforge.net", "t.me",
    "wordpress.org", "www.instagram.com", "www.microsoft.com", "www.youtube.com", "youtube.com",
}  # fmt: skip
