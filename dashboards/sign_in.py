"""The page that asks for the password: plain HTML without a script, and without a word about whose dashboard it is."""

from html import escape

STYLE = """
:root { color-scheme: light dark; --text: #1c2b2f; --back: #ffffff; --edge: #8a979b; --button: #0b6b7a; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edee; --back: #12181a; --edge: #6d7a7e; } }
body { margin: 0; background: var(--back); color: var(--text); font: 1.05rem/1.5 system-ui, sans-serif; }
main { max-width: 22rem; margin: 18vh auto 0; padding: 0 1.25rem; }
h1 { font-size: 1.6rem; margin: 0 0 1rem; }
label { display: block; margin: 0 0 .35rem; }
input[type=password] { box-sizing: border-box; width: 100%; font: inherit; padding: .65rem .75rem; border: 1px solid var(--edge); border-radius: 8px;
  background: transparent; color: inherit; }
.stay { display: flex; gap: .6rem; align-items: center; min-height: 2.75rem; margin: .5rem 0; }
.stay input { width: 1.2rem; height: 1.2rem; }
button { width: 100%; font: inherit; font-weight: 600; padding: .7rem; border: 0; border-radius: 8px; background: var(--button); color: #fff; }
[role=alert] { border-left: 4px solid #D55E00; padding: .2rem 0 .2rem .75rem; margin: 0 0 1rem; }
small { display: block; margin-top: 1rem; opacity: .8; line-height: 1.45; }
"""


def sign_in_page(problem: str = "") -> str:
    """The page as HTML, with why the last try did not work."""
    alert = f'<p role="alert">{escape(problem)}</p>' if problem else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="data:,">'
        f"<title>tightlog: sign in</title><style>{STYLE}</style></head><body><main><h1>tightlog</h1>{alert}"
        '<form method="post"><label for="password">Password of this dashboard</label>'
        '<input id="password" name="password" type="password" autocomplete="current-password" maxlength="1000" required autofocus>'
        '<label class="stay"><input type="checkbox" name="stay" value="1">Stay signed in here for 30 days</label>'
        "<button>Sign in</button></form>"
        "<small>The connection is not encrypted. Sign in only in a network whose members you trust.</small></main></body></html>"
    )
