"""The library: papers, where they were listed, how they were voted, the search index, and the state the journal says.

One SQLite database that can be rebuilt: state comes from the journal, papers come from their sources. Nothing but this
package knows that it is SQLite; queries reach it as text that `paperstui.query` compiled.
"""
