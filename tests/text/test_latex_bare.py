from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.text.latex import to_unicode
from paperstui.text.latex_bare import restored


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a 4times speedup, 2.5times, 1.2-1.4times, (>5times)", "a 4× speedup, 2.5×, 1.2-1.4×, (>5×)"),
        ("64times64 and 64times 64", "64×64 and 64×64"),
        ("AtimesB and times3.5 and 8timesH100", "A×B and ×3.5 and 8×H100"),
        ("360^circ and 360^circtimes180^{circ}", "360° and 360°×180°"),
        ("only sim20%, sim3times, sim100B, 20sim 40", "only ~20%, ~3×, ~100B, 20~40"),
        ("approx20% of it", "≈20% of it"),
        (
            "tau_0, pi_{0.5}, pi_0.5, beta_1, nabla^2X, phi_r, pi_theta, f_theta",
            "τ₀, π_0.5, π_0.5, β₁, ∇²X, φᵣ, π_θ, f_θ",
        ),
        ("W_{stack}, x_{i}, R^{d times d}, R^{mtimes n}, O(n^{-beta})", "W_stack, xᵢ, R^(d×d), R^(m×n), O(n⁻ᵝ)"),
        ("L_2 norm, (x_1, x_2), w_k f_i, N_E, F_1.", "L₂ norm, (x₁, x₂), wₖ fᵢ, N_E, F₁."),
        ("X^2Y, pass^k, c^*, 10^{19}, 10^-4, λ^star, (AB)^3", "X²Y, passᵏ, c*, 10¹⁹, 10⁻⁴, λ⋆, (AB)³"),
        (
            "texttt{A}bc textbf{D}, mathcal{O}(n), mathbb{R}^3, sqrt{n}, frac{1}{2}, tilde{O}(sqrt{T})",
            "Abc D, 𝒪(n), ℝ³, √n, 1/2, Õ(√T)",
        ),
        ("sum_{i=1}^{n} x_i, log_2 N, sum_k w_k", "∑ᵢ₌₁ⁿ xᵢ, log₂ N, ∑ₖ wₖ"),
        ("langle a, b rangle, lceil x rceil, A leq B, AleftrightarrowB, T propto D", "⟨a, b⟩, ⌈x⌉, A ≤ B, A↔B, T ∝ D"),
        ("{sim}50 and 3{times} and {bf Name}", "~50 and 3× and Name"),
        ("a cost of \\38, about \\0.1", "a cost of $38, about $0.1"),
        ("O(nlog n) and blog b", "O(n log n) and blog b"),
        ("p\\approx0.3, \\sim20%, 3\\times3", "p≈0.3, ~20%, 3×3"),
        ("50\\% and 5\\times and $x_1$ and \\textsc{Kept}", "50% and 5× and x₁ and Kept"),
        ("$textbf{a} and textbf{b}$", "a and b"),
    ],
)
def test_what_was_taken_away_is_put_back(source: str, expected: str) -> None:
    assert to_unicode(source, bare=True) == expected


@pytest.mark.parametrize(
    "source",
    [
        "three times in a row, sometimes 2-times, 3 times, times 4",
        "alpha and beta, in the sim of times, to a top",
        "sim2real and real2sim2real transfer, Sim2Real, timestamps",
        "file_name.py, snake_case, my_var_2, a_b_c, x_train, __init__, e_g, beta_schedule, lambda_max",
        "v_2.1.0, path/x_1/y, x_1.py, n-x_1",
        "https://example.org/a_1^2/tau_0?x=2times",
        "github.com/some_one/some_repo_2",
        "`x_1` and `tau_0`",
        "text{words} and text{two words}{3}",
        "a hat, a bar, the infimum, maximum of log data, a frac and a sqrt",
        "5x faster, C++, a|b, <think>, [CLS], @home, #1, 50%",
        "call f_x_y or do_it_2 now",
        "the nabla operator, leqs and seqcdots",
    ],
)
def test_prose_is_not_damaged(source: str) -> None:
    assert to_unicode(source, bare=True) == source


@given(st.text("abcdefgh ABCXYZ 0123456789 .,;:()'\"-\n%!?/"))
def test_words_and_numbers_are_left_alone(text: str) -> None:
    assert restored(text) == text


@given(
    st.lists(
        st.sampled_from(
            [
                "times",
                "sim",
                "alpha",
                "tau",
                "log",
                "in",
                "to",
                "max",
                "top",
                "text",
                "frac",
                "sqrt",
                "sum",
                "the",
                "3",
                "2x",
                "A",
            ]
        )
    ).map(" ".join)
)
def test_words_that_are_also_commands_are_words(text: str) -> None:
    assert to_unicode(text, bare=True) == text


@given(st.text("ab12_^{}\\$ times"))
def test_any_text_can_be_restored(text: str) -> None:
    """What is put back are backslashes, dollars and signs: no letter and no digit comes or goes, but those of "times"."""
    kept = [char for char in restored(text) if char.isalnum()]
    assert kept == [char for char in text if char.isalnum()] or "times" in text
