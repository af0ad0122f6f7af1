// One plotly picture that stays where it is: drawn once, changed in place, dragged by handles on its axis.
//
// It works nothing out. Where a pointer is becomes the number of a row, and the row, drawn ahead by the engine, goes into
// the traces as it is. When a handle is let go, its value goes to the server, and what comes back is drawn instead.

const ANSWER = 8000 // until an answer counts as lost [ms]
const AGAIN = 2000 // until rows are asked for once more [ms]
const CALM = 200 // until the text around a picture that is right already counts as there [ms]
const AXES = ["xaxis", "yaxis", "yaxis2"]
const pictures = new WeakMap()

class Picture extends Lane {
  constructor(parent) {
    super()
    this.root = element(parent, "div", "flatline-picture")
    const heard = { painted: () => this.painted(), again: () => this.draw(), failed: (error) => this.fail(error), clicked: (n) => this.point(n) }
    this.paper = new Paper(this.root, heard)
    this.people = new FigureStrip(parent, this.root, "people")
    this.conduct = new FigureStrip(parent, this.root, "conduct")
    this.lane = element(this.root, "div", "lane")
    this.lane.setAttribute("role", "group")
    this.handles = new Map()
    this.sweeps = new Map()
    this.waiting = new Map()
    this.sent = 0
    this.arrived = (event) => this.keep(event.detail)
    document.addEventListener("flatline:sweep", this.arrived)
    this.pressed = (event) => this.press(event.target)
    document.addEventListener("pointerdown", this.pressed, true)
    this.watch = new ResizeObserver(() => this.draw())
    this.watch.observe(this.root)
    document.fonts.ready.then(() => {
      for (const handle of this.handles.values()) handle.measured = null
      this.draw()
    })
  }

  remove() {
    if (this.gone) return
    document.removeEventListener("flatline:sweep", this.arrived)
    document.removeEventListener("pointerdown", this.pressed, true)
    this.watch.disconnect()
    cancelAnimationFrame(this.frame)
    clearTimeout(this.late)
    clearTimeout(this.rest)
    clearTimeout(this.repeat)
    for (const handle of this.handles.values()) handle.remove()
    this.gone = true
    this.paper.remove()
    this.people.remove()
    this.conduct.remove()
    this.root.remove()
  }

  update(data, send) {
    if (this.data && this.data.plan !== data.plan) this.forget()
    this.data = data
    this.send = send
    this.paper.name(data.alt)
    this.lane.setAttribute("aria-label", data.lane)
    this.people.furnish(data.people)
    this.conduct.furnish(data.conduct)
    if (data.answered >= this.sent) this.asked = null
    this.furnish()
    this.people.tell(this.shown?.row.people)
    this.conduct.tell(this.shown?.row.conduct)
    if (!this.asked) this.deliver()
    plotly(data.script).then(
      (found) => {
        this.Plotly = found
        this.refresh()
      },
      (error) => this.fail(error, true),
    )
  }

  // What is in a hand, or on its way to the server, was meant for another plan.
  forget() {
    for (const handle of this.handles.values()) handle.loose()
    this.waiting.clear()
    this.shown = null
  }

  // Without the script there is no live picture at all; what could not be drawn may be another time, of another plan.
  fail(error, lost = false) {
    if (this.failed || this.gone) return
    this.failed = true
    this.send("failed", { lost, says: String(error && error.message) })
  }

  // Handles as the server has them; one that is in a hand, or on its way to the server, stays where it is.
  furnish() {
    const named = new Set(this.data.handles.map((spec) => spec.path))
    for (const [path, handle] of this.handles) {
      if (named.has(path)) continue
      handle.remove()
      this.handles.delete(path)
    }
    for (const spec of this.data.handles) {
      if (!this.handles.has(spec.path)) this.handles.set(spec.path, new Handle(this.lane, this))
      const handle = this.handles.get(spec.path)
      handle.show(spec)
      if (this.sweeps.get(spec.path)?.stamp !== spec.stamp) this.sweeps.delete(spec.path)
      if (handle.busy) this.ask(handle)
      if (!handle.busy && !this.asked && !this.waiting.size) handle.rest()
    }
    const free = !this.asked && !this.waiting.size && ![...this.handles.values()].some((handle) => handle.busy)
    if (!free) return
    if (this.shown) this.rested(this.shown)
    this.shown = null
  }

  // Where the row that was let go is what the server answers, its words stay where they are, and only what it left out
  // is still to be drawn; that may wait until the text around the picture is there.
  rested({ sweep, row }) {
    const lines = ({ data, layout }) =>
      JSON.stringify([data.filter(({ name }) => name !== "pointer"), AXES.map((axis) => layout[axis].range)])
    const was = rowed(sweep, row)
    this.settled = lines(was) === lines(this.data.figure)
    const { annotations, shapes } = was.layout
    this.words = this.settled ? { annotations, shapes, told: this.tell() } : null
  }

  // What the picture at rest hangs on.
  tell() {
    return JSON.stringify([this.data.figure, this.root.clientWidth, this.root.clientHeight])
  }

  // Asks for the rows of a handle, or for those around a position that has none.
  ask(handle, around = null) {
    const { path, stamp } = handle.spec
    const named = path + stamp + (around === null ? "" : "+")
    const again = this.wanted === named && performance.now() - this.since < AGAIN
    if ((around === null && this.sweeps.has(path)) || again) return
    this.wanted = named
    this.since = performance.now()
    const size = [this.root.clientWidth, this.root.clientHeight]
    this.tells("wanted", { path, size, around })
    clearTimeout(this.repeat)
    this.repeat = setTimeout(() => handle.busy && this.move(handle, handle.position), AGAIN + 50)
  }

  tells(name, told) {
    document.dispatchEvent(new CustomEvent("flatline:tells", { detail: [name, told] }))
  }

  keep(sweep) {
    const handle = this.handles.get(sweep.path)
    this.wanted = null
    if (!handle || handle.spec.stamp !== sweep.stamp) return
    const { rows, says } = this.sweeps.get(sweep.path) ?? { rows: new Map(), says: sweep.says }
    const drawn = { ...sweep, figure: this.data.figure }
    sweep.positions.forEach((position, n) => rows.set(position, { sweep: drawn, row: sweep.rows[n] }))
    this.sweeps.set(sweep.path, { stamp: sweep.stamp, rows, says })
    if (handle.busy) this.move(handle, handle.position)
  }

  move(handle, position) {
    const swept = this.sweeps.get(handle.spec.path)
    if (!swept) this.ask(handle)
    else if (handle.busy && !swept.rows.has(position)) this.ask(handle, position)
    handle.set(position, swept?.says[position])
    const found = swept?.rows.get(position) ?? this.nearest(handle, swept?.rows)
    if (found?.row) this.shown = found
    if (found?.row?.places) this.follow(handle, found.row.places)
    this.draw()
  }

  // The row next to where a handle is, until its own is there; keys are answered by the server as fast.
  nearest(handle, rows) {
    if (!handle.busy || !rows) return null
    const { near, far, every } = handle.spec
    return rows.get(near + every * within(Math.round((handle.position - near) / every), 0, Math.floor((far - near) / every)))
  }

  // The other handles, where the one in the hand takes them along.
  follow(handle, places) {
    for (const [path, place] of Object.entries(places)) {
      const other = this.handles.get(path)
      if (other && other !== handle) other.exact = place
    }
  }

  // A slider is known by its key: the plan, how often it was seeded, the term, how often it was replaced.
  press(target) {
    const slider = target.closest?.(".stSlider")
    const keys = slider?.closest("[class*=st-key-]")?.className.split(" ") || []
    const names = ({ spec }) => new RegExp(`^st-key-.*-\\d+-${spec.path.replaceAll(".", "-")}(-\\d+)?$`)
    const handle = [...this.handles.values()].find((one) => keys.some((key) => names(one).test(key)))
    const input = slider?.querySelector("input[type=range]:not(:disabled)")
    if (handle && input && !handle.busy) handle.lead(input)
  }

  // A slider was let go: what it has asked its server for will be answered, or nothing was asked.
  led(asked) {
    clearTimeout(this.late)
    if (asked) this.late = setTimeout(() => this.back(), ANSWER)
    else this.back()
  }

  // A person who is clicked is the one that the page tells more of.
  point(person) {
    if (this.shown) return
    this.send("pointed", { person, plan: this.data.plan })
    document.querySelector(".st-key-people-one")?.scrollIntoView({ block: "end", behavior: "smooth" })
  }

  value(handle) {
    return handle.spec.first + handle.position * handle.spec.step
  }

  // A handle that rests will often be let go there: the server may work out ahead what it will be asked for.
  rests(handle) {
    if (this.asked || this.waiting.size || !this.shown || this.wanted) return // rows that are on their way come first
    this.tells("rests", { path: handle.spec.path, value: this.value(handle) })
  }

  release(handle) {
    this.waiting.set(handle.spec.path, this.value(handle))
    if (!this.asked) this.deliver()
  }

  // One at a time: the next goes out when the last has been answered.
  deliver() {
    clearTimeout(this.late)
    const next = this.waiting.entries().next()
    if (next.done) return
    const [path, value] = next.value
    this.waiting.delete(path)
    this.asked = path
    this.sent = Math.max(this.sent, this.data.answered) + 1
    this.send("released", { path, value, turn: this.sent, plan: this.data.plan })
    this.late = setTimeout(() => this.back(), ANSWER)
  }

  back() {
    this.asked = null
    this.furnish()
    this.draw()
  }

  // What the server has sent is painted together with the text around it, and only where it differs. Where the row on
  // the screen is what was let go, its line is right already: then the text comes first, and after it the rest.
  refresh() {
    if (this.settled && !this.frame) return this.later()
    if (this.frame || !this.root.clientWidth) return this.draw()
    this.arrange()
    const told = this.shown ? null : this.tell()
    if (!this.failed && (told === null || told !== this.told)) this.paint()
    this.told = told
  }

  draw() {
    this.told = null
    this.settled = false
    if (this.frame || !this.data) return
    this.frame = requestAnimationFrame(() => {
      this.frame = null
      this.arrange()
      if (this.Plotly && !this.failed && this.root.clientWidth) this.paint()
    })
  }

  later() {
    this.settled = false
    clearTimeout(this.rest)
    this.rest = setTimeout(() => this.draw(), CALM)
  }

  paint() {
    this.people.tell(this.shown?.row.people)
    this.conduct.tell(this.shown?.row.conduct)
    const { data, layout } = this.figure()
    layout.width = this.root.clientWidth / this.scale
    layout.height = this.root.clientHeight / this.scale
    this.paper.draw(this.Plotly, { data, layout }, this.scale)
  }

  // How much larger than on the page it is drawn, with all its letters: as if it were no wider than the page says.
  get scale() {
    const { wide } = this.data
    if (!wide) return 1
    return Math.max(1, Math.min(this.root.clientWidth / wide[0], this.root.clientHeight / wide[1]))
  }

  painted() {
    this.root.dataset.painted = Number(this.root.dataset.painted || 0) + 1
  }

  // The figure at rest, or the one that a row makes of it.
  figure() {
    if (this.shown) return rowed(this.shown.sweep, this.shown.row)
    const figure = structuredClone(this.data.figure)
    if (this.words?.told !== this.tell()) this.words = null
    if (this.words) {
      const { annotations, shapes } = structuredClone(this.words)
      Object.assign(figure.layout, { annotations, shapes })
    }
    return figure
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  if (!pictures.has(parentElement)) pictures.set(parentElement, new Picture(parentElement))
  const picture = pictures.get(parentElement)
  picture.update(data, setTriggerValue)
  return whenGone(parentElement, () => {
    picture.remove()
    pictures.delete(parentElement)
  })
}
