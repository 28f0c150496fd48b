r"""What abstracts, titles, comments and author lists are made of, in sentences of our own: each kind at least once.

Kept apart from the tests of the rules: here stands what a reader sees, there why.
"""

from __future__ import annotations

import pytest

from paperstui.text.latex import to_unicode

PROSE = r"""
A \textbf{bold} word => A bold word
An \emph{odd \textbf{and bold}} word => An odd and bold word
We call it \textsc{Name}: a tool => We call it Name: a tool
Run \texttt{a\_tool --help} => Run a_tool --help
Run \verb|x_1 {y}| twice => Run x_1 {y} twice
{\it i.e.} this, {\em too} and {\bf that} => i.e. this, too and that
\underline{F}irst \uline{L}etters => First Letters
\textbf{A}\textbf{B}-net => AB-net
The 4\textsuperscript{th} and 1\textsuperscript{st} => The 4ᵗʰ and 1ˢᵗ
The mark\textsuperscript{\textregistered} and \texttrademark => The mark® and ™
H\textsubscript{2}O and mAP\textsubscript{50:95} => H₂O and mAP_(50:95)
A share of 5\% and 10 % and 3.5\,\% => A share of 5% and 10 % and 3.5 %
R\&D, Q\&A, C\#, a\_b, \{x\} => R&D, Q&A, C#, a_b, {x}
pages 3--7 --- and so on => pages 3–7 — and so on
``double'' and `single' quotes => “double” and `single' quotes
``left open" is closed => “left open” is closed
a ''word'' and 5'' of x = '' here => a “word” and 5'' of x = '' here
from {1..5} to {a, b}, and {one} => from {1..5} to {a, b}, and one
{\color{my_blue}(5) blue} and {\color{red!50} red} => (5) blue and red
Fig.~3 of Smith~et~al. => Fig. 3 of Smith et al.
about ~5 of ~100 => about ~5 of ~100
6.2\,px and 3\;mm and 4\:s => 6.2 px and 3 mm and 4 s
e.g.\ this and vs.\ that => e.g. this and vs. that
more\,/\,less, set-mem\-ber\-ship => more / less, set-membership
first \\ second \newline third => first second third
See \cite{key} and \citep{a,b} => See [key] and [a, b]
tools~\cite{one, two}. => tools [one, two].
as in \citet[p.~5]{key} => as in [key, p. 5]
text\footnote{A note.} goes on => text (A note.) goes on
text.\footnote{\small A note} => text. (A note)
at \url{https://example.org/a_b} => at https://example.org/a_b
at \href{https://example.org}{this page}. => at this page.
at https://example.org/~me/a_b^c--d => at https://example.org/~me/a_b^c--d
\ours{} beats \method and {\name} => \ours beats \method and \name
\textcolor{red}{red} and {\color{blue} blue} => red and blue
a 360{\deg} view of {\pi}/2 and 5 {\mu}m => a 360° view of π/2 and 5 μm
at 90$^{\circ}$ or 90$^\circ$ or 90\textdegree => at 90° or 90° or 90°
\k{appa} = 0.7, \l{ambda} and \r{ho} => κ = 0.7, λ and ρ
a role $\unicode{x2014}$ so $\unicode{x0025}$ => a role — so %
\begin{itemize}\item One \item Two\end{itemize} => • One⏎• Two
\begin{enumerate} \item A \item B\end{enumerate} => 1. A⏎2. B
so \begin{equation*} a = b \end{equation*} holds => so a = b holds
\textbf{never closed => never closed
\textcolor{blue}{never closed => never closed
a \href{https://example.org}{never closed => a never closed
faster (\>20 FPS), DeepNet3\+ and AP\@0.5 => faster (>20 FPS), DeepNet3+ and AP@0.5
\eg a cat, \ie a dog, \etc. => e.g. a cat, i.e. a dog, etc.
\noindent\textbf{Aim:} to\vspace{1em} see => Aim: to see
\ding{51} and \ding{55} and \checkmark => ✓ and ✗ and ✓
LRL{\textrightarrow}Chinese and a\textemdash b => LRL→Chinese and a—b
\textasciitilde50 and 2\textasciicircum3 and \textless5 => ~50 and 2^3 and <5
CPU\slash GPU and 5\textperthousand of it => CPU/GPU and 5‰ of it
5~\si{\kilo\metre}, \SI{3}{\milli\second}, \SI{97}{\percent} => 5 km, 3 ms, 97%
\num{1617} of \num{2.5e3}, \ang{45}, \SIrange{1}{5}{\giga\hertz} => 1617 of 2.5×10³, 45°, 1–5 GHz
(\romannumeral1) and (\romannumeral 4) => (i) and (iv)
{C}apital {L}etters {K}ept => Capital Letters Kept
{SLAM} in {3D} => SLAM in 3D
100% sure, 5 % of it => 100% sure, 5 % of it
a trailing backslash \ => a trailing backslash \
an odd } brace and { another => an odd } brace and { another
"""

NAMES = r"""
J\"org M\"{u}ller and Fran\c{c}ois L\'evy => Jörg Müller and François Lévy
\'Arp\'ad, \v{S}imon, Bro\v{n}a, {\v S}rot => Árpád, Šimon, Broňa, Šrot
Nu\~nez, Mu\~{n}iz, S\~ao => Nuñez, Muñiz, São
{\L}ukasz, \L{}ukasz, Pucha{\l}a, \'Swi\k{e}cki => Łukasz, Łukasz, Puchała, Święcki
{\O}ystein, \O ystein, H{\aa}kon, \AA sa => Øystein, Øystein, Håkon, Åsa
Mei{\ss}ner, Stra\ss e, {\AE}lfric, {\oe}uvre => Meißner, Straße, Ælfric, œuvre
Garc\'{\i}a, Mart\'\i n, Mar{\'\i}a => García, Martín, María
Erd\H{o}s, Er\H{o}, Gr\u{a}dinaru => Erdős, Erő, Grădinaru
Juzeli\=unas, \=Abe, Mah\={a} => Juzeliūnas, Ābe, Mahā
\.Istanbul, \.{Z}eleny, Tol\d{o}pe => İstanbul, Żeleny, Tolọpe
Ka{\^a}niche, R\^{o}le, \^Ile => Kaâniche, Rôle, Île
Zangh\`i, Tom\`as, Mod\`{e}le => Zanghì, Tomàs, Modèle
Bokm\aa l and Risø => Bokmål and Risø
O'Brien, D'Angelo, d'Alembert => O'Brien, D'Angelo, d'Alembert
A. B. Name (1,2), C. Name (2) ((1) A Place, (2) B) => A. B. Name (1,2), C. Name (2) ((1) A Place, (2) B)
"""

FORMULAS = r"""
2$\times$ faster, $2\times$ and $\times 2$ => 2× faster, 2× and ×2
$\sim$5\% and $\sim 10$ and $\approx$3 => ~5% and ~10 and ≈3
$>$90\%, $<$5 and $\geq 3$ => >90%, <5 and ≥3
R$^2$, R$^{2}$, m$^3$, CO$_2$, H$_{2}$O => R², R², m³, CO₂, H₂O
$R^2 = 0.9$ and $p<0.05$ => R² = 0.9 and p < 0.05
$0.5 \pm 0.1$ and $0.5\pm0.1$ => 0.5 ± 0.1 and 0.5±0.1
$10^{-3}$ to $10^6$, $2.5\times10^{-4}$ => 10⁻³ to 10⁶, 2.5×10⁻⁴
$256\times256$ and $16 \times 16$ => 256×256 and 16 × 16
$n{=}2$, $k {\in} S$, $10{,}000$ => n=2, k ∈ S, 10,000
$O(n\log n)$, $\mathcal{O}(n^2)$, $\tilde{O}(\sqrt{T})$ => O(n log n), 𝒪(n²), Õ(√T)
$\widetilde{\mathcal{O}}(1/\sqrt{n})$ => 𝒪̃(1/√n)
$\Omega(\sqrt{n})$ and $\Theta(n^{1/2})$ => Ω(√n) and Θ(n^(1/2))
$\ell_1$, $\ell_\infty$, $L_2$, $F_1$, $\log_2 n$ => ℓ₁, ℓ_∞, L₂, F₁, log₂ n
$x_i$, $x_{ij}$, $x_{i,j}$, $x_{t+1}$, $x_{\max}$ => xᵢ, xᵢⱼ, x_(i,j), xₜ₊₁, x_max
$W_{\text{out}}$, $d_{\mathrm{model}}$, $p_\theta$, $\pi_{0.5}$ => W_out, d_model, p_θ, π_0.5
$R^2_{\text{adj}}$, $x^2_i$, $x_i^2$, $f'_i$ => R²_adj, x²ᵢ, xᵢ², f′ᵢ
$\mathbb{R}^d$, $\mathbb{R}^{n \times d}$, $\mathbb{Z}_q^n$ => ℝᵈ, ℝ^(n×d), ℤ_qⁿ
$\mathbb{E}[X]$, $\mathbb{1}$, $\mathfrak{g}$, $\mathscr{L}$ => 𝔼[X], 𝟙, 𝔤, ℒ
$\mathbf{x}$, $\boldsymbol{\theta}$, $\mathrm{KL}$, $\mathsf{P}$ => x, θ, KL, P
$\text{E}^3\text{RL}$ and \textbf{H$^{\mathbf{3}}$DP} => E³RL and H³DP
$\hat{x}$, $\bar{y}_1$, $\tilde O$, $\dot{x}$, $\vec{v}$ => x̂, ȳ₁, Õ, ẋ, v⃗
$\overline{AB}$, $\overline{x}$, $\underline{x}$, $\hat{ab}$ => ĀB̄, x̄, x, hat(ab)
$\frac{1}{2}$, $\frac12$, $\tfrac{a}{b}$, $\nicefrac{1}{3}$ => 1/2, 1/2, a/b, 1/3
$\frac{n+1}{2}$, $\frac{1}{2n}$, $\frac{1}{1-\gamma}$ => (n+1)/2, 1/(2n), 1/(1-γ)
$\sqrt{d_k}$, $\sqrt{n+1}$, $\sqrt[3]{x}$, $\sqrt{s_{NN}}$ => √dₖ, √(n+1), ∛x, √s_NN
$\sqrt{s_{_{NN}}} = 200$ GeV => √s_NN = 200 GeV
$\binom{n}{k}$ ways => (n choose k) ways
$\sum_{i=1}^n x_i$ and $\prod_{k} p_k$ => ∑ᵢ₌₁ⁿ xᵢ and ∏ₖ pₖ
$\int_0^1 f(x)\,dx$ and $\lim_{n\to\infty} a_n$ => ∫₀¹ f(x) dx and lim_(n→∞) aₙ
$\max_{x \in S} f(x)$ and $\arg\min_\theta L$ => max_(x∈S) f(x) and arg min_θ L
$\operatorname{rank}(A)$ and $\operatorname*{argmax}_x f$ => rank(A) and argmaxₓ f
$\left( \frac{a}{b} \right)$ and $\bigl[x\bigr]$ => (a/b) and [x]
$\|x\|_2$, $\lVert x \rVert$, $|x|$, $\lfloor x \rfloor$ => ‖x‖₂, ‖x‖, |x|, ⌊x⌋
$n |\log x|$ and $|x|\log|y|$ => n |log x| and |x| log|y|
$p(y|x)$, $p(y \mid x)$, $D_{KL}(p\|q)$, $P(A \mid B)$ => p(y|x), p(y | x), D_KL(p‖q), P(A | B)
$\langle x, y \rangle$ and $\{1,\dots,n\}$ => ⟨x, y⟩ and {1,…,n}
$f: X \to Y$, $x \mapsto x^2$, $A \Rightarrow B$ => f: X → Y, x ↦ x², A ⇒ B
$f: [0,1] \to \mathbb{R}$ => f: [0,1] → ℝ
$x \in [0,1]$, $A \subseteq B$, $a \neq b$, $a \equiv b \pmod{m}$ => x ∈ [0,1], A ⊆ B, a ≠ b, a ≡ b (mod m)
$A^\top B$, $A^T$, $A^{-1}$, $x^*$, $f'$, $f''$, $x^\star$ => AᵀB, Aᵀ, A⁻¹, x*, f′, f″, x⋆
$\nabla_\theta L$, $\partial_t u$, $\Delta x$ => ∇_θ L, ∂ₜ u, Δx
$\underbrace{a+b}_{n}$ and $\overset{d}{=}$ => a+bₙ and =ᵈ
$\begin{pmatrix} a & b \\ c & d \end{pmatrix}$ => (a, b; c, d)
$f = \begin{cases} 1, & x>0 \\ 0 \end{cases}$ => f = {1, x > 0; 0}
$\begin{aligned} a &= b \\ c &= d \end{aligned}$ => a = b; c = d
$a$$b$ and $x$-$y$ => ab and x-y
\(x^2\) and \[ y = 1 \] => x² and y = 1
$$x = 1$$ => x = 1
$\alpha$-, $\beta$-, and $\varepsilon$-greedy => α-, β-, and ε-greedy
the $k$-th of $n$ and $k$NN and top-$k$ => the k-th of n and kNN and top-k
$\text{if } x > 0$ and $x \text{ and } y$ => if x > 0 and x and y
$\uparrow$ 5 and $\downarrow$ 3, a$\rightarrow$b => ↑ 5 and ↓ 3, a→b
$\{\cal O\}$, ${\cal L}$, $\cal{O}(n)$, $\frak{g}$ => {𝒪}, ℒ, 𝒪(n), 𝔤
$\forall x\, \exists y$ and $\exists^*\forall$ => ∀x ∃y and ∃*∀
$B^0_s \to \mu^+\mu^-$ and $^{12}$C => B⁰ₛ → μ⁺μ⁻ and ¹²C
$x = 1, y = 2$ and $(a, b,c)$ => x = 1, y = 2 and (a, b,c)
$a \cdot b$, $a\cdot b$, $A \otimes B$, $A\cup B$ => a · b, a·b, A ⊗ B, A∪B
$\myop(x)$ and $\R^n$ stay => \myop(x) and \Rⁿ stay
$e^{-x^2/2}$ and $2^{2^n}$ and $n^{o(1)}$ => e^(-x²/2) and 2^(2ⁿ) and nᵒ⁽¹⁾
$1 - \frac{1}{e}$ and $\frac{1}{2}\log n$ => 1 - 1/e and 1/2 log n
$\mathcal{N}(0, \sigma^2 I)$ and $X \sim P$ => 𝒩(0, σ² I) and X ~ P
$0 \leq x \leq 1$ and $x \ge 0$ and $x \gg y$ => 0 ≤ x ≤ 1 and x ≥ 0 and x ≫ y
$90^{\circ}$ and $5\,\mu\mathrm{m}$ and $20\,\text{ms}$ => 90° and 5 μm and 20 ms
$\textit{e.g.}$ and $\textbf{bold}$ and $\texttt{code}$ => e.g. and bold and code
an $F_1$ of F_1 and w_t and L_2 => an F₁ of F₁ and wₜ and L₂
CO_2, TiO_2, H_2O and Y_2Ba_4Cu_7O_{15} => CO₂, TiO₂, H₂O and Y₂Ba₄Cu₇O₁₅
10^6, 2^{128}, x^n, C^*-algebras, R^{2} => 10⁶, 2¹²⁸, xⁿ, C*-algebras, R²
"""

MONEY = r"""
It costs $5-$10 a month. => It costs $5-$10 a month.
From $3.5M to $4M, with $x$ and $y$ => From $3.5M to $4M, with x and y
$3.5M and $x$ => $3.5M and x
at \$5 and \$10.50 each => at $5 and $10.50 each
for $18/hour versus $60/hour => for $18/hour versus $60/hour
US$5 or 5$ or $5 USD => US$5 or 5$ or $5 USD
under $1,000, over $10K, and $1 trillion => under $1,000, over $10K, and $1 trillion
($148K) for it and ($0.4) => ($148K) for it and ($0.4)
less than $0.1 for $n = 3$ items => less than $0.1 for n = 3 items
a lone $ sign => a lone $ sign
$200--$300 for each => $200–$300 for each
costs $2 and takes $2\times$ longer => costs $2 and takes 2× longer
"""

UNCHANGED = r"""
a file_name.py, snake_case, __init__, v_2.1, AP_50, GPT_4
path/to/x_1/y and https://example.org/x_1?a_b=c^2
{"key": 1, "b": [2]} and {0, 1}
an [CLS] token, <think>, a|b, 5x, C++, #1, @home
(1) first; (ii) second -> third
\unknown{kept} and \another
"""


def pairs(table: str) -> list[tuple[str, str]]:
    """The rows of a table, each a source and what is shown; ⏎ is the end of a line."""
    rows = (row.split(" => ") for row in table.strip("\n").split("\n"))
    return [(source, shown.replace("⏎", "\n")) for source, shown in rows]


@pytest.mark.parametrize(("source", "shown"), pairs(PROSE))
def test_prose(source: str, shown: str) -> None:
    assert to_unicode(source) == shown


@pytest.mark.parametrize(("source", "shown"), pairs(NAMES))
def test_names(source: str, shown: str) -> None:
    assert to_unicode(source) == shown


@pytest.mark.parametrize(("source", "shown"), pairs(FORMULAS))
def test_formulas(source: str, shown: str) -> None:
    assert to_unicode(source) == shown


@pytest.mark.parametrize(("source", "shown"), pairs(MONEY))
def test_money(source: str, shown: str) -> None:
    assert to_unicode(source) == shown


@pytest.mark.parametrize("source", UNCHANGED.strip().split("\n"))
def test_what_is_no_latex(source: str) -> None:
    assert to_unicode(source) == source
    assert to_unicode(source, bare=True) == source


@pytest.mark.parametrize("source", [source for table in (PROSE, NAMES) for source, _ in pairs(table)])
def test_prose_reads_alike_from_text_that_may_have_lost_its_backslashes(source: str) -> None:
    assert to_unicode(source, bare=True) == to_unicode(source)


@pytest.mark.parametrize(
    "shown", [shown for _, shown in pairs(FORMULAS) + pairs(NAMES) if not {"\\", "{"} & set(shown)]
)
def test_what_is_shown_is_not_read_again_as_something_else(shown: str) -> None:
    assert to_unicode(shown) == shown
