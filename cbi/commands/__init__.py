"""The commands, a room for those that belong together. Only the room of the command that is asked for is opened."""

ROOM_OF = {
    "check": "definitions",
    "explain": "definitions",
    "score": "scores",
    "compare": "comparisons",
    "demo": "comparisons",
    "plan": "plans",
    "template": "workbooks",
    "report": "reports",
    "chapter": "reports",
    "datapackage": "reports",
    "packet": "reports",
    "profile": "profiles",
    "export": "stores",
    "backup": "stores",
    "restore": "stores",
    "import": "imports",
    "people": "people",
    "audit": "people",
    "serve": "serving",
    "health": "serving",
}
"""In which module of this folder each command stands, in the order of the help."""
