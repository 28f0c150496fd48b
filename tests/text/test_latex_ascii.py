"""Mathematics in ASCII: words and signs in place of what terminals may lack, and nothing lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.text import latex_commands
from paperstui.text.ascii_signs import INFIX, MARKS, SIGNS, WORDS
from paperstui.text.latex import to_unicode
from paperstui.text.latex_tables import (
    ALPHABET_COMMANDS,
    FUNCTIONS,
    GREEK,
    MATH_ACCENTS,
    OPERATORS,
    RELATIONS,
    SYMBOLS,
)
from paperstui.text.mathematics import shown

CASES = {
    r"$\alpha\beta$": "alpha beta",
    r"$x^2$, $x_i$, $x_{ij}$, $x^{n+1}$, $x^2y$": "x^2, x_i, x_ij, x^{n+1}, x^2 y",
    r"$a \leq b \to c$": "a <= b -> c",
    r"$\sqrt{n}$, $\sqrt{x^2+1}$, $\sqrt{x^2}$, $\sqrt{\sqrt{x}}$": "sqrt(n), sqrt(x^2+1), sqrt(x^2), sqrt(sqrt(x))",
    r"$\sqrt[3]{x}$, $\sqrt[n]{y}$, $\sqrt{x}\nabla f$": "root_3(x), root_n(y), sqrt(x) nabla f",
    r"$\mathbb{R}^d$ and $\mathbb{R}^{n\times d}$": "R^d and R^(n x d)",
    r"$\sum_{i=1}^N x_i$": "sum_{i=1}^N x_i",
    r"$x \in \mathcal{X}$, $x_{i\in S}$, $x\notin S$": "x in X, x_(i in S), x not in S",
    r"$x\not\subset y$": "x not subset y",
    r"$\frac12$ and $\frac{a+b}{2}$, $\textonehalf$": "1/2 and (a+b)/2, (1/2)",
    r"$\mathcal{O}(n\log n)$": "O(n log n)",
    r"5 $\mu$m, 5\mu{}m, \alpha-helix, \alpha$x$": "5 mu m, 5 mu m, alpha-helix, alpha x",
    r"$2\times$ faster, 2\times faster, $3\times3$, $d\times d$": "2x faster, 2x faster, 3x3, d x d",
    r"$\hat{x}_i$, $\bar{\theta}y$, $\vec v$, $\widehat{xyz}$": "hat(x)_i, bar(theta) y, vec(v), hat(xyz)",
    r"$x_{\alpha\beta}$ and $x_{\max}^2 y$": "x_{alpha beta} and x_max^2 y",
    r"$90^\circ$C, $f^\circ$": "90 deg C, f^circ",
    r"$A^\dagger B$, $A^\top$, $10^{-12}$, $e^{-x}$": "A^dagger B, A^T, 10^-12, e^{-x}",
    r"$\lfloor n/2\rfloor$, $2\lceil x \rceil$, $\langle x,y\rangle$": "floor(n/2), 2 ceil(x), <x,y>",
    r"H$_2$O, MoS$_2$, 4\textsuperscript{th}": "H_2O, MoS_2, 4^th",
    r"$\forall x \exists y: \neg x$": "forall x exists y: not x",
    r"$\hatπ_c$ and $λx$": "hat(pi)_c and lambda x",
    r"$x^{(i)}$, $\int_0^\infty f$, $\ell_2$, $\theta'$": "x^(i), int_0^infty f, ell_2, theta'",
    r"$\text{Schr\"odinger}$ and $\text{Müller--Ostrowski}$": "Schrodinger and Muller-Ostrowski",
    r"\textbf{bold $\alpha$} of \emph{x \rightarrow y}": "bold alpha of x -> y",
}


@pytest.mark.parametrize("source", CASES)
def test_mathematics_is_written_in_ascii(source: str) -> None:
    assert shown(source, mode="ascii") == CASES[source]


def test_prose_stays_what_it_is() -> None:
    source = r"Schr\"odinger and G\'erard -- a ``na\"ive'' \o\ and \v{s}, α-helices of 5 µm → 3²"
    assert shown(source, mode="ascii") == to_unicode(source)


def test_what_lost_its_backslashes_is_written_in_ascii() -> None:
    source = "2times faster, approx5 of R^{n times d}, tau_0"
    assert shown(source, bare=True, mode="ascii") == "2x faster, ~=5 of R^(n x d), tau_0"
    assert shown("3× of 2times", bare=True, mode="ascii") == "3× of 2×", "the sign of the text cannot be told from ours"


_TEMPLATES = (
    "${}$",
    "$a {} b$",
    "$x_{{{}}}^{{{}}}$",
    "$x{}{{}}y$",
    r"$\hat{{{}}}$",
    r"$\sqrt{{{}}}$",
    r"$\frac{{{}}}{{2}}$",
)
_COMMANDS = sorted({*SYMBOLS, *FUNCTIONS, *latex_commands._HANDLERS} - {"unicode", "char", "symbol", "begin"})


@pytest.mark.parametrize("template", _TEMPLATES)
def test_every_command_has_a_form_in_ascii(template: str) -> None:
    wrong = {
        name: said
        for name in _COMMANDS
        if not (
            said := shown(template.replace("{}", f"\\{name}", 1).replace("{}", f"\\{name}"), mode="ascii")
        ).isascii()
    }
    assert not wrong


def test_every_symbol_says_something() -> None:
    assert not [name for name in SYMBOLS if shown(f"$1 \\{name} 2$", mode="ascii").split() in (["1", "2"], ["12"])]


@pytest.mark.parametrize("name", sorted(ALPHABET_COMMANDS))
def test_letters_of_alphabets_are_letters(name: str) -> None:
    assert shown(f"$\\{name}{{ABCXYZabcxyz01}}$", mode="ascii") == "ABCXYZabcxyz01"


def test_every_name_is_ascii_and_words_are_words() -> None:
    assert all(text.isascii() for text in (*SIGNS.values(), *WORDS.values(), *MARKS.values()))
    assert all(len(char) == 1 and not char.isascii() for char in (*SIGNS, *WORDS))
    assert set(INFIX) <= set(WORDS)


_LETTERS = st.sampled_from("abcxyzABNMRT0123456789")
_NAMES = st.sampled_from(sorted({*GREEK, *RELATIONS, *OPERATORS, "sum", "infty", "nabla", "lfloor", "rangle", "to"}))
_PART: st.SearchStrategy[str] = st.deferred(
    lambda: st.one_of(
        _LETTERS,
        _NAMES.map(lambda name: f"\\{name} "),
        st.tuples(st.sampled_from("^_"), _BODY).map(lambda pair: f"{pair[0]}{{{pair[1]}}}"),
        st.tuples(st.sampled_from(sorted(MATH_ACCENTS)), _BODY).map(lambda pair: f"\\{pair[0]}{{{pair[1]}}}"),
        st.tuples(_BODY, _BODY).map(lambda pair: f"\\frac{{{pair[0]}}}{{{pair[1]}}}"),
        st.tuples(st.sampled_from(["", "[3]", "[n]"]), _BODY).map(lambda pair: f"\\sqrt{pair[0]}{{{pair[1]}}}"),
        st.tuples(st.sampled_from(["mathbb", "mathcal", "mathrm", "mathbf", "text"]), _BODY).map(
            lambda pair: f"\\{pair[0]}{{{pair[1]}}}"
        ),
        st.sampled_from(["(", ")", "[", "]", "+", "-", "=", "<", "|", ",", "'", " ", "!"]),
    )
)
_BODY: st.SearchStrategy[str] = st.lists(_PART, min_size=1, max_size=4).map("".join)
_FORMULA = st.lists(_PART, max_size=12).map("".join)


@given(_FORMULA)
def test_no_other_character_comes_out_of_a_formula(body: str) -> None:
    assert shown(rf"\({body}\)", mode="ascii").isascii()


@given(_FORMULA)
def test_letters_and_digits_survive(body: str) -> None:
    source = rf"a \({body}\) z"
    rest = iter(shown(source, mode="ascii"))
    expected = "".join(
        char for char in re.sub(r"\\[A-Za-z]+", " ", to_unicode(source)) if char.isascii() and char.isalnum()
    )
    assert all(char in rest for char in expected), (to_unicode(source), shown(source, mode="ascii"))


@given(st.lists(st.sampled_from(sorted(GREEK)), min_size=1, max_size=8))
def test_words_are_kept_apart(names: list[str]) -> None:
    assert shown("".join(f"\\{name}" for name in names).join("$$"), mode="ascii").split() == names
    assert shown(" ".join(f"$\\{name}$" for name in names), mode="ascii").split() == names
    assert shown("".join(f"\\{name}{{}}" for name in names), mode="ascii").split() == names


@given(st.text())
def test_nothing_that_came_out_is_changed_again(text: str) -> None:
    plain = "".join(char for char in text if char not in "\\$^~{}`-_")
    assert shown(plain, mode="ascii") == to_unicode(plain)


@given(st.text(alphabet=st.sampled_from("\\${}^_ abαβ√²ᵢ()[]'‖×°†\u0302\u0338é中⌊")))
def test_nothing_makes_it_fail(text: str) -> None:
    said = shown(f"${text}$ {text}", mode="ascii")
    assert said.count("中") == to_unicode(f"${text}$ {text}").count("中")


@pytest.mark.parametrize(
    "hostile", ["√" * 1_900, "√(" * 900, "x²" * 900, "⌊" * 1_900, "x\u0338" * 900, "_α" * 900, "×" * 1_900, "(" * 1_900]
)
def test_the_time_it_takes_grows_with_the_length(hostile: str) -> None:
    said = shown(f"${hostile}$", mode="ascii")
    assert said.isascii()
    assert len(said) < 12 * len(hostile) + 20
