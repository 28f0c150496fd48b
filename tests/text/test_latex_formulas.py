from __future__ import annotations

import pytest

from paperstui.text.latex import spans, to_unicode


def formula(source: str) -> str:
    return to_unicode(f"${source}$")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x", "x"),
        ("K = 3", "K = 3"),
        ("K=3", "K = 3"),
        ("K{=}3", "K=3"),
        ("a \\leq b \\ne c", "a ≤ b ≠ c"),
        ("a\\to b", "a → b"),
        ("\\approx 3.5", "≈3.5"),
        ("\\sim7", "~7"),
        ("<0.05", "<0.05"),
        ("(\\le 4)", "(≤4)"),
        ("a \\sim b", "a ~ b"),
        ("p(y \\mid x)", "p(y | x)"),
        ("f := g", "f := g"),
        ("f\\colon X\\to Y", "f: X → Y"),
        ("x \\in [0,1)", "x ∈ [0,1)"),
        ("A \\not\\in B \\not= C", "A ∉ B ≠ C"),
        ("n-1", "n-1"),
        ("n - 1", "n - 1"),
        ("-1 + x", "-1 + x"),
        ("a\\times b", "a×b"),
        ("3 \\times 4", "3 × 4"),
        ("5\\times", "5×"),
        ("\\alpha + \\beta", "α + β"),
        ("\\alpha\\beta \\gamma", "αβγ"),
        ("0.5\\pm0.1", "0.5±0.1"),
        ("A \\cap B^c", "A ∩ Bᶜ"),
        ("f\\circ g", "f∘g"),
        ("(a, b,c)", "(a, b,c)"),
        ("1,\\ldots,n", "1,…,n"),
        ("\\{a, b\\}", "{a, b}"),
        ("x \\quad y\\,z\\!w", "x y zw"),
        ("\\langle u, v\\rangle", "⟨u, v⟩"),
        ("\\lfloor x/2\\rfloor", "⌊x/2⌋"),
        ("\\left( a \\right] \\left. b\\right|", "(a] b|"),
        ("\\left|x\\right| + \\|y\\|", "|x| + ‖y‖"),
        ("\\bigl(x\\bigr) \\Big/ 2", "(x) / 2"),
        ("q \\equiv 1 \\pmod 4", "q ≡ 1 (mod 4)"),
        ("a \\bmod n", "a mod n"),
        ("f'(x) + g''", "f′(x) + g″"),
        ("f^{\\prime\\prime}", "f″"),
        ("97\\%", "97%"),
        ("\\hbar\\omega", "ℏω"),
        ("\\forall x\\, \\exists y", "∀x ∃y"),
        ("ϵ", "ε"),
        ("\\epsilon\\varepsilon\\phi\\varphi", "εεφφ"),
    ],
)
def test_signs_and_their_spaces(source: str, expected: str) -> None:
    assert formula(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x^2", "x²"),
        ("x_1^2", "x₁²"),
        ("x^2_1", "x²₁"),
        ("x_{ij}", "xᵢⱼ"),
        ("x_{ijk}", "x_ijk"),
        ("x_{i,j}", "x_(i,j)"),
        ("W_{max}", "W_max"),
        ("W_\\text{max}", "W_max"),
        ("W_{\\mathrm{max}} x", "W_max x"),
        ("W_{\\text{two words}}", "W_(two words)"),
        ("f_\\theta(x)", "f_θ(x)"),
        ("f_\\theta x", "f_θ x"),
        ("x^{n+1}", "xⁿ⁺¹"),
        ("e^{-x^2}", "e^(-x²)"),
        ("10^{-12}", "10⁻¹²"),
        ("10^-12", "10⁻¹²"),
        ("10^15", "10¹⁵"),
        ("n^{1.5}", "n^1.5"),
        ("n^{1/2}", "n^(1/2)"),
        ("2^{2^n}", "2^(2ⁿ)"),
        ("A^\\top B^{-\\top}", "AᵀB⁻ᵀ"),
        ("90^\\circ", "90°"),
        ("x^*", "x*"),
        ("x^{(t)}", "x⁽ᵗ⁾"),
        ("x^\\infty", "x^∞"),
        ("\\beta^\\beta_\\rho", "βᵝᵨ"),
        ("4^{th}", "4ᵗʰ"),
        ("\\mathbb{R}^{d \\times k}", "ℝ^(d×k)"),
        ("{}^{13}C", "¹³C"),
        ("x^{}", "x"),
        ("\\sum_{i=1}^N x_i", "∑ᵢ₌₁ᴺ xᵢ"),
        ("\\int_0^1 f(x)\\,dx", "∫₀¹ f(x) dx"),
        ("\\max_{a} Q", "maxₐ Q"),
        ("\\underset{a}{\\max} Q", "maxₐ Q"),
        ("\\stackrel{def}{=}", "=^def"),
        ("a \\xrightarrow{n} b", "a →ⁿ b"),
        ("\\underbrace{a+b}_{n}", "a+bₙ"),
    ],
)
def test_scripts(source: str, expected: str) -> None:
    assert formula(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("\\frac{1}{2}", "1/2"),
        ("\\frac12", "1/2"),
        ("\\tfrac{a+b}{c}", "(a+b)/c"),
        ("\\frac{a}{b+c}", "a/(b+c)"),
        ("\\frac{1}{2n}", "1/(2n)"),
        ("\\frac{nd}{2}", "nd/2"),
        ("\\frac{dx}{dt}", "dx/dt"),
        ("\\frac{1}{n^2}", "1/n²"),
        ("\\frac{1}{(a+b)}", "1/(a+b)"),
        ("\\frac{(a)(b)}{c}", "(a)(b)/c"),
        ("\\frac{|x+1|}{|y|}", "|x+1|/|y|"),
        ("\\frac{1}{|x||y|}", "1/(|x||y|)"),
        ("\\frac{\\log n}{n}", "(log n)/n"),
        ("\\frac{1}{2}x", "1/2 x"),
        ("2\\frac{1}{2}", "2 1/2"),
        ("\\frac{\\frac{a}{b}}{c}", "(a/b)/c"),
        ("{a+1 \\over b}", "(a+1)/b"),
        ("\\left(\\frac{a}{b}\\right)^2", "(a/b)²"),
        ("\\binom{n}{k}", "(n choose k)"),
        ("{n \\choose k}", "(n choose k)"),
        ("\\sqrt{n}", "√n"),
        ("\\sqrt n", "√n"),
        ("\\sqrt{12}", "√12"),
        ("\\sqrt{d_k}", "√dₖ"),
        ("\\sqrt{2n}", "√(2n)"),
        ("\\sqrt{a+b}", "√(a+b)"),
        ("\\sqrt{(a+b)}", "√(a+b)"),
        ("\\sqrt[3]{x}", "∛x"),
        ("\\sqrt[n]{x+y}", "ⁿ√(x+y)"),
        ("\\sqrt{2}x", "√2 x"),
        ("\\sqrt{\\frac{a}{b}}", "√(a/b)"),
        ("1/\\sqrt{n}", "1/√n"),
    ],
)
def test_fractions_and_roots(source: str, expected: str) -> None:
    assert formula(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("\\log n", "log n"),
        ("n\\log n", "n log n"),
        ("n\\log(n)", "n log(n)"),
        ("\\log^2 n", "log² n"),
        ("\\log_2 n", "log₂ n"),
        ("O(n \\log\\log n)", "O(n log log n)"),
        ("\\arg\\max_x f", "arg maxₓ f"),
        ("\\sin 2x", "sin 2x"),
        ("\\log|x|", "log|x|"),
        ("1/\\log n", "1/log n"),
        ("\\operatorname{rank} A", "rank A"),
        ("\\operatorname*{argmin}_x f", "argminₓ f"),
        ("\\mathrm{Var}(x)", "Var(x)"),
        ("2\\deg(v)", "2°(v)"),
        ("\\deg(v)", "°(v)"),
        ("r = \\deg(v)", "r = deg(v)"),
        ("30\\deg", "30°"),
    ],
)
def test_functions(source: str, expected: str) -> None:
    assert formula(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("\\mathcal{L}\\mathcal O\\mathscr{B}", "ℒ𝒪ℬ"),
        ("{\\cal O}(n)", "𝒪(n)"),
        ("\\mathbb{R}\\mathbb Z\\mathbb{1}\\mathbb{E}", "ℝℤ𝟙𝔼"),
        ("\\mathfrak{g}", "𝔤"),
        ("\\mathbf{x}\\boldsymbol{\\theta}\\bm{W}", "xθW"),
        ("\\mathrm{KL}(p\\,\\|\\,q)", "KL(p ‖ q)"),
        ("{\\rm max}", "max"),
        ("\\text{if } x", "if x"),
        ("x \\text{ if } y", "x if y"),
        ("\\text{a $b_1$ c}", "a b₁ c"),
        ("\\textbf{Big}\\textit{Small}", "BigSmall"),
        ("\\hat{x} \\tilde O \\bar{y}_1", "x̂ Õ ȳ₁"),
        ("\\vec{v} \\dot{x} \\ddot{x}", "v⃗ ẋ ẍ"),
        ("\\hat{\\bar{x}}", "x̄̂"),
        ("\\overline{AB}", "ĀB̄"),
        ("\\widehat{ATE}", "hat(ATE)"),
        ("\\overline{a+b}", "overline(a+b)"),
        ("\\unicode{x2014}", "—"),
        ("\\unicode{x1b}", "\\unicode{x1b}"),
        ("\\textcolor{red}{x}", "x"),
        ("\\href{https://example.org}{x}", "x"),
        ("\\mymacro x", "\\mymacro x"),
        ("\\mymacro{x_1}{y}", "\\mymacro{x₁}{y}"),
        ("\\mymacro{}", "\\mymacro"),
    ],
)
def test_letters(source: str, expected: str) -> None:
    assert formula(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("f = \\begin{cases} 1 & x > 0 \\\\ 0 & \\text{else} \\end{cases}", "f = {1, x > 0; 0, else}"),
        ("\\begin{cases} 1, & x \\\\[1ex] 0, & y \\\\ \\end{cases}", "{1, x; 0, y}"),
        ("\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}", "(a, b; c, d)"),
        ("\\begin{array}{cc} a & b \\end{array}", "[a, b]"),
        ("\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}", "a = b; c = d"),
        ("\\begin{strange} a \\end{strange}", "\\begin{strange} a \\end{strange}"),
    ],
)
def test_environments(source: str, expected: str) -> None:
    assert formula(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("p$<$0.05 and ($>$97\\%)", "p<0.05 and (>97%)"),
        ("an error of $=3$ here", "an error of = 3 here"),
        ("for $n=$ 5", "for n = 5"),
        ("CO$_2$ at 20$^\\circ$C, the 3$^{rd}$", "CO₂ at 20°C, the 3ʳᵈ"),
        ("2$\\times$ to 3$\\times$", "2× to 3×"),
        ("$a$$b$", "ab"),
        ("so$$x = 1$$holds", "so x = 1 holds"),
        ("\\[ x \\] and \\(y\\)", "x and y"),
        ("$ x $", "x"),
        ("a $x\ny$ b", "a x y b"),
    ],
)
def test_a_formula_fits_into_its_sentence(source: str, expected: str) -> None:
    assert to_unicode(source) == expected


def test_a_formula_too_long_for_a_line_stays_as_it_was_written() -> None:
    source = "\\[" + "x + y + " * 300 + "1 \\]"
    assert to_unicode(source) == source


@pytest.mark.parametrize(
    ("source", "expected", "typed"),
    [
        (r"x = \qty{5}{\kilo\metre\per\second\squared}", "x = 5 km/s²", "x = 5 km/s^2"),
        (r"\SI{5}{\micro\metre}", "5 μm", "5 um"),
        (r"\SI[per-mode=symbol]{5}{\um}", "5 μm", "5 um"),
        (r"5\,\si{\kilo\ohm}", "5 kΩ", "5 kOhm"),
        (r"3\times\num{1e-5}", "3×10⁻⁵", "3x10^-5"),
        (r"\SIrange{1}{5}{\giga\hertz}", "1–5 GHz", "1-5 GHz"),
        (r"\ang{45} + \unit{\second}", "45° + s", "45 deg + s"),
        (r"\frac{\SI{5}{\metre}}{2} \qty(x + y)", "(5 m)/2 (x + y)", "(5 m)/2 (x + y)"),
        (r"\SI{5}{\mystery} \SI{5}", r"5 \mystery \SI{5}", r"5 \mystery \SI{5}"),
        (r"\SI{5}{", r"\SI{5}{", r"\SI{5}{"),
        (r"\qty", r"\qty", r"\qty"),
    ],
)
def test_quantities_read_as_they_do_outside(source: str, expected: str, typed: str) -> None:
    assert to_unicode(f"${source}$") == expected
    assert "".join(span.text for span in spans(f"${source}$", ascii_only=True)) == typed


@pytest.mark.parametrize(
    ("unit", "typed"), [(r"\micro\metre", "um"), (r"\um", "um"), (r"\mega\ohm", "MOhm"), (r"\angstrom", "angstrom")]
)
def test_units_in_ascii_are_units(unit: str, typed: str) -> None:
    assert "".join(span.text for span in spans(rf"\SI{{5}}{{{unit}}} or", ascii_only=True)) == f"5 {typed} or"
