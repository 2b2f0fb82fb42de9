"""Three hundred texts that would run, fetch or restyle something if any page took them for more than text."""

from itertools import product

BEFORE = (
    "",
    '">',
    "'>",
    "</script>",
    "</textarea>",
    "</title>",
    "-->",
    "]]>",
    "</style>",
    "\u202e",
    "&quot;>",
    "`>",
    "{{",
    "${",
    "<math><mtext><table><mglyph><style><!--",
)
RUNS = (
    "<script>pwned=1</script>",
    "<img src=x onerror=pwned=1>",
    "<svg onload=pwned=1>",
    "<svg><script>pwned=1</script></svg>",
    "<svg><animate onbegin=pwned=1 attributeName=x dur=1s>",
    "<body onload=pwned=1>",
    "<input autofocus onfocus=pwned=1>",
    "<details open ontoggle=pwned=1>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'>",
    "<a href=javascript:pwned=1>here</a>",
    "<form action=javascript:pwned=1><button>go</button></form>",
    "<meta http-equiv=refresh content='0;url=/hostile'>",
    "<base href=//hostile.example/>",
    "<link rel=stylesheet href=/hostile.css>",
    "<style>*{display:none}</style>",
    "<div hx-get=/hostile hx-trigger=load>",
    "<div hx-on:load=pwned=1 data-hx-post=/hostile>",
    "<div style=background:url(/hostile)>",
    "{{ 7*7 }}{% include 'base.html' %}",
    "<template><script>pwned=1</script></template>"
    "<noscript><p title='</noscript><img src=x onerror=pwned=1>'>",
)
PAYLOADS = [before + runs for before, runs in product(BEFORE, RUNS)]
