"""The app as a server runs it where people sign in: behind a guard before downloads and uploads.

``python -m cbi serve`` starts it; on one's own machine ``app.py`` is enough.
"""

import os

import streamlit as st
from starlette.middleware import Middleware

from cbi.serving.guard import Guard
from cbi.serving.launching import APP, SECRETS
from cbi.serving.settings import secrets_of, sign_in_of, sign_in_of_file
from cbi.serving.sign_in_errors import SignInErrors

named = sign_in_of(os.environ)
sign_in = named or sign_in_of_file(SECRETS)
app = st.App(
    APP,
    secrets=secrets_of(named) if named else None,
    middleware=[
        Middleware(SignInErrors, metadata=sign_in.metadata if sign_in else ""),
        Middleware(Guard, secure=sign_in is not None and sign_in.is_encrypted),
    ],
)
