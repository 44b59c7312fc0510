"""How a server runs the app; a folder of its own, for Streamlit lets its other modules be found by their bare names."""
