"""Text that a title, an abstract, a name or a note may hold and that must do nothing but be shown.

Every string that carries a sequence for the terminal, or an action for a widget, has `CANARY` in what it carries: where the canary
comes out behind a control character, or an action with it runs, something was not cleaned.
"""

from __future__ import annotations

from typing import Final

CANARY: Final = "PWN"

ESCAPES: Final[dict[str, str]] = {
    "csi colour": f"Red \x1b[31m{CANARY}\x1b[0m again",
    "csi clear": f"Gone\x1b[2J\x1b[H{CANARY}",
    "csi question": f"Who\x1b[6n are you {CANARY}",
    "csi unfinished": f"End {CANARY}\x1b[38;5",
    "osc title": f"A\x1b]0;{CANARY}\x07B",
    "osc title st": f"A\x1b]2;{CANARY}\x1b\\B",
    "osc 8 link": f"See \x1b]8;;file:///{CANARY}\x1b\\this\x1b]8;;\x1b\\ one",
    "osc 52 clipboard": f"Copy \x1b]52;c;UFdO{CANARY}\x07 me",
    "osc unfinished": f"Begin \x1b]0;{CANARY} and no end of it in this abstract",
    "dcs": f"X\x1bPq#0;2;0;0;0{CANARY}\x1b\\Y",
    "apc": f"X\x1b_G{CANARY}\x1b\\Y",
    "pm": f"X\x1b^{CANARY}\x1b\\Y",
    "sos": f"X\x1bX{CANARY}\x1b\\Y",
    "reset": f"Before\x1bc{CANARY}",
    "charset": f"Before\x1b(0{CANARY}",
    "lone escape": f"{CANARY}\x1b",
    "eight bit csi": f"Red \x9b31m{CANARY}\x9b0m",
    "eight bit osc": f"A\x9d0;{CANARY}\x9cB",
    "eight bit dcs": f"A\x90q{CANARY}\x9cB",
    "nested": f"\x1b\x1b[31m[31m{CANARY}\x1b]\x1b]0;{CANARY}\x07",
    "backspaces": f"safe\b\b\b\b{CANARY}",
    "carriage return": f"https://example.org/good\rhttps://{CANARY}.example/",
    "bells": f"\x07\x07{CANARY}\x07",
}
"""Sequences for the terminal, 7-bit and 8-bit, whole and broken."""

MARKUP: Final[dict[str, str]] = {
    "closing tag": "Attention [/] is all",
    "stray closing tag": "a [/b] c",
    "unfinished tag": "see [/",
    "action": f"[@click=app.{CANARY}]Quit[/]",
    "action quit": "[@click=app.quit]x[/]",
    "link": f"[link=file:///etc/{CANARY}]passwd[/link]",
    "plain link": "[link=file:///etc/passwd]x[/link]",
    "style": "[bold red on blue]not bold[/]",
    "index": "array[i] and x[b][c]",
    "escaped": r"\[x] and \\[y] and a backslash at the end \\",
    "variable": "[$primary]colour[/] $name {name} %(name)s",
    "html": f"<script>{CANARY}()</script> &lt;b&gt; &#27;[31m",
    "markdown": f"[x](javascript:{CANARY}) ![y](file:///etc/passwd) `code` **bold** | a | b |",
}
"""What Textual, Rich, HTML and Markdown would read as more than text."""

INVISIBLE: Final[dict[str, str]] = {
    "bidi override": f"access \u202e{CANARY}\u202c granted",
    "bidi isolate": "a \u2066b \u2067c\u2069 d\u2069",
    "bidi marks": "a\u200eb\u200fc\u061cd",
    "zero width": "ze\u200bro\u2060width\ufeff",
    "soft hyphen": "soft\u00adhyphen",
    "separators": "one\u2028two\u2029three\x85four\x0bfive\x0csix",
    "invisible letters": "a\u3164b\uffa0c\u115fd\u180ee",
    "tags": "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f flag",
    "annotation": "a\ufff9b\ufffac\ufffbd",
    "selectors": "\ufe0fa\ufe0f\ufe0e\ufe0fb \ufe0f",
    "joiners": "a\u200db\u200cc\u200d\u200d\u200dd",
    "private use": "icon \ue0b0\U000f0000\U0010fffd",
    "no characters": "x\ufdd0\ufffe\uffff\U0001fffe",
    "nul": f"before\x00{CANARY}",
    "delete": f"before\x7f{CANARY}",
    "all of C0": "".join(map(chr, range(32))),
    "all of C1": "".join(map(chr, range(0x80, 0xA0))),
}
"""What cannot be seen, and changes what can."""

WIDE: Final[dict[str, str]] = {
    "chinese": "扩散模型在图像合成方面取得了巨大成功",
    "japanese": "拡散モデルは、画像合成において（大きな）成果を上げた。",
    "korean": "확산 모델은 이미지 합성에서 큰 성공을 거두었다",
    "full width": "ＡＢＣ　ｄｅｆ",
    "arabic": "نماذج الانتشار في توليد الصور",
    "hebrew": "מודלי דיפוזיה ליצירת תמונות",
    "persian joiner": "می\u200cخواهم",
    "devanagari": "क्षि त्र ज्ञ श्र",
    "thai": "แบบจำลองการแพร่",
    "family": "👨\u200d👩\u200d👧\u200d👦 and 👩🏽\u200d🔬",
    "heart": "👩\u200d❤\ufe0f\u200d👨",
    "flags": "🇩🇪🇫🇷🇮🇹🇪",
    "keycap": "1\ufe0f\u20e3 #\ufe0f\u20e3",
    "long family": "👨\u200d" * 500 + "👦",
    "zalgo": "z" + "\u0301\u0316\u0321" * 400 + "algo",
    "marks without base": "\u0301\u0302\u0303 x",
    "hangul stack": "ᄀ" + "ᅡ" * 300,
    "lone high surrogate": "a\ud800b",
    "lone low surrogate": "a\udfffb",
    "split pair": "a\ud83d\ude00b",
    "mathematics": "𝒪(n³) ≤ ℝᵈ ∑ᵢ₌₁ᴺ √x̄",
}
"""What takes more or fewer cells than it has characters."""

LONG: Final[dict[str, str]] = {
    "long title": "A" * 100_000,
    "long words": "word " * 20_000,
    "newlines": "line\n" * 10_000,
    "long wide": "模" * 50_000,
    "spaces": " " * 50_000 + "x",
    "introducers": "\x1b]" * 20_000,
    "eight bit introducers": "\x9d" * 50_000,
    "marks": "e" + "\u0301\u0316" * 50_000,
}
"""What takes long to read."""

LATEX: Final[dict[str, str]] = {
    "braces": "{" * 5_000 + "x" + "}" * 5_000,
    "open braces": "{" * 100_000,
    "closing braces": "}" * 10_000,
    "roots": "$" + r"\sqrt[" * 3_000 + "$",
    "short roots": "$" + r"\sqrt[" * 250 + "]" * 250 + "$",
    "dollars": "$" * 10_000,
    "dollars apart": "$ " * 9_000,
    "fractions": r"\frac" * 5_000,
    "fractions in a formula": "$" + r"\frac" * 390 + "$",
    "nested fractions": "$" + r"\frac{1}{" * 190 + "x" + "}" * 190 + "$",
    "carets": "^" * 10_000,
    "scripts": "x^" * 9_000,
    "nested scripts": "x_{" * 6_000 + "}" * 6_000,
    "underscores": "_" * 10_000,
    "backslashes": "\\" * 20_000,
    "openings": r"\(" * 9_999,
    "styles": r"\textbf{" * 2_000 + "x" + "}" * 2_000,
    "unfinished styles": r"\textbf{" * 2_400,
    "text in formulas": "$" + r"\text{$a" * 140 + "$}" * 140 + "$",
    "accents": r"\'{" * 4_000 + "}" * 4_000,
    "letter accents": r"\v{" * 3_000 + "a" + "}" * 3_000,
    "hats": "$" + r"\hat" * 480 + "x$",
    "environments": r"\begin{cases}" * 700 + r"\end{cases}" * 700,
    "lists": r"\begin{itemize}\item " * 500 + r"\end{itemize}" * 500,
    "citations": r"\cite[\cite[" * 1_500,
    "commands of the author": r"\foo{" * 3_000 + "}" * 3_000,
    "character numbers": r"\unicode{x1b}\char27 \char`\^^[ $\unicode{x9b}$",
    "hidden sequence": f"$\\unicode{{x1b}}[31m{CANARY}$",
    "ties": "a~" * 9_000,
    "quotes": "``" * 9_000 + "''",
    "mixture": "$\\{}^_%&~#[]" * 1_600,
}
"""What nests, or never ends."""

CELLS: Final[dict[str, str]] = {
    "formula": '=HYPERLINK("http://example.org","x")',
    "plus": "+1+1",
    "minus": "-2+3",
    "at": "@SUM(A1)",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "quotes": "He said \"no\", then\nleft; 'really'",
    "bibtex": "100% {of} #1 & $2 _x_ ^y^ ~z~ \\cite{a} @misc{b,",
    "path": "../../../etc/passwd",
    "absolute path": "/etc/passwd",
    "option": "--help",
    "query": 'c++ AND "x OR (NEAR * : ^ -',
}
"""What other programs would run, look up or parse: spreadsheets, BibTeX, file systems, search engines."""

GROUPS: Final[dict[str, dict[str, str]]] = {
    "escape": ESCAPES,
    "markup": MARKUP,
    "invisible": INVISIBLE,
    "wide": WIDE,
    "long": LONG,
    "latex": LATEX,
    "cell": CELLS,
}

HOSTILE: Final[list[tuple[str, str]]] = [
    (f"{group}: {name}", text) for group, texts in GROUPS.items() for name, text in texts.items()
]
"""All of it, as (name, text)."""

SHORT: Final[list[tuple[str, str]]] = [(name, text) for name, text in HOSTILE if len(text) <= 4_000]
"""What is short enough to be shown many times in one test."""
