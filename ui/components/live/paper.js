// What plotly draws on. One drawing at a time: what is asked for while one is under way comes after it. A drawing that
// fails is begun anew on a new sheet; only what fails again and again counts as not to be had.

const TRIES = 3
const AFTER = 1000 // until plotly's own timers have run out on a sheet that is taken away [ms]
const PATIENCE = 15000 // until the script counts as lost [ms]
let script

function plotly(source) {
  if (window.Plotly) return Promise.resolve(window.Plotly)
  script ??= new Promise((resolve, reject) => {
    const tag = document.createElement("script")
    tag.onload = () => (window.Plotly ? resolve(window.Plotly) : reject(new Error("it defines no Plotly")))
    tag.onerror = () => reject(new Error("it cannot be loaded"))
    setTimeout(() => reject(new Error("it does not come")), PATIENCE)
    tag.src = source
    document.head.append(tag)
  })
  return script
}

// The figure that a row makes of the one at rest.
function rowed(sweep, row) {
  const { data, layout } = structuredClone(sweep.figure)
  layout.annotations = [
    ...layout.annotations.slice(0, sweep.still).map((title, n) => ({ ...title, text: row.titles?.[n] ?? title.text })),
    ...row.labels.map(([kind, text, x, y, xshift, yshift]) => ({ ...sweep.labels[kind], text, x, y, xshift, yshift })),
  ]
  layout.shapes = row.lines.map(([kind, x0, x1, y0, y1]) => ({ ...sweep.lines[kind], x0, x1, y0, y1 }))
  for (const [axis, told] of Object.entries(row.axes)) Object.assign(layout[axis], told)
  return { data: data.map((trace, number) => ({ ...trace, ...row.traces[number] })), layout }
}

class Paper {
  // `heard` is told when a drawing is there, when one is to be done again, and when none can be had.
  constructor(root, heard) {
    this.root = root
    this.heard = heard
    this.wrong = 0
    this.lay()
  }

  lay() {
    this.sheet = document.createElement("div")
    this.sheet.className = "plot"
    this.sheet.setAttribute("role", "img")
    this.root.prepend(this.sheet)
    this.name(this.says ?? "")
  }

  // The drawing in words, for those who listen.
  name(says) {
    this.says = says
    this.sheet.setAttribute("aria-label", says)
  }

  draw(Plotly, { data, layout }, scale) {
    this.more = this.busy
    if (this.busy) return
    this.busy = true
    this.Plotly = Plotly
    this.sheet.style.transform = scale > 1 ? `scale(${scale})` : ""
    const config = { displayModeBar: false, scrollZoom: false, doubleClick: false }
    const way = this.sheet.classList.contains("js-plotly-plot") ? "react" : "newPlot"
    const drawn = new Promise((resolve) => resolve(Plotly[way](this.sheet, data, layout, config)))
    drawn.then(
      () => this.done(),
      (error) => this.failed(error),
    )
  }

  done() {
    this.busy = false
    if (this.gone) return
    this.wrong = 0
    this.heard.painted()
    if (this.more) this.heard.again()
  }

  failed(error) {
    this.busy = false
    if (this.gone) return
    this.wrong += 1
    if (this.wrong > TRIES) return this.heard.failed(error)
    this.clear()
    this.lay()
    this.heard.again()
  }

  // The sheet goes at once; what plotly has put up behind it goes when its timers have run out.
  clear() {
    const { sheet, Plotly } = this
    sheet.remove()
    if (Plotly) setTimeout(() => Plotly.purge(sheet), AFTER)
  }

  remove() {
    this.gone = true
    this.clear()
  }
}
