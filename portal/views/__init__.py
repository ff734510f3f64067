"""The only folder that maps addresses. A view is three movements: parse, act, render."""
