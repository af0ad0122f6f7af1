"""The little that the theme cannot say: figures of one width, the sizes of the sentence and of the four figures."""

from ui.charts.palette import Palette


def page_css(colours: Palette, strips: int = 0) -> str:
    """The style, with the page's own colour behind the picture, which stays while the rest scrolls under it.

    Args:
        colours: of the page.
        strips: how many rows of figures stand below the picture: of people, of what they do.
    """
    named = {
        "FIRST": f"{LEFT} > .stVerticalBlock > :first-child",
        "WAYS": f"{RIGHT} > .stVerticalBlock > :first-child",
        "LEFT": LEFT,
        "RIGHT": RIGHT,
        "PAGE": colours.page,
        "ZERO": colours.zero_text,
        "CLIFF": colours.cliff_text,
        "FLAT": colours.flat_text,
        "CURED": colours.cured,
        "LINE": colours.grid,
        "QUIET": colours.quiet,
        "CURVE": colours.curve,
    }
    text = PAGE_CSS + (
        STRIPS_CSS.replace("WIDE", f"{440 + 66 * strips}").replace("PHONE", f"{376 + 124 * strips}") if strips else ""
    )
    for name, colour in named.items():
        text = text.replace(name, colour)
    return text


LEFT, RIGHT = (f".st-key-main > * > .stHorizontalBlock > .stColumn:{place}-child" for place in ("first", "last"))
"""The columns of the picture and of the controls. They are found from above: what is found by what is in it, a browser
looks for all anew at every change of anything."""

PAGE_CSS = """
.stApp { font-variant-numeric: tabular-nums; }
.st-key-address_writer, .st-key-live_sweep { display: none; }
.stHtml .name h1 { font-size: 1.25rem; font-weight: 650; padding: 0; margin: 0; letter-spacing: -0.01em; }
.stHtml .name p { font-size: 0.875rem; margin: 0.1rem 0 0; opacity: 0.72; line-height: 1.35; text-wrap: balance; }
.stApp .stMainBlockContainer { padding-left: clamp(1rem, 3.4vw, 5rem); padding-right: clamp(1rem, 3.4vw, 5rem); }
.stApp .st-key-tools > :first-child { flex: 1 1 12rem; width: auto; min-width: 12rem; max-width: 20rem; }
.st-key-tools button { padding-left: 0.6rem; padding-right: 0.6rem; }
.stApp button[kind="primary"]:not(:disabled), .stApp button[kind="primary"]:not(:disabled) p { color: PAGE; }
.stApp .st-key-tour { padding: 0.5rem 0.75rem; border: 1px solid CURVE; border-radius: 0.4rem; }
.st-key-tour > :first-child { flex: 1 1 16rem; }
.stHtml .tour { margin: 0; line-height: 1.4; text-wrap: pretty; }
.stHtml .finding { font-size: 1.5rem; line-height: 1.35; margin: 0; min-height: 2.7em; text-wrap: pretty; }
.stHtml .figures { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 0.5rem 1.5rem; }
.stHtml .figures { margin: 0; padding: 0; }
.stHtml .finding + .figures { margin-top: 1rem; }
.stHtml .finding.short { min-height: 0; }
.stHtml .along { font-size: 0.875rem; line-height: 1.45; margin: 0.6rem 0 0; max-width: 64rem; }
.st-key-knobs .stGridCell .stVerticalBlock { gap: 0; }
.stHtml .figures div { margin: 0; padding: 0; }
.stHtml .figures dt { font-size: 0.875rem; opacity: 0.72; margin: 0; padding: 0; font-weight: 400; }
.stHtml .figures :is(dt, span, strong) { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.stHtml .figures dd { margin: 0; padding: 0; }
.stHtml .figures strong { display: block; font-size: 1.5rem; font-weight: 600; line-height: 1.3; }
.stHtml .figures span { display: block; font-size: 0.875rem; opacity: 0.72; min-height: 1.4em; }
.st-key-picture { overflow: hidden; padding: 0; }
.stHtml .about { font-size: 1rem; font-weight: 650; margin: 0; padding: 0; letter-spacing: 0; }
.stHtml .line { font-size: 0.875rem; line-height: 1.4; margin: 0; opacity: 0.8; }
.stHtml .story { max-width: 32rem; line-height: 1.5; }
.stHtml .story h2 { font-size: 1rem; font-weight: 650; margin: 0 0 0.4rem; padding: 0; letter-spacing: 0; }
.stHtml .story p { margin: 0 0 0.6rem; }
.stHtml .story small { font-size: 0.875rem; opacity: 0.72; }
.scroll { overflow-x: auto; }
table.rows { border-collapse: collapse; font-size: 0.875rem; width: 100%; }
table.rows th, table.rows td { text-align: right; padding: 0.3rem 0.6rem; white-space: nowrap; }
table.rows th { font-weight: 400; opacity: 0.72; }
table.rows tbody tr { border-top: 1px solid color-mix(in srgb, currentColor 14%, transparent); }
table.rows :is(th, td):first-child, table.zones :is(th, td):is(:nth-child(2), :nth-child(3)) { text-align: left; }
LEFT { align-self: stretch; }
LEFT > .stVerticalBlock { height: 100%; }
FIRST, FIRST > *, FIRST > * > :first-child, .st-key-stays { display: contents; }
.st-key-stays > :last-child { position: sticky; top: 0; z-index: 10; background: PAGE; }
.stHtml .finding span { font-weight: 500; }
:is(.st-key-findings, .st-key-more) > div { border-top: 1px solid LINE; padding: 0.6rem 0; }
.alarm .mark { color: ZERO; }
.warn .mark { color: CLIFF; }
.note .mark { color: FLAT; }
.st-key-mended { border-left: 4px solid CURED; padding: 0.2rem 0 0.2rem 0.9rem; }
.stHtml :is(.card, .mended) h3 { font-size: 1rem; font-weight: 650; margin: 0 0 0.2rem; padding: 0; letter-spacing: 0; }
.stHtml :is(.card, .mended) p { font-size: 0.875rem; line-height: 1.45; margin: 0; }
.stHtml .card .brings { font-weight: 600; margin-top: 0.2rem; }
.stHtml .card small { display: block; font-size: 0.75rem; line-height: 1.4; opacity: 0.72; margin-top: 0.2rem; }
.stHtml .card summary { font-size: 0.875rem; width: fit-content; cursor: pointer; margin-top: 0.2rem; opacity: 0.85; }
.stHtml .card details p { margin: 0.4rem 0; max-width: 40rem; }
.stHtml .card .mark { font-size: 0.875rem; font-weight: 600; margin-right: 0.35rem; }
[class*="st-key-card-"] > :first-child, [class*="st-key-lit-"] > :first-child { min-width: 0; }
[class*="st-key-lit-"] h3 { text-decoration: underline 2px; text-underline-offset: 0.25em; }
.stHtml .card .mark i { font-style: normal; }
.st-key-share-body { width: 23rem; max-width: 100%; }
.st-key-share-body img { border-radius: 0.25rem; }
.st-key-share-body .stHorizontalBlock:has(> .stColumn) { flex-wrap: nowrap; }
.st-key-share-body .stColumn { min-width: 0; }
.st-key-files > [data-testid="stLayoutWrapper"] { flex: 0 0 auto; width: auto; }
.st-key-large-code-body :has(img) { width: 100% !important; max-width: 100%; }
.st-key-large-code-body img { display: block; width: min(70vh, 100%) !important; height: auto; margin: 0 auto; }
.stHtml .conduct p { font-size: 1.0625rem; line-height: 1.5; margin: 0 0 0.6rem; max-width: 52rem; text-wrap: pretty; }
.stHtml :is(.conduct.small p, p.small) { font-size: 0.875rem; line-height: 1.45; margin: 0 0 0.4rem; max-width: 52rem; }
.stHtml .rep { font-size: 1rem; font-weight: 650; margin: 0; padding: 0; letter-spacing: 0; }
.stHtml .key { font-size: 0.875rem; margin: 0; display: flex; flex-wrap: wrap; gap: 0.1rem 1.25rem; }
.stHtml .key :is(.here, .there)::before { content: ""; display: inline-block; width: 1.75rem; margin-right: 0.5rem;
  vertical-align: 0.25em; border-top: 3px solid CURVE; }
.stHtml .key .there::before { border-top: 2px dashed CURED; }
table.rows.conduct :is(th, td) { white-space: normal; }
table.rows.named :is(th, td) { padding: 0.25rem 0.5rem; }
table.rows.named :is(th, td):first-child { padding-left: 0; position: sticky; left: 0; background: PAGE; }
table.rows.named td:first-child { max-width: 11rem; overflow: hidden; text-overflow: ellipsis; }
table.rows.named tfoot td { font-weight: 600; }
table.rows.evidence :is(th, td) { text-align: left; overflow-wrap: anywhere; }
.st-key-team .stImage img { width: 100%; }
.stHtml .tall { max-height: 20rem; overflow: auto; }
table.match tbody tr:first-child td { font-weight: 600; }
table.match :is(th, td) { text-align: left; }
.st-key-people-door button { white-space: nowrap; }
.stHtml .figures.person dd span { white-space: normal; overflow: visible; }
.st-key-people-one { scroll-margin-bottom: 11rem; }
.stHtml .told { max-width: 46rem; line-height: 1.5; }
.stHtml .told h2 { font-size: 1rem; font-weight: 650; margin: 1.1rem 0 0.3rem; padding: 0; letter-spacing: 0; }
.stHtml .told section:first-child h2 { margin-top: 0; }
.stHtml .told p { margin: 0 0 0.35rem; }
.stHtml .told .scroll { margin: 0.4rem 0 0.8rem; max-height: 20rem; overflow: auto; }
.stHtml .told th:first-child { opacity: 1; }
.stHtml .pinned { display: flex; flex-wrap: wrap; gap: 0.1rem 1.5rem; }
.st-key-pinned > :first-child { min-width: 0; }
.stHtml .pinned { font-size: 0.875rem; line-height: 1.4; margin: 0; }
.stHtml .pinned span::before { content: ""; display: inline-block; width: 1.75rem; margin-right: 0.5rem;
  vertical-align: 0.25em; border-top: 2px dashed QUIET; }
.stHtml .pinned .b::before { border-top: 3px solid CURVE; }
.stHtml .against p { font-size: 0.875rem; line-height: 1.5; margin: 0 0 0.5rem; max-width: 48rem; }
.stHtml .against small { font-size: 0.75rem; opacity: 0.8; }
table.beside :is(th, td) { white-space: normal; vertical-align: top; min-width: 7rem; }
table.changes { table-layout: auto; }
table.changes :is(th, td), table.rows.changes td { text-align: left; white-space: normal; vertical-align: top; }
@media (min-width: 641px) and (max-width: 1150px) {
  .stHtml .name p { display: none; }
  .stHtml .finding.short + .figures { align-items: end; }
  .stHtml .finding.short + .figures dt { white-space: normal; }
}
@media (min-width: 641px) and (max-width: 1150px) and (max-height: 800px) {
  .st-key-picture, .st-key-stays > :last-child { height: 440px !important; flex-basis: 440px !important; }
}
@media (max-width: 640px) {
  .stHtml .finding { font-size: 1.2rem; min-height: 5.4em; }
  .stHtml .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .stHtml .figures dt { white-space: normal; }
  .stHtml .figures strong { font-size: 1.25rem; }
  .stHtml .figures span { white-space: normal; }
  .stHtml .figures div:nth-child(n + 3) span { min-height: 2.8em; }
  .st-key-picture, .st-key-stays > :last-child { height: 420px !important; flex-basis: 420px !important; }
  :is([class*="st-key-card-"], [class*="st-key-lit-"], .st-key-mended, .st-key-pinned) { flex-wrap: wrap !important; }
  .st-key-tour > :first-child { flex-basis: 100%; }
  .st-key-tools { justify-content: flex-start !important; column-gap: 0.3rem !important; }
  .st-key-tools button { padding-left: 0.4rem; padding-right: 0.4rem; }
  .stApp .st-key-tools > :first-child { flex-basis: 100%; max-width: none; }
  .st-key-main > * > .stHorizontalBlock { row-gap: 1rem; }
  :is(LEFT, RIGHT), :is(LEFT, RIGHT) > .stVerticalBlock, WAYS, WAYS > *, WAYS > * > :first-child { display: contents; }
  .st-key-ways { display: contents; }
  .st-key-stays > * { order: -2; }
  .st-key-ways > *, RIGHT > .stVerticalBlock > :not(:last-child) { order: -1; }
  .st-key-stays > :last-child { border-bottom: 1px solid color-mix(in srgb, currentColor 14%, transparent); }
}
@media (max-height: 560px) {
  .st-key-stays > :last-child { position: static; }
}
"""

STRIPS_CSS = """
@media (min-width: 641px) and (max-width: 1150px) and (max-height: 800px) {
  .st-key-picture, .st-key-stays > :last-child { height: WIDEpx !important; flex-basis: WIDEpx !important; }
}
@media (max-width: 640px) {
  .st-key-picture, .st-key-stays > :last-child { height: PHONEpx !important; flex-basis: PHONEpx !important; }
}
"""
"""Where the figures of people stand below the picture, it is higher."""
