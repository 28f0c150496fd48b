from __future__ import annotations

import pytest

from paperstui.text.latex import to_unicode


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"Caf\'e, na\"ive, \^ile, fa\c{c}ade, \~nandu", "Café, naïve, île, façade, ñandu"),
        (r"\v{S}koda, \H{o}, \u{g}, \r{a}, \k{a}, \.z, \=a, \d{u}, \b{o}", "Škoda, ő, ğ, å, ą, ż, ā, ụ, o̱"),
        (r"{\'e}t{\'{e}}, \'\i, \'{\i}, \v{\j}", "été, í, í, ǰ"),
        (r"stra\ss e, \O rsted, \L{}\'od\'z, \aa{}, {\o}, \AE", "straße, Ørsted, Łódź, å, ø, Æ"),
        (r"Fran\c cois and \v Capek", "François and Čapek"),
        (r"T{\"}urk", "Türk"),
        (r"the model\'s and don\'t, but {\L}o\'s", "the model's and don't, but Łoś"),
        (r"say \"no\" to it", 'say "no" to it'),
        (r"\~{} and \^{} and \~ 5", "~ and ^ and ~ 5"),
        (r"\k{appa} = 0.7, \b{eta}-VAE, \r{ho}, \c{opyright}", "κ = 0.7, β-VAE, ρ, ©"),
        (r"\d{efinition of mine}", r"\d{efinition of mine}"),
        (r"360{\deg} and 5\textdegree C", "360° and 5°C"),
    ],
)
def test_accents_and_letters(source: str, expected: str) -> None:
    assert to_unicode(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("``quoted'' text", "“quoted” text"),
        ('``quoted" text "more"', '“quoted” text "more"'),
        ("it's 5'' long", "it's 5'' long"),
        ("a--b, a -- b, a---b", "a–b, a – b, a—b"),
        ("----- and --> and <!-- -->", "----- and --> and <!-- -->"),
        ("Figure~3, Smith~et~al.", "Figure 3, Smith et al."),
        ("~5 GB, 60%~70%, 5~10, (~3), r~0, 1 ~ 2", "~5 GB, 60%~70%, 5~10, (~3), r~0, 1 ~ 2"),
        ("(~\\cite{a})", "([a])"),
        ("text ~https://example.org", "text https://example.org"),
        (r"50\% \& \#1 \_x \$5 \{a\}", "50% & #1 _x $5 {a}"),
        ("100% sure, 5 % of it", "100% sure, 5 % of it"),
        (r"5\,pp, a\ b, a\;b, e.g.\ this, multi\-modal, x\!y", "5 pp, a b, a b, e.g. this, multimodal, xy"),
        (r"one \\ two\\[2pt]three", "one two three"),
        (r"\eg, \ie. this \etc.", "e.g., i.e. this etc."),
        (r"{\LaTeX} and \TeX\ too", "LaTeX and TeX too"),
        (r"a\textsuperscript{th} H\textsubscript{2}O", "aᵗʰ H₂O"),
        (r"\uppercase{abc} \enquote{x} \ding{51} \ding{173} \char65 \char`\~ \unicode{x2192}", "ABC “x” ✓ ② A~→"),
        (r"\ding{7} \char9999999 \unicode{xyz}", r"\ding{7} \char9999999 \unicode{xyz}"),
        (r"\SI{5}{kg}", "5 kg"),
        (r"\verb|a_b{c}| \verb+x", r"a_b{c} \verb+x"),
    ],
)
def test_typography(source: str, expected: str) -> None:
    assert to_unicode(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\textbf{bold} and \emph{lean} \texttt{x} \textsc{Caps} \underline{U}", "bold and lean x Caps U"),
        (r"{\bf bold} {\it lean}, {\em too}", "bold lean, too"),
        (r"\textbf {spaced} \textbf{never closed", "spaced never closed"),
        (r"\textcolor{red}{x} \textcolor[rgb]{1,0,0}{y} {\color{blue}z}", "x y z"),
        (r"\color{xyzQ}uick", r"\color{xyzQ}uick"),
        (r"\href{https://example.org/a\_b}{the code}", "the code"),
        (r"\href{https://example.org}", "https://example.org"),
        (r"\url{https://example.org/a\_b~c}", "https://example.org/a_b~c"),
        (r"https://example.org/a\_b--c~d\%20", "https://example.org/a_b--c~d%20"),
        ("https://example.org/x{here}.", "https://example.org/x (here)."),
        ("https://example.org/x{https://example.org/x}.", "https://example.org/x."),
        ("https://example.org/x1{1}", "https://example.org/x1 (1)"),
        (r"text\footnote{A note.} more", "text (A note.) more"),
        (r"text \footnote{Never closed", "text (Never closed)"),
        (r"seen~\cite{a, b} and \citep[p.~3]{c}, Fig.~\ref{f}", "seen [a, b] and [c, p. 3], Fig. [f]"),
        (r"\vspace{1em}\noindent Text \label{x}here \small.", "Text here ."),
        (r"\texorpdfstring{$\alpha$}{alpha}", "α"),
        (r"\begin{itemize} \item One \item Two \end{itemize} End", "• One\n• Two\nEnd"),
        (r"In: \begin{enumerate}\item A\item B\end{enumerate}", "In:\n1. A\n2. B"),
        (r"\begin{center}Text\end{center}", "Text"),
        (r"so \begin{equation*} x = 1 \end{equation*} holds", "so x = 1 holds"),
        (r"\begin{theorem} x", r"\begin{theorem} x"),
    ],
)
def test_styles_references_and_environments(source: str, expected: str) -> None:
    assert to_unicode(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"We show \ours, \method\ and \name{} work", r"We show \ours, \method and \name work"),
        (r"\mymacro{a $x_1$}{b}", r"\mymacro{a x₁}{b}"),
        (r"{\ours}: a {\name} thing", r"\ours: a \name thing"),
        (r"\R^2 and C:\data\x", r"\R² and C:\data\x"),
        (r"\mu{x} and \o{x} and \o{mega}", r"μx and øx and ω"),
        (r"\(unclosed and \[ too", r"\(unclosed and \[ too"),
        ("trailing \\", "trailing \\"),
        (r"\begin{x", r"\begin{x"),
        ("{a, b} and {0,1}, {'k': 1}, x in {1, 2}", "{a, b} and {0,1}, {'k': 1}, x in {1, 2}"),
        ("{Name} and {a longer group, with a comma in it}", "Name and a longer group, with a comma in it"),
        ("10{,}000 n{=}5 Mus{é}e 2{}3", "10,000 n=5 Musée 23"),
        ("/users/{id} and func{argument}", "/users/{id} and func{argument}"),
        ("} lone { braces", "} lone { braces"),
    ],
)
def test_nothing_is_lost(source: str, expected: str) -> None:
    assert to_unicode(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("10^6, km^2, 10^{-3}, R^{2}, x^{n+1}, K^k of", "10⁶, km², 10⁻³, R², xⁿ⁺¹, Kᵏ of"),
        ("N^2.5 and N^2.", "N^2.5 and N²."),
        ("H_{2}O, W_{max}, ^{13}CO", "H₂O, W_max, ¹³CO"),
        (
            r"\alpha, \alpha_1, \mu m, 5\times faster, 3\times3, A\neq B, \Delta G",
            "α, α₁, μ m, 5× faster, 3×3, A≠B, Δ G",
        ),
        (r"n\log n, \mathcal{O}(n), \frac{1}{2}, \sqrt{2}, \hat x, \tilde{\chi}_1^0", "n log n, 𝒪(n), 1/2, √2, x̂, χ̃₁⁰"),
        ("snake_case, x_1.py, __init__, ^_^, a^bc, [^x], re^", "snake_case, x_1.py, __init__, ^_^, a^bc, [^x], re^"),
        ("`x^2_{a}` is code", "`x^2_{a}` is code"),
    ],
)
def test_mathematics_outside_of_formulas(source: str, expected: str) -> None:
    assert to_unicode(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "costs $5",
        "between $5 and $10",
        "from $5-$10 a month, or $5--$10".replace("--", "-"),
        "$18/hour versus $60/hour",
        "4$ per hour, 5$ a day",
        "US$5 to US$10",
        "$1.2 million, yielding $3 million",
        "a $ sign and another $ sign",
        "$$$ for all",
        "$100K-$200K",
    ],
)
def test_money_stays_money(source: str) -> None:
    assert to_unicode(source) == source


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("costs $5 for $n$ items", "costs $5 for n items"),
        ("a $9.50 fee, $x=1$, then $3 more", "a $9.50 fee, x = 1, then $3 more"),
        ("at $30 FPS$ and $2kM$", "at 30 FPS and 2kM"),
        ("$5\\%$ to $10\\%$", "5% to 10%"),
        ("$3$ or $4$", "3 or 4"),
        ("the $k$-th of $n$", "the k-th of n"),
    ],
)
def test_formulas_beside_money(source: str, expected: str) -> None:
    assert to_unicode(source) == expected
