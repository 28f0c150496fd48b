"""A page with whatever a paper may hold, as LaTeXML writes it and as its port to Rust does; written by hand.

In the parts below `$...$` stands for a formula as these programs write one, and `[[1|...]]` for a footnote.
"""

from __future__ import annotations

import html
import re

from tests.documents.pages import FRAME, PROSE

_FORMULA = re.compile(r"\$(\$?)(.+?)\$\1", re.DOTALL)
_NOTE = re.compile(r"\[\[(.)\|(.*?)\]\]", re.DOTALL)

HEAD = r"""
<h1 class="ltx_title ltx_title_document">How rivers sort<br class="ltx_break">their $k$ stones<span class="ltx_note ltx_role_thanks"><sup
class="ltx_note_mark">†</sup><span class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">†</sup><span
class="ltx_note_type">thanks: </span>Paid for by nobody.</span></span></span></h1>
<div class="ltx_authors">
<span class="ltx_creator ltx_role_author"><span class="ltx_personname">Ada Bach</span><span class="ltx_author_notes"><span
class="ltx_contact ltx_role_affiliation">River School, Basel</span><span class="ltx_contact ltx_role_email"><a
href="mailto:ada@x.org">ada@x.org</a></span></span></span>
<span class="ltx_author_before">  </span><span class="ltx_creator ltx_role_author"><span class="ltx_personname">Li Wei<sup
class="ltx_sup">1,2</sup>
</span></span></div>
<div class="ltx_dates">(1 June 2026)</div>
<div class="ltx_abstract"><h6 class="ltx_title ltx_title_abstract">Abstract</h6><p class="ltx_p">PROSE We sort $\mathcal{O}(n\log n)$
of them.</p></div>
<div class="ltx_keywords"><h6 class="ltx_title ltx_title_keywords">Keywords: </h6>stones, water</div>
"""  # noqa: E501

TEXT = r"""
<section id="S1" class="ltx_section"><h2 class="ltx_title ltx_title_section"><span class="ltx_tag ltx_tag_section">1 </span>Introduction</h2>
<div id="S1.p1" class="ltx_para"><p id="S1.p1.1" class="ltx_p">Stones were sorted before <cite class="ltx_cite ltx_citemacro_citep">(Bach et
al., <a class="ltx_ref" href="#bib.bib1" title="">2020</a>; Wei, <a class="ltx_ref" href="#bib.bib2" title="">2021</a>)</cite>[[1|With care,
and $n>10$ of them; see <a class="ltx_ref ltx_url ltx_font_typewriter" href="https://x.org/stones">https://x.org/stones</a>.]] by
<em class="ltx_emph ltx_font_italic">hand</em>. PROSE</p></div>
<div id="S1.p2" class="ltx_para"><p class="ltx_p">What is new:</p>
<ol id="S1.I1" class="ltx_enumerate">
<li id="S1.I1.i1" class="ltx_item" style="list-style-type:none;"><span class="ltx_tag ltx_tag_item">1.</span>
<div id="S1.I1.i1.p1" class="ltx_para"><p class="ltx_p">a way to sort them that is long enough to be wrapped at every width a reader of papers
may have on a screen;</p></div></li>
<li id="S1.I1.i2" class="ltx_item"><span class="ltx_tag ltx_tag_item">2.</span> <div class="ltx_para"><p class="ltx_p">two proofs, of</p>
<ul class="ltx_itemize"><li class="ltx_item"><span class="ltx_tag ltx_tag_item"><span class="ltx_text ltx_font_bold">–</span></span> <div
class="ltx_para"><p class="ltx_p">order, and</p></div></li>
<li class="ltx_item"><span class="ltx_tag ltx_tag_item"><span class="ltx_text ltx_font_bold">–</span></span> <div class="ltx_para"><p
class="ltx_p">speed[[2|Both are short.]];</p></div></li></ul></div></li>
<li class="ltx_item"><span class="ltx_tag ltx_tag_item">3.</span> <div class="ltx_para"><p class="ltx_p">stones.</p></div>
<div class="ltx_para"><p class="ltx_p">They have a second paragraph.</p></div></li></ol></div>
<section id="S1.SS0.SSS0.Px1" class="ltx_paragraph"><h5 class="ltx_title ltx_title_paragraph">Words.</h5>
<div class="ltx_para"><dl class="ltx_description"><dt class="ltx_item"><span class="ltx_tag ltx_tag_item"><span class="ltx_text
ltx_font_bold">Stone</span></span></dt><dd class="ltx_item"><div class="ltx_para"><p class="ltx_p">is hard.</p></div></dd>
<dt class="ltx_item"><span class="ltx_tag ltx_tag_item"><span class="ltx_text ltx_font_bold">Water</span></span></dt><dd
class="ltx_item"><div class="ltx_para"><p class="ltx_p">is wet.</p></div></dd></dl></div></section>
</section>
"""  # noqa: E501

FORMULAS = r"""
<section id="S2" class="ltx_section"><h2 class="ltx_title ltx_title_section"><span class="ltx_tag ltx_tag_section">2 </span>Theory of
$\ell_{2}$ stones</h2>
<div id="Thmtheorem1" class="ltx_theorem ltx_theorem_theorem"><h6 class="ltx_title ltx_runin ltx_title_theorem"><span class="ltx_tag
ltx_tag_theorem"><span class="ltx_text ltx_font_bold">Theorem 1</span></span><span class="ltx_text ltx_font_bold"> </span>(Order)<span
class="ltx_text ltx_font_bold">.</span></h6>
<div id="Thmtheorem1.p1" class="ltx_para"><p class="ltx_p"><span class="ltx_text ltx_font_italic">For all </span>$n$<span class="ltx_text
ltx_font_italic"> stones there is</span></p>
<table id="S2.E1" class="ltx_equation ltx_eqn_table"><tbody>
<tr id="S2.E1.r1" class="ltx_equation ltx_eqn_row ltx_align_baseline"><td class="ltx_eqn_cell ltx_eqn_center_padleft"></td>
<td class="ltx_td ltx_align_left ltx_eqn_cell">$$S(n)=\begin{cases}1&n=0\\ \sum_{i<n}S(i)&\text{otherwise}\end{cases}$$</td>
<td class="ltx_eqn_cell ltx_eqn_center_padright"></td><td rowspan="1" class="ltx_eqn_cell ltx_eqn_eqno
ltx_align_middle"><span class="ltx_tag ltx_tag_equation ltx_align_right">(1)</span></td></tr></tbody></table></div></div>
<div id="S2.1" class="ltx_proof"><h6 class="ltx_title ltx_runin ltx_font_italic ltx_title_proof">Proof.</h6>
<div id="S2.p2" class="ltx_para"><p class="ltx_p">From <a class="ltx_ref" href="#Thmtheorem1" title="Theorem 1"><span class="ltx_text
ltx_ref_tag">Theorem 1</span></a> and $a%
=b$ (see (<a class="ltx_ref" href="#S2.E2.r1">2</a>)) it follows that</p>
<table id="S2.EGx1" class="ltx_equationgroup ltx_eqn_align ltx_eqn_table"><tbody id="S2.E2">
<tr id="S2.E2.r1" class="ltx_equation ltx_eqn_row ltx_align_baseline"><td class="ltx_eqn_cell ltx_eqn_center_padleft"></td>
<td class="ltx_td ltx_align_left ltx_eqn_cell">$\displaystyle f(x)$</td>
<td class="ltx_td ltx_align_left ltx_eqn_cell">$\displaystyle=\int_{0}^{1}\left\|\nabla g(x,t)\right\|^{2}\,dt$</td>
<td class="ltx_eqn_cell ltx_eqn_center_padright"></td><td rowspan="1" class="ltx_eqn_cell ltx_eqn_eqno
ltx_align_middle"><span class="ltx_tag ltx_tag_equation ltx_align_right">(2)</span></td></tr></tbody>
<tbody><tr class="ltx_eqn_row ltx_align_baseline"><td class="ltx_eqn_cell ltx_align_left" style="white-space:normal;" colspan="5">where $g$
is the weight of <em class="ltx_emph ltx_font_italic">all</em> stones, and</td></tr>
<tr id="S2.EGx2" class="ltx_eqn_row"><td class="ltx_eqn_cell" colspan="5"></td></tr></tbody>
<tbody id="S2.E3">
<tr id="S2.E3.r1" class="ltx_equation ltx_eqn_row ltx_align_baseline"><td class="ltx_eqn_cell ltx_eqn_center_padleft"></td>
<td class="ltx_td ltx_align_left ltx_eqn_cell">$\displaystyle h(x)$</td>
<td class="ltx_td ltx_align_left ltx_eqn_cell">$\displaystyle\leq f(x)$</td>
<td class="ltx_eqn_cell ltx_eqn_center_padright"></td><td rowspan="1" class="ltx_eqn_cell ltx_eqn_eqno
ltx_align_middle"></td></tr>
<tr id="S2.E3.r2" class="ltx_equation ltx_eqn_row ltx_align_baseline"><td class="ltx_eqn_cell ltx_eqn_center_padleft"></td>
<td class="ltx_td ltx_align_left ltx_eqn_cell"></td>
<td class="ltx_td ltx_align_left ltx_eqn_cell">$\displaystyle<1$<span class="ltx_text">  for all stones </span>$x$</td>
<td class="ltx_eqn_cell ltx_eqn_center_padright"></td><td rowspan="1" class="ltx_eqn_cell ltx_eqn_eqno
ltx_align_middle"><span class="ltx_tag ltx_tag_equation ltx_align_right">(3a)</span></td></tr></tbody></table>
<p class="ltx_p">which was to be shown. <span class="ltx_text ltx_markedasmath">∎</span></p></div></div>
<figure id="alg1" class="ltx_float ltx_float_algorithm ltx_framed ltx_framed_top"><figcaption class="ltx_caption"><span class="ltx_tag
ltx_tag_float"><span class="ltx_text ltx_font_bold">Algorithm 1</span> </span> Sorting of $n$ stones</figcaption>
<div class="ltx_listing ltx_listing"><div id="alg1.l0" class="ltx_listingline"><span class="ltx_text ltx_font_bold">Input:</span> stones
$x_{1},\dots,x_{n}$
</div>
<div id="alg1.l1" class="ltx_listingline"><span class="ltx_tag ltx_tag_listingline"><span class="ltx_text" style="font-size:80%;">1:</span></span>
<span class="ltx_text ltx_font_bold">for</span> $i\leftarrow 1$ <span class="ltx_text ltx_font_bold">to</span> $n$ <span
class="ltx_text ltx_font_bold">do</span></div>
<div id="alg1.l2" class="ltx_listingline"><span class="ltx_tag ltx_tag_listingline"><span class="ltx_text">2:</span></span>   lay
down $x_{i}$ <span class="ltx_text" style="float:right;">⊳ gently</span></div>
<div id="alg1.l3" class="ltx_listingline"><span class="ltx_tag ltx_tag_listingline"><span class="ltx_text">3:</span></span> <span
class="ltx_text ltx_font_bold">end</span> <span class="ltx_text ltx_font_bold">for</span></div></div></figure>
</section>
"""  # noqa: E501

TABLES = r"""
<section id="S3" class="ltx_section"><h2 class="ltx_title ltx_title_section"><span class="ltx_tag ltx_tag_section">3 </span>Experiments</h2>
<div id="S3.p1" class="ltx_para"><p class="ltx_p">Table <a class="ltx_ref" href="#S3.T1"><span class="ltx_text ltx_ref_tag">1</span></a> has
it all.</p></div>
<figure id="S3.T1" class="ltx_table"><figcaption class="ltx_caption ltx_centering" style="font-size:90%;"><span class="ltx_tag
ltx_tag_table">Table 1: </span>Stones of two rivers. PROSE</figcaption>
<div class="ltx_inline-block ltx_align_center ltx_transformed_outer" style="width:433.6pt;"><span class="ltx_transformed_inner"
style="transform:scale(0.9);"><table class="ltx_tabular ltx_centering ltx_guessed_headers ltx_align_middle"><thead class="ltx_thead">
<tr class="ltx_tr"><th class="ltx_td ltx_align_left ltx_th ltx_th_column ltx_border_tt" rowspan="2"><span class="ltx_text">River</span></th>
<th class="ltx_td ltx_align_center ltx_th ltx_th_column ltx_border_tt" colspan="3">Stones a day</th>
<th class="ltx_td ltx_align_center ltx_th ltx_th_column ltx_border_tt" colspan="2">Weight ($\mathrm{kg}\,\mathrm{m}^{-3}$)</th></tr>
<tr class="ltx_tr"><th class="ltx_td ltx_align_center ltx_th ltx_th_column">spring</th><th class="ltx_td ltx_align_center ltx_th
ltx_th_column">summer</th><th class="ltx_td ltx_align_center ltx_th ltx_th_column">winter</th><th class="ltx_td ltx_align_center ltx_th
ltx_th_column">mean</th><th class="ltx_td ltx_align_center ltx_th ltx_th_column">most</th></tr></thead>
<tbody class="ltx_tbody"><tr class="ltx_tr"><td class="ltx_td ltx_align_center ltx_border_t" colspan="6"><span class="ltx_text
ltx_font_italic">North of the hills</span></td></tr>
<tr class="ltx_tr"><th class="ltx_td ltx_align_left ltx_th ltx_th_row" rowspan="2">Long River</th><td class="ltx_td
ltx_align_right">1${}\pm{}$0.5</td><td class="ltx_td ltx_align_right">12</td><td class="ltx_td ltx_align_right">–</td><td class="ltx_td
ltx_align_right">$10^{3}$</td><td class="ltx_td ltx_align_right"><span class="ltx_text ltx_font_bold">2,000</span></td></tr>
<tr class="ltx_tr"><td class="ltx_td ltx_align_right">2</td><td class="ltx_td ltx_align_right">8.25</td><td class="ltx_td
ltx_align_right">✓</td><td class="ltx_td ltx_align_right">900</td><td class="ltx_td ltx_align_right">1,100<sup class="ltx_sup">a</sup></td></tr>
<tr class="ltx_tr"><th class="ltx_td ltx_align_left ltx_th ltx_th_row"><span class="ltx_inline-block ltx_align_left"><span
class="ltx_p">Short River</span><span class="ltx_p">(upper part)</span></span></th><td class="ltx_td ltx_align_right" colspan="3">not
counted</td><td class="ltx_td ltx_align_right">850</td><td class="ltx_td"></td></tr></tbody></table></span></div></figure>
<figure id="S3.F1" class="ltx_figure"><div class="ltx_flex_figure"><div class="ltx_flex_cell ltx_flex_size_2"><figure id="S3.F1.sf1"
class="ltx_figure ltx_figure_panel ltx_align_center"><img src="2606.00001v1/a.png" class="ltx_graphics" alt="Refer to caption"><figcaption
class="ltx_caption"><span class="ltx_tag ltx_tag_figure">(a) </span>In spring</figcaption></figure></div><div class="ltx_flex_cell"><figure
id="S3.F1.sf2" class="ltx_figure ltx_figure_panel"><img src="2606.00001v1/b.png" class="ltx_graphics" alt="Refer to
caption"><figcaption class="ltx_caption"><span class="ltx_tag ltx_tag_figure">(b) </span>In winter</figcaption></figure></div></div>
<figcaption class="ltx_caption ltx_centering"><span class="ltx_tag ltx_tag_figure">Figure 1: </span>The mouth, where $x=0$.</figcaption></figure>
<div class="ltx_listing ltx_lst_language_Python ltx_lst_numbers_left ltx_lstlisting"><div class="ltx_listing_data"><a download=""
href="data:text/plain;base64,eA==">⬇</a></div><div class="ltx_listingline"><span class="ltx_tag ltx_tag_listingline">1</span><span class="ltx_text
ltx_lst_keyword ltx_font_bold">def</span><span class="ltx_text ltx_lst_space"> </span>sort(stones):</div><div class="ltx_listingline"><span
class="ltx_tag ltx_tag_listingline">2</span><span class="ltx_text ltx_lst_space">    </span><span class="ltx_text
ltx_lst_keyword">return</span><span class="ltx_text ltx_lst_space"> </span>sorted(stones)</div></div>
<pre class="ltx_verbatim ltx_font_typewriter">% stones  --sort
   done</pre>
<blockquote class="ltx_quote"><p class="ltx_p">A stone says nothing.</p><blockquote class="ltx_quote"><p class="ltx_p">Water
does.</p></blockquote></blockquote>
<div class="ltx_para"><p class="ltx_p"><span class="ltx_ERROR undefined">\IEEEPARstart</span>It goes on<span class="ltx_note
ltx_role_footnotemark"><sup class="ltx_note_mark">1</sup><span class="ltx_note_outer"><span class="ltx_note_content"><sup
class="ltx_note_mark">1</sup><span class="ltx_note_type">footnotemark: </span><span class="ltx_tag ltx_tag_note">1</span></span></span></span>
like this, with CO<sub class="ltx_sub">2</sub> and <code class="ltx_verbatim ltx_font_typewriter">a  b</code>.</p></div></section>
"""  # noqa: E501

END = r"""
<section id="Sx1" class="ltx_section"><h2 class="ltx_title ltx_title_section">Acknowledgments</h2><div class="ltx_para"><p class="ltx_p">We
thank the river.</p></div></section>
<section id="bib" class="ltx_bibliography"><h2 class="ltx_title ltx_title_bibliography">References</h2><ul id="bib.L1" class="ltx_biblist">
<li id="bib.bib1" class="ltx_bibitem"><span class="ltx_tag ltx_role_refnum ltx_tag_bibitem">Bach et al. (2020)</span>
<span class="ltx_bibblock">A. Bach, L. Wei, and others.</span><span class="ltx_bibblock"><span class="ltx_text ltx_bib_title">On $k$
stones</span>.</span><span class="ltx_bibblock"><em class="ltx_emph ltx_font_italic">J. Rivers</em>, 3(1), 2020.</span>
<span class="ltx_bibblock ltx_bib_cited">Cited by: <a class="ltx_ref" href="#S1.p1"><span class="ltx_text ltx_ref_tag">§1</span></a>.</span></li>
<li id="bib.bib2" class="ltx_bibitem"><span class="ltx_tag ltx_role_refnum ltx_tag_bibitem">Wei (2021)</span><span
class="ltx_bibblock">L. Wei. Water. <a class="ltx_ref ltx_href" href="https://arxiv.org/abs/2106.00001">arXiv:2106.00001</a>.</span></li></ul></section>
<section id="A1" class="ltx_appendix"><h2 class="ltx_title ltx_title_appendix"><span class="ltx_tag ltx_tag_appendix">Appendix A </span>More
stones</h2>
<section id="A1.SS1" class="ltx_subsection"><h3 class="ltx_title ltx_title_subsection"><span class="ltx_tag ltx_tag_subsection">A.1 </span>What
was asked</h3>
<svg class="ltx_picture" height="80" width="600"><g transform="translate(0,80)"><foreignObject width="560" height="40"><span
class="ltx_foreignobject_container"><span class="ltx_foreignobject_content"><span class="ltx_inline-block ltx_minipage ltx_align_bottom"
style="width:402pt;"><span class="ltx_p"><span class="ltx_text ltx_font_bold">Question.</span> You are a river. Say which of the stones below
you would carry first, and why so.</span>
<span class="ltx_itemize"><span class="ltx_item" style="list-style-type:none;"><span class="ltx_tag ltx_tag_item">•</span> <span class="ltx_para"><span
class="ltx_p">The grey one.</span></span></span>
<span class="ltx_item"><span class="ltx_tag ltx_tag_item">•</span> <span class="ltx_para"><span class="ltx_p">The red
one.</span></span></span></span></span></span></span></foreignObject></g></svg>
<figure id="A1.F2" class="ltx_figure"><svg class="ltx_picture"><g><foreignObject>$x_{1}$</foreignObject><path
d="M0 0"></path><foreignObject>in</foreignObject></g></svg><figcaption class="ltx_caption"><span class="ltx_tag ltx_tag_figure">Figure
2: </span>A drawing.</figcaption></figure>
</section></section>
"""  # noqa: E501


def _formula(found: re.Match[str]) -> str:
    """A formula, with MathML whose text is never to be seen."""
    tex = html.escape(found[2])
    display = "block" if found[1] else "inline"
    return (
        f'<math class="ltx_Math" alttext="{tex}" display="{display}" intent=":literal"><semantics><mrow><mi>WRONG</mi></mrow>'
        f'<annotation encoding="application/x-tex">{tex}</annotation></semantics></math>'
    )


def _note(found: re.Match[str]) -> str:
    mark = f'<sup class="ltx_note_mark">{found[1]}</sup>'
    return (
        f'<span id="footnote{found[1]}" class="ltx_note ltx_role_footnote">{mark}<span class="ltx_note_outer"><span'
        f' class="ltx_note_content">{mark}<span class="ltx_tag ltx_tag_note">{found[1]}</span>{found[2]}</span></span></span>'
    )


def _ported(page: str) -> str:
    """The page as the port may write it: sources in annotations only, captions below, tables in boxes made of spans."""
    page = re.sub(r'(<math class="ltx_Math") alttext="[^"]*"(?= display)', r"\1", page)
    caption = re.search(
        r'(<figcaption class="ltx_caption ltx_centering" style=.*?</figcaption>)(.*?)(</figure>)', page, re.DOTALL
    )
    assert caption is not None
    page = page.replace(caption[0], caption[2] + caption[1] + caption[3])
    start = page.index('<table class="ltx_tabular')
    end = page.index("</table>", start)
    return (
        page[:start]
        + re.sub(r"(</?)(?:table|thead|tbody|tr|td|th)\b", r"\1span", page[start : end + 8])
        + page[end + 8 :]
    )


def _page(*parts: str) -> str:
    page = "".join(parts).replace("PROSE", PROSE.strip())
    return FRAME.format(_NOTE.sub(_note, _FORMULA.sub(_formula, page)))


LATEXML = _page(HEAD, TEXT, FORMULAS, TABLES, END)
PORT = _ported(LATEXML)
