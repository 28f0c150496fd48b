"""The journal: what the user decided, one line of JSON an action, one file a device. It is the truth about the state.

Files only: nothing here knows of the database that shows the state quickly.
"""
