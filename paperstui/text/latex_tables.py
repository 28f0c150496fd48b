"""The tables of LaTeX names: which character each stands for, and what it does in a formula.

Kept as text, one name and one character, because that is what a reader of this file wants to compare. What names with
arguments mean is in `latex_commands` (in formulas) and `latex_macros` (in prose).
"""

from __future__ import annotations

from typing import Final


def _pairs(table: str) -> dict[str, str]:
    """A table "name character name character …" as a dictionary."""
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def words(table: str) -> tuple[str, ...]:
    """The names in a table of names."""
    return tuple(table.split())


GREEK: Final = _pairs(
    """
    alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ omicron ο
    pi π rho ρ sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ
    Upsilon Υ Phi Φ Psi Ψ Omega Ω
    """
)

# Relations stand between two sides, with a space on both.
RELATIONS: Final = _pairs(
    """
    le ≤ leq ≤ leqslant ≤ leqq ≤ ge ≥ geq ≥ geqslant ≥ geqq ≥ ne ≠ neq ≠ lt < gt > ll ≪ gg ≫ lll ⋘ ggg ⋙ approx ≈
    approxeq ≊ thickapprox ≈ sim ~ thicksim ~ nsim ≁ simeq ≃ cong ≅ ncong ≇ equiv ≡ propto ∝ varpropto ∝ asymp ≍
    doteq ≐ triangleq ≜ coloneqq ≔ coloneq ≔ eqqcolon ≕ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ lessgtr ≶
    gtrless ≷ prec ≺ succ ≻ preceq ≼ succeq ≽ preccurlyeq ≼ succcurlyeq ≽ nless ≮ ngtr ≯ nleq ≰ ngeq ≱ lneq ⪇ gneq ⪈
    in ∈ notin ∉ ni ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ nsubseteq ⊈ nsupseteq ⊉ subsetneq ⊊ supsetneq ⊋
    sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ mid | nmid ∤ divides ∣ parallel ∥ nparallel ∦ perp ⟂ vdash ⊢
    dashv ⊣ models ⊨ vDash ⊨ Vdash ⊩ nvdash ⊬ nvDash ⊭ bowtie ⋈ smile ⌣ frown ⌢ trianglelefteq ⊴ trianglerighteq ⊵
    vartriangleleft ⊲ vartriangleright ⊳ between ≬ to → rightarrow → longrightarrow → Rightarrow ⇒ Longrightarrow ⟹
    implies ⟹ leftarrow ← longleftarrow ← gets ← Leftarrow ⇐ Longleftarrow ⟸ impliedby ⟸ leftrightarrow ↔
    longleftrightarrow ↔ Leftrightarrow ⇔ Longleftrightarrow ⟺ iff ⟺ mapsto ↦ longmapsto ↦ hookrightarrow ↪
    hookleftarrow ↩ rightharpoonup ⇀ rightharpoondown ⇁ leftharpoonup ↼ leftharpoondown ↽ rightleftharpoons ⇌
    leftrightharpoons ⇋ rightleftarrows ⇄ leftrightarrows ⇆ rightrightarrows ⇉ leftleftarrows ⇇ rightsquigarrow ⇝
    leadsto ⇝ nrightarrow ↛ nleftarrow ↚ nRightarrow ⇏ nLeftarrow ⇍ twoheadrightarrow ↠ twoheadleftarrow ↞
    rightarrowtail ↣ dashrightarrow ⇢ dashleftarrow ⇠ curvearrowright ↷ curvearrowleft ↶ multimap ⊸ Vvdash ⊪ Subset ⋐
    Supset ⋑ backsim ∽ eqsim ≂ risingdotseq ≓ fallingdotseq ≒ circeq ≗
    """
)

# Operators between two operands: a space on both sides where the source has one before.
OPERATORS: Final = _pairs(
    """
    times × div ÷ pm ± mp ∓ cdot · centerdot · ast * star ⋆ circ ∘ bullet • cap ∩ cup ∪ Cap ⋒ Cup ⋓ uplus ⊎ sqcap ⊓
    sqcup ⊔ wedge ∧ land ∧ vee ∨ lor ∨ setminus ∖ smallsetminus ∖ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙
    circledast ⊛ circledcirc ⊚ boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡ amalg ⨿ wr ≀ ltimes ⋉ rtimes ⋊ dagger †
    ddagger ‡ diamond ⋄ bigtriangleup △ bigtriangledown ▽ triangleleft ◁ triangleright ▷ intercal ⊺ dotplus ∔
    divideontimes ⋇ curlywedge ⋏ curlyvee ⋎ barwedge ⌅ veebar ⊻
    """
)

# Big operators, which take limits.
BIG: Final = _pairs(
    """
    sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ oiint ∯ bigcap ⋂ bigcup ⋃ bigsqcup ⨆ bigvee ⋁ bigwedge ⋀
    bigodot ⨀ bigotimes ⨂ bigoplus ⨁ biguplus ⨄
    """
)

OPENING: Final = _pairs(
    "langle ⟨ lfloor ⌊ lceil ⌈ lbrace { lbrack [ lparen ( lvert | lVert ‖ llbracket ⟦ lang ⟨ ulcorner ⌜ llcorner ⌞ lgroup ⟮"
)
CLOSING: Final = _pairs(
    "rangle ⟩ rfloor ⌋ rceil ⌉ rbrace } rbrack ] rparen ) rvert | rVert ‖ rrbracket ⟧ rang ⟩ urcorner ⌝ lrcorner ⌟ rgroup ⟯"
)

# Letters and signs that stand for themselves.
ORDINARY: Final = GREEK | _pairs(
    """
    varepsilon ε vartheta ϑ varpi ϖ varrho ϱ varsigma ς varphi φ varkappa ϰ digamma ϝ varGamma Γ varDelta Δ varTheta Θ
    varLambda Λ varXi Ξ varPi Π varSigma Σ varUpsilon Υ varPhi Φ varPsi Ψ varOmega Ω infty ∞ partial ∂ nabla ∇ ell ℓ
    hbar ℏ hslash ℏ imath ı jmath ȷ wp ℘ Re ℜ Im ℑ aleph ℵ beth ℶ gimel ℷ daleth ℸ forall ∀ exists ∃ nexists ∄
    emptyset ∅ varnothing ∅ neg ¬ lnot ¬ top ⊤ bot ⊥ angle ∠ measuredangle ∡ sphericalangle ∢ triangle △ vartriangle △
    square □ Box □ blacksquare ■ Diamond ◇ lozenge ◊ blacklozenge ⧫ bigstar ★ blacktriangle ▲ blacktriangledown ▼
    blacktriangleright ▶ blacktriangleleft ◀ triangledown ▽ bigcirc ◯ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠
    sharp ♯ flat ♭ natural ♮ surd √ prime ′ backprime ‵ dots … ldots … dotsc … dotsb ⋯ dotsm ⋯ dotsi ⋯ dotso … cdots ⋯
    vdots ⋮ ddots ⋱ therefore ∴ because ∵ colon : vert | Vert ‖ backslash \\ uparrow ↑ downarrow ↓ updownarrow ↕
    Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ upuparrows ⇈ downdownarrows ⇊
    circlearrowleft ↺ circlearrowright ↻ complement ∁ eth ð mho ℧ checkmark ✓ maltese ✠ degree ° textdegree °
    celsius ℃ micro µ textmu µ ohm Ω AA Å aa å AE Æ ae æ OE Œ oe œ O Ø o ø L Ł l ł ss ß SS ẞ DH Ð dh ð DJ Đ dj đ NG Ŋ
    ng ŋ TH Þ th þ i ı j ȷ S § P ¶ dag † ddag ‡ copyright © circledR ® circledS Ⓢ pounds £ yen ¥ euro € texteuro €
    EUR € textcent ¢ textsterling £ textyen ¥ textdollar $ textregistered ® textcopyright © texttrademark ™
    textordfeminine ª textordmasculine º textonehalf ½ textonequarter ¼ textthreequarters ¾ textonesuperior ¹
    texttwosuperior ² textthreesuperior ³ textbullet • textperiodcentered · textpm ± texttimes × textdiv ÷ textless <
    textgreater > textbar | textbardbl ‖ textbackslash \\ textasciitilde ~ textasciicircum ^ textasciigrave `
    textunderscore _ textbraceleft { textbraceright } textendash – textemdash — textellipsis … textquoteleft ‘
    textquoteright ’ textquotedblleft “ textquotedblright ” textquotedbl " textquotesingle ' quotesinglbase ‚
    quotedblbase „ guillemotleft « guillemotright » guilsinglleft ‹ guilsinglright › lq ‘ rq ’ textsection §
    textparagraph ¶ textdagger † textdaggerdbl ‡ textohm Ω textmho ℧ textrightarrow → textleftarrow ← textuparrow ↑
    textdownarrow ↓ textexclamdown ¡ textquestiondown ¿ textvisiblespace ␣ textsurd √ textnumero № textperthousand ‰
    textpertenthousand ‱
    permil ‰ slash / lbar | TeX TeX LaTeX LaTeX LaTeXe LaTeX2ε BibTeX BibTeX sun ☉ astrosun ☉ male ♂ female ♀ earth ⊕
    """
)

# Functions are set upright, with a space to the letters around them.
FUNCTIONS: Final = frozenset(
    words(
        """
    arccos arcsin arctan arg argmax argmin ker cos cosh cot coth csc deg det dim exp gcd hom inf lg lim ln log max min
    Pr sec sin sinh sup tan tanh sign sgn tr Tr rank diag Var Cov softmax injlim projlim liminf limsup
    """
    )
)

# Abbreviations that paper templates define alike, as the papers print them.
ABBREVIATIONS: Final = {
    "eg": "e.g.",
    "ie": "i.e.",
    "etc": "etc.",
    "etal": "et al.",
    "cf": "cf.",
    "vs": "vs.",
    "wrt": "w.r.t.",
    "aka": "a.k.a.",
    "iid": "i.i.d.",
}

SYMBOLS: Final = ORDINARY | RELATIONS | OPERATORS | BIG | OPENING | CLOSING

# Letters whose name swallows the spaces behind it in text ("\O rsted"); behind a sign the author meant the space.
LETTERS: Final = frozenset(words("AA aa AE ae OE oe O o L l ss SS DH dh DJ dj NG ng TH th i j TeX LaTeX LaTeXe BibTeX"))

# Combining marks: the accents of text (by the character or letter of their command) and those of mathematics.
TEXT_ACCENTS: Final = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "c": "\u0327",
    "v": "\u030c",
    "H": "\u030b",
    "u": "\u0306",
    "r": "\u030a",
    "k": "\u0328",
    "b": "\u0331",
    "d": "\u0323",
    "t": "\u0361",
}
_MATH_ACCENTS: Final = {
    "hat": "\u0302",
    "tilde": "\u0303",
    "bar": "\u0304",
    "vec": "\u20d7",
    "dot": "\u0307",
    "ddot": "\u0308",
    "dddot": "\u20db",
    "acute": "\u0301",
    "grave": "\u0300",
    "breve": "\u0306",
    "check": "\u030c",
}
MATH_ACCENTS: Final = (
    _MATH_ACCENTS
    | {name.capitalize(): mark for name, mark in _MATH_ACCENTS.items()}  # as amsmath once wrote them
    | {f"wide{name}": _MATH_ACCENTS[name] for name in ("hat", "tilde", "check", "bar")}
    | {"overline": "\u0304", "overrightarrow": "\u20d7", "mathring": "\u030a"}
)

_SUPERSCRIPT_OF: Final = "0123456789+-=()ABDEGHIJKLMNOPRTUVWabcdefghijklmnoprstuvwxyzβγδθφχ"
_SUPERSCRIPTS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵝᵞᵟᶿᵠᵡ"
_SUBSCRIPT_OF: Final = "0123456789+-=()aehijklmnoprstuvxβγρφχ"
_SUBSCRIPTS: Final = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ"

# What Unicode has a raised or lowered form of. Signs that are raised anyway stay as they are; ⊤ raised is the
# transpose.
SUPERSCRIPT: Final = (
    dict(zip(_SUPERSCRIPT_OF, _SUPERSCRIPTS, strict=True))
    | {"−": "⁻", "⊤": "ᵀ", "⊺": "ᵀ", "∘": "°"}
    | {c: c for c in "*′″‴†‡°⋆®™℠©ªº"}
)
SUBSCRIPT: Final = dict(zip(_SUBSCRIPT_OF, _SUBSCRIPTS, strict=True)) | {"−": "₋"}

# First letters of the mathematical alphabets, in the order A, a, 0 (an empty one: Unicode has none), and the letters
# that were in Unicode before the alphabets were.
_ALPHABETS: Final = {
    "double": ("𝔸", "𝕒", "𝟘", _pairs("C ℂ H ℍ N ℕ P ℙ Q ℚ R ℝ Z ℤ")),
    "script": ("𝒜", "𝒶", "", _pairs("B ℬ E ℰ F ℱ H ℋ I ℐ L ℒ M ℳ R ℛ e ℯ g ℊ o ℴ")),
    "fraktur": ("𝔄", "𝔞", "", _pairs("C ℭ H ℌ I ℑ R ℜ Z ℨ")),
}
ALPHABET_COMMANDS: Final = (
    dict.fromkeys(words("mathbb Bbb mathds mathbbm mathbbold"), "double")
    | dict.fromkeys(words("mathcal mathscr cal"), "script")
    | dict.fromkeys(words("mathfrak frak"), "fraktur")
)


def _alphabet(name: str) -> dict[int, int]:
    """A mathematical alphabet as a table for `str.translate`."""
    capital, small, digit, exceptions = _ALPHABETS[name]
    table = {ord("A") + offset: ord(capital) + offset for offset in range(26)}
    table |= {ord("a") + offset: ord(small) + offset for offset in range(26)}
    if digit:
        table |= {ord("0") + offset: ord(digit) + offset for offset in range(10)}
    return table | {ord(letter): ord(char) for letter, char in exceptions.items()}


ALPHABETS: Final = {name: _alphabet(name) for name in _ALPHABETS}
