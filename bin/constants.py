"""What mypyc is given of a module: the same lines, with what never changes written so that the compiled code knows it by its address.

Any other name of a module, and any set of words a function asks for, is looked up in dictionaries whenever it is read.
"""

import ast
from collections import Counter

_SETS = frozenset(("terms", "words", "words_and"))  # of extraction.lexicon: one set by its name


def with_constants(source: str) -> str:
    """Each name in capitals that is bound once becomes `Final`, each set of words that a function asks for such a name; no line moves."""
    tree, lines = ast.parse(source), source.splitlines(keepends=True)
    imports = [statement for statement in tree.body if isinstance(statement, ast.Import | ast.ImportFrom)]
    if not imports:
        return source
    bound = Counter(node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    for statement in tree.body:
        line = lines[statement.lineno - 1]
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]):
                names, final = [name], f"{name}: Final{line.removeprefix(name)}"
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)) if not _is_broken(statement):
                names = [ast.unparse(target) for target in targets]
                told = (f"{name}: Final = {ast.unparse(value)}" for name, value in zip(names, values, strict=True))
                final = f"{'; '.join(told)}\n"
            case _:
                continue
        if all(name.isupper() and len(name) > 1 and bound[name] == 1 for name in names):
            lines[statement.lineno - 1] = final
    sets = _sets_in_functions(tree)
    for call in sorted(sets, key=lambda call: (call.lineno, call.col_offset), reverse=True):
        lines[call.lineno - 1] = _put(lines[call.lineno - 1], call.col_offset, call.end_col_offset, sets[call])
    bound_sets = "".join(f"; {name}: Final = {call}" for name, call in {sets[call]: ast.unparse(call) for call in sets}.items())
    end = imports[-1].end_col_offset
    last = (imports[-1].end_lineno or 0) - 1
    lines[last] = _put(lines[last], end, end, bound_sets)
    lines[imports[0].lineno - 1] = "from typing import Final; " + lines[imports[0].lineno - 1]
    return "".join(lines)


def _sets_in_functions(tree: ast.Module) -> dict[ast.Call, str]:
    """The calls of the bodies of functions that ask for a set of words by its name, each with the name of the constant it becomes."""
    found: dict[ast.Call, str] = {}
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        for node in (inner for statement in function.body for inner in ast.walk(statement)):
            match node:
                case ast.Call(func=ast.Name(id=kind), args=[ast.Constant(value=str(name))]) if kind in _SETS and not _is_broken(node):
                    found[node] = f"_{kind}_{name.replace('.', '_')}".upper()
    return found


def _is_broken(node: ast.stmt | ast.expr) -> bool:
    """Whether it runs over several lines."""
    return node.lineno != node.end_lineno


def _put(line: str, start: int | None, end: int | None, text: str) -> str:
    """The line with this text in place of what stands there; `start` and `end` count bytes, as the parser does."""
    letters = line.encode()
    return (letters[:start] + text.encode() + letters[end:]).decode()
