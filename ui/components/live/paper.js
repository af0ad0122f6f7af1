// What plotly draws on. One drawing at a time: what is asked for while one is under way comes after it. A drawing that
// fails is begun anew on a new sheet; only what fails again and again counts as not to be had.

const TRIES = 3
const AFTER = 1000 // until plotly's own timers have run out on a sheet that is taken away [ms]
const PATIENCE = 15000 // until the script counts as lost [ms]
const DOTS = "people" // the trace whose dots can be chosen
const FINGER = 22 // how far from a finger a dot may lie [px]
const STILL = 8 // what a finger may stir while it taps [px]
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
  // `heard` is told when a drawing is there, when one is to be done again, when none can be had, and what was clicked.
  constructor(root, heard) {
    this.root = root
    this.heard = heard
    this.wrong = 0
    this.lay()
  }

  lay() {
    this.listens = false
    this.sheet = document.createElement("div")
    this.sheet.className = "plot"
    this.sheet.setAttribute("role", "img")
    this.sheet.addEventListener("pointerdown", ({ clientX: x, clientY: y }) => (this.down = { x, y }))
    this.sheet.addEventListener("pointerup", (event) => this.tap(event))
    this.root.prepend(this.sheet)
    this.name(this.says ?? "")
  }

  // A dot that a mouse points at, by its place; of a finger plotly tells nothing.
  click(points) {
    const dot = points.find(({ data }) => data.name === DOTS)
    if (dot) this.heard.clicked(dot.pointNumber)
  }

  tap({ pointerType, clientX, clientY }) {
    if (pointerType !== "touch" || Math.hypot(clientX - this.down?.x, clientY - this.down?.y) > STILL) return
    const { _fullData: traces = [], _fullLayout: axes } = this.sheet
    const dots = traces.find(({ name }) => name === DOTS)
    if (!dots?.x?.length) return
    const { left, top } = this.sheet.getBoundingClientRect()
    const far = (axis, value, at) => axis._offset + axis.d2p(value) - at
    const away = Array.from(dots.x, (x, n) =>
      Math.hypot(far(axes.xaxis, x, clientX - left), far(axes.yaxis, dots.y[n], clientY - top)),
    )
    const nearest = away.indexOf(Math.min(...away))
    if (away[nearest] <= FINGER) this.heard.clicked(nearest)
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
    if (!this.listens) this.sheet.on("plotly_click", ({ points }) => this.click(points))
    this.listens = true
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
