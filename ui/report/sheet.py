"""The look of a report on a screen and on paper, and the few lines of script that draw its pictures."""

from ui.charts.palette import LIGHT_PALETTE

REPORT_CSS = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body {
  margin: 0; background: #FFFFFF; color: TEXT; font: 15px/1.5 FONT; font-variant-numeric: tabular-nums;
  -webkit-print-color-adjust: exact; print-color-adjust: exact;
}
main { max-width: 728px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 28px; line-height: 1.2; margin: 4px 0 12px; letter-spacing: -0.01em; text-wrap: balance; }
h2 { font-size: 19px; line-height: 1.3; margin: 0 0 12px; padding-top: 18px; border-top: 2px solid TEXT; }
h3 { font-size: 16px; line-height: 1.35; margin: 22px 0 6px; }
h4 { font-size: 14px; margin: 16px 0 4px; }
p { margin: 0 0 8px; }
main > section { margin-top: 34px; }
.eyebrow, small, .quiet, caption { color: QUIET; font-size: 13px; }
.eyebrow { margin: 0; }
.finding { font-size: 20px; line-height: 1.4; margin: 22px 0; text-wrap: pretty; }
.figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: 12px 20px; margin: 0; padding: 0; }
.figures div, .figures dd { margin: 0; }
.figures dt, .figures dd span { font-size: 13px; color: QUIET; display: block; }
.figures strong { font-size: 20px; font-weight: 650; display: block; line-height: 1.3; }
figure { margin: 8px 0 4px; }
.picture { width: 100%; max-width: 680px; height: 400px; overflow: hidden; }
.picture > svg:first-child:last-child { width: 100%; height: 100%; }
.card { border-left: 4px solid LINE; padding: 0 0 0 14px; margin: 0 0 18px; break-inside: avoid; }
.card.alarm { border-color: ZERO; }
.card.warn { border-color: CLIFF; }
.card h3 { margin: 0 0 4px; }
.card p { margin: 0 0 4px; }
.card small { display: block; }
.mark { font-weight: 600; color: FLAT; }
.alarm .mark { color: ZERO_TEXT; }
.warn .mark { color: CLIFF_TEXT; }
.scroll { overflow-x: auto; margin: 8px 0 14px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; line-height: 1.35; }
caption { text-align: left; padding-bottom: 4px; }
th, td { text-align: right; padding: 4px 8px; font-weight: 400; vertical-align: baseline; }
thead th { color: QUIET; border-bottom: 1px solid QUIET; vertical-align: bottom; }
tbody tr { border-bottom: 1px solid LINE; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
table.zones :is(th, td):is(:nth-child(2), :nth-child(3)) { text-align: left; }
.told section { break-inside: avoid-page; }
.told p { max-width: 62ch; }
.link { overflow-wrap: anywhere; }
a { color: #0067A3; }
.code { width: 190px; height: 190px; display: block; }
.code svg { width: 100%; height: 100%; }
.share { display: grid; grid-template-columns: 1fr 190px; gap: 24px; align-items: start; }
footer { margin-top: 34px; padding-top: 12px; border-top: 1px solid LINE; }
@media (max-width: 600px) {
  main { padding: 20px 16px 48px; }
  .figures { grid-template-columns: repeat(2, 1fr); }
  .share { grid-template-columns: 1fr; }
}
@page { margin: 15mm; }
@media print {
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  .finding { font-size: 14pt; }
  .figures { grid-template-columns: repeat(4, 1fr); }
  main > section.page { break-before: page; margin-top: 0; }
  h1, h2, h3, h4, caption, thead { break-after: avoid; }
  figure, .figures, .share, tr, .code { break-inside: avoid; }
  .looked, .short { break-inside: avoid-page; }
  .told p { max-width: none; margin-bottom: 4px; }
  .scroll { overflow: visible; }
  thead { display: table-header-group; }
  p { orphans: 3; widows: 3; }
  a { text-decoration: none; }
}
"""

REPORT_JS = """
(function () {
  const WIDTH = 680
  const shown = []
  function fitted(place, paper) {
    return paper ? WIDTH : Math.max(Math.min(place.clientWidth || WIDTH, WIDTH), 280)
  }
  document.querySelectorAll("script[data-for]").forEach(function (held) {
    const place = document.getElementById(held.dataset.for)
    const figure = JSON.parse(held.textContent)
    place.textContent = ""
    figure.layout.width = fitted(place, false)
    figure.layout.height = 400
    Plotly.newPlot(place, figure.data, figure.layout, { displayModeBar: false, doubleClick: false, scrollZoom: false })
    shown.push(place)
  })
  function fit(paper) {
    shown.forEach(function (place) {
      const width = fitted(place, paper)
      if (place.layout && place.layout.width !== width) Plotly.relayout(place, { width: width })
    })
  }
  window.addEventListener("beforeprint", function () { fit(true) })
  window.addEventListener("afterprint", function () { fit(false) })
  window.addEventListener("resize", function () { if (!matchMedia("print").matches) fit(false) })
})()
"""


def report_css(font: str) -> str:
    """The style of a report in a font."""
    text = REPORT_CSS.replace("FONT", font)
    named = {
        "ZERO_TEXT": LIGHT_PALETTE.zero_text,
        "CLIFF_TEXT": LIGHT_PALETTE.cliff_text,
        "ZERO": LIGHT_PALETTE.zero,
        "CLIFF": LIGHT_PALETTE.cliff,
    }
    for name, colour in (
        named | {"FLAT": LIGHT_PALETTE.flat_text, "TEXT": LIGHT_PALETTE.text, "QUIET": LIGHT_PALETTE.quiet}
    ).items():
        text = text.replace(name, colour)
    return text.replace("LINE", LIGHT_PALETTE.grid)
