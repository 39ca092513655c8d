"""The house stands: no file imports itself, by whatever way round. (What may import what is held by .importlinter.)"""

import graphlib

import grimp


def _circle(modules: dict[str, set[str]]) -> list[str]:
    """The first circle of imports there is, as a path that ends where it begins; none: empty."""
    try:
        graphlib.TopologicalSorter(modules).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []


def test_no_file_imports_itself():
    graph = grimp.build_graph("gongkai", cache_dir=None)
    modules = {name: set(graph.find_modules_directly_imported_by(name)) for name in graph.modules}
    assert len(modules) > 500
    assert _circle(modules) == []


def test_a_circle_would_be_found():
    assert _circle({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) != []
    assert _circle({"a": {"b"}, "b": {"c"}, "c": set(), "d": {"a"}}) == []
