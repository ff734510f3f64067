"""`portico desk`: the staff's pages on a person's own machine.

Pages and scripts come from what is installed here, never from the portal; only the staff API is
passed on, with a desk key. So a server that was taken over can send wrong data, and no script that
sees an identity. This is plain `http.server`, and not the portal's own application: what stands
between an identity and the network should be little, pass large files on in constant memory, and
share no code with the server it does not trust.
"""
