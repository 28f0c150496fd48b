"""Pages as LaTeXML makes them for arXiv, and as its port to Rust does; written by hand."""

from __future__ import annotations

FRAME = """<!DOCTYPE html><html lang="en"><head><title>A page</title><script>var a = "<p>no</p>";</script></head><body>
<header class="arxiv-html-header"><button>Report an issue</button></header>
<nav class="ltx_page_navbar"><ol class="ltx_toclist"><li><a href="#S1">1 Introduction</a></li></ol></nav>
<div class="ltx_page_main"><div class="ltx_page_content"><article class="ltx_document ltx_authors_1line">{}</article></div>
<footer class="ltx_page_footer">Generated</footer></div></body></html>"""

PROSE = (
    "The river carries its stones for a long way before it lays them down, and what is found at the mouth says little of where"
    " it came from. "
)

LATEXML = FRAME.format(
    f"""
<h1 class="ltx_title ltx_title_document">Stones in <math alttext="\\mathbb{{R}}^{{n}}" display="inline"><semantics><mi>WRONG</mi>
<annotation encoding="application/x-tex">\\mathbb{{R}}^{{n}}</annotation></semantics></math></h1>
<div class="ltx_authors"><span class="ltx_creator ltx_role_author"><span class="ltx_personname">Ada Bach and Li Wei</span></span></div>
<div class="ltx_abstract"><h6 class="ltx_title ltx_title_abstract">Abstract</h6><p class="ltx_p">{PROSE}</p></div>
<section id="S1" class="ltx_section">
<h2 class="ltx_title ltx_title_section"><span class="ltx_tag ltx_tag_section">1 </span>Introduction</h2>
<div id="S1.p1" class="ltx_para"><p class="ltx_p">{PROSE}As <cite class="ltx_cite ltx_citemacro_cite">[<a href="#bib.bib1" title="" class="ltx_ref">1</a>,
<a href="https://arxiv.org/html/2606.00001v1#bib.bib2" class="ltx_ref">2</a>]</cite> show<span id="footnote1" class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup><span
class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">1</sup><span class="ltx_tag ltx_tag_note">1</span>A note with <a
href="https://x.org/code" class="ltx_ref">code</a>.</span></span></span>, it is <em class="ltx_emph ltx_font_italic">so</em> and
<span class="ltx_text ltx_font_bold">thus</span>, with <math alttext="\\displaystyle x_{{i}}\\leq %
1" display="inline"><mi>x</mi></math> (see Section <a href="#S2" class="ltx_ref">2</a>).</p></div>
<div class="ltx_para"><ul class="ltx_itemize"><li class="ltx_item" style="list-style-type:none;"><span class="ltx_tag ltx_tag_item">•</span>
<div class="ltx_para"><p class="ltx_p">First item</p></div></li>
<li class="ltx_item"><span class="ltx_tag ltx_tag_item">•</span><div class="ltx_para"><p class="ltx_p">Second item</p></div></li></ul></div>
</section>
<section id="S2" class="ltx_section">
<h2 class="ltx_title ltx_title_section"><span class="ltx_tag ltx_tag_section">2 </span>Method</h2>
<section id="S2.SS1" class="ltx_subsection">
<h3 class="ltx_title ltx_title_subsection"><span class="ltx_tag ltx_tag_subsection">2.1 </span>Flow</h3>
<div class="ltx_para"><p class="ltx_p">We minimise</p>
<table id="S2.E1" class="ltx_equation ltx_eqn_table"><tbody><tr class="ltx_equation ltx_eqn_row ltx_align_baseline">
<td class="ltx_eqn_cell ltx_eqn_center_padleft"></td><td class="ltx_eqn_cell ltx_align_center"><math
alttext="\\mathcal{{L}}(\\theta)=\\frac{{1}}{{N}}\\sum_{{i=1}}^{{N}}\\lVert y_{{i}}\\rVert" display="block"><mi>L</mi></math></td>
<td class="ltx_eqn_cell ltx_eqn_center_padright"></td><td rowspan="1" class="ltx_eqn_cell ltx_eqn_eqno ltx_align_middle ltx_align_right"><span
class="ltx_tag ltx_tag_equation ltx_align_right">(1)</span></td></tr></tbody></table>
<p class="ltx_p">and so on.</p>
<table class="ltx_equationgroup ltx_eqn_align ltx_eqn_table"><tbody id="S2.E2">
<tr class="ltx_equation ltx_eqn_row"><td class="ltx_td ltx_align_right ltx_eqn_cell"><math alttext="\\displaystyle a" class="ltx_Math"></math></td>
<td class="ltx_td ltx_align_left ltx_eqn_cell"><math alttext="\\displaystyle=b+c" class="ltx_Math"></math></td>
<td rowspan="1" class="ltx_eqn_cell ltx_eqn_eqno"><span class="ltx_tag ltx_tag_equation">(2)</span></td></tr></tbody>
<tbody><tr class="ltx_eqn_row"><td class="ltx_eqn_cell" colspan="3">where it stands that</td></tr></tbody>
<tbody id="S2.E3"><tr class="ltx_equation ltx_eqn_row"><td class="ltx_td"><math alttext="\\displaystyle d=e" class="ltx_Math"></math></td>
<td></td><td class="ltx_eqn_cell ltx_eqn_eqno"><span class="ltx_tag ltx_tag_equation">(3)</span></td></tr></tbody></table></div>
<figure id="S2.T1" class="ltx_table"><figcaption class="ltx_caption ltx_centering"><span class="ltx_tag ltx_tag_table">Table 1: </span>Results.</figcaption>
<table class="ltx_tabular ltx_guessed_headers ltx_align_middle"><thead class="ltx_thead">
<tr class="ltx_tr"><th class="ltx_td ltx_align_left ltx_th ltx_th_column" rowspan="2">Method</th>
<th class="ltx_td ltx_align_center ltx_th ltx_th_column" colspan="2">Score</th></tr>
<tr class="ltx_tr"><th class="ltx_td ltx_th ltx_th_column">A</th><th class="ltx_td ltx_th ltx_th_column">B</th></tr></thead>
<tbody class="ltx_tbody"><tr class="ltx_tr"><th class="ltx_td ltx_align_left ltx_th ltx_th_row">Ours</th>
<td class="ltx_td ltx_align_right"><math alttext="2^{{3}}"></math></td><td class="ltx_td ltx_align_right">12.5</td></tr>
<tr class="ltx_tr"><th class="ltx_td ltx_align_left ltx_th ltx_th_row">Theirs</th><td class="ltx_td ltx_align_right" colspan="2">none</td></tr>
</tbody></table></figure>
<figure id="S2.F1" class="ltx_figure"><img src="2606.00001v1/x1.png" class="ltx_graphics" alt="Refer to caption">
<figcaption class="ltx_caption"><span class="ltx_tag ltx_tag_figure">Figure 1: </span>A stone.</figcaption></figure>
<div class="ltx_listing ltx_lst_language_Python"><div class="ltx_listing_data"><a href="data:text/plain;base64,eA==">⬇</a></div>
<div class="ltx_listingline">if x:</div><div class="ltx_listingline">    y = 1</div></div>
<blockquote class="ltx_quote"><p class="ltx_p">Quoted words.</p></blockquote>
</section></section>
<section id="bib" class="ltx_bibliography"><h2 class="ltx_title ltx_title_bibliography">References</h2><ul class="ltx_biblist">
<li id="bib.bib1" class="ltx_bibitem"><span class="ltx_tag ltx_role_refnum ltx_tag_bibitem">[1]</span><span class="ltx_bibblock">A. Bach.</span>
<span class="ltx_bibblock">On stones.</span></li>
<li id="bib.bib2" class="ltx_bibitem"><span class="ltx_tag ltx_role_refnum ltx_tag_bibitem">[2]</span><span class="ltx_bibblock">L. Wei.</span></li>
</ul></section>"""
)
"""With everything the reference names. The text of MathML in it ("WRONG", "x", "L") is never to be seen."""

PORT = FRAME.format(
    f"""
<h1 class="ltx_title ltx_title_document">Stones</h1>
<section class="ltx_section" id="S1"><h2 class="ltx_title"><span class="ltx_tag">I. </span>Introduction</h2>
<p class="ltx_p" id="S1.p1">{PROSE * 4}So <math class="ltx_Math" display="inline"><semantics><mi>WRONG</mi><annotation
encoding="application/x-tex">x^{{2}}</annotation></semantics></math> is <cite class="ltx_cite"><a class="ltx_ref" href="#bib.bib7">Bach et al. (2020)</a></cite>.</p>
<div class="ltx_equation ltx_eqn_table" id="S1.E1"><table><tr class="ltx_equation ltx_eqn_row"><td><math alttext="a=b"></math></td><td
class="ltx_eqn_eqno">(1)</td></tr></table></div>
<figure class="ltx_table" id="S1.T1"><span class="ltx_tabular"><span class="ltx_tr"><span class="ltx_td">one</span><span class="ltx_td">two</span></span>
<span class="ltx_tr"><span class="ltx_td">three</span><span class="ltx_td">four</span></span></span>
<figcaption class="ltx_caption">TABLE I: Words.</figcaption></figure>
<p class="ltx_p"><span class="ltx_ERROR undefined">\\unknown</span> stays.</p></section>
<section class="ltx_bibliography" id="bib"><h2 class="ltx_title">References</h2><ul class="ltx_biblist"><li class="ltx_bibitem"
id="bib.bib7"><span class="ltx_tag ltx_tag_bibitem">Bach et al. (2020)</span><span class="ltx_bibblock">Ada Bach. Stones.</span></li></ul></section>"""
)
"""The other dialect: formulas by annotation, tables of spans, paragraphs without a box around them."""
