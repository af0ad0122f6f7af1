// A rep's year: months across. Rows that the server worked out ahead are shown while a month's result is dragged.

const places = new WeakMap()
const SVG = "http://www.w3.org/2000/svg"
const SIDE = 8 // room at both ends [px]
const NARROW = 560 // below this width the words are short [px]
const ROWS = { sold: 104, total: 84, money: 124 } // how high each part is [px]
const LEAST = 120 // the width from which there is anything to draw [px]
const LETTER = 7 // how wide a figure is [px]
const GAP = 26 // between parts, with a line of words [px]

function draw(parent, name, attributes, text) {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  if (text !== undefined) made.textContent = text
  parent.append(made)
  return made
}

function within(value, low, high) {
  return Math.min(Math.max(value, low), high)
}

class Year {
  constructor(parent, tell) {
    this.root = document.createElement("div")
    this.root.className = "flatline-year"
    this.says = document.createElement("p")
    this.says.className = "says"
    this.says.setAttribute("role", "status")
    this.svg = document.createElementNS(SVG, "svg")
    this.svg.setAttribute("role", "img")
    this.hands = document.createElement("div")
    this.hands.className = "hands"
    this.root.append(this.says, this.svg, this.hands)
    parent.append(this.root)
    this.tell = tell
    this.inputs = []
    this.turn = 0
    this.watch = new ResizeObserver(() => this.paint())
    this.watch.observe(this.root)
  }

  update(data) {
    if (this.held !== undefined && data.stamp === this.data.stamp) return
    this.data = data
    this.held = undefined
    this.row = data.year.row
    this.svg.setAttribute("aria-label", data.alt)
    this.makeHands()
    this.paint()
  }

  makeHands() {
    const { year, words } = this.data
    const count = year.positions ? year.names.length : 0
    while (this.inputs.length > count) this.inputs.pop().remove()
    while (this.inputs.length < count) {
      const input = document.createElement("input")
      input.type = "range"
      const month = this.inputs.length
      input.oninput = () => this.move(month, Number(input.value))
      input.onchange = () => this.release(month)
      input.onfocus = () => { this.focused = month; this.paint() }
      input.onblur = () => { this.focused = undefined; this.paint() }
      this.inputs.push(input)
      this.hands.append(input)
    }
    this.inputs.forEach((input, month) => {
      input.min = 0
      input.max = year.positions
      input.value = Math.round(year.row.results[month] / year.step)
      input.setAttribute("aria-label", `${words.kpi}, ${year.names[month]}`)
      input.setAttribute("aria-valuetext", this.number(year.row.results[month]))
    })
  }

  money(value, short) {
    const { locale, currency, decimals } = this.data.words
    const whole = short || Math.abs(value - Math.round(value)) < 0.005
    const how = { style: "currency", currency, minimumFractionDigits: whole ? 0 : decimals, maximumFractionDigits: whole ? 0 : decimals }
    if (short && Math.abs(value) >= 10000) Object.assign(how, { notation: "compact", maximumFractionDigits: 1 })
    return new Intl.NumberFormat(locale, how).format(Math.abs(value) < 0.005 ? 0 : value).replace("-", "−")
  }

  bare(value) {
    const how = Math.abs(value) >= 10000 ? { notation: "compact", maximumFractionDigits: 1 } : { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 0 }
    return new Intl.NumberFormat(this.data.words.locale, how).format(value).replace("-", "−")
  }

  number(value) {
    return new Intl.NumberFormat(this.data.words.locale, { maximumFractionDigits: 2 }).format(value)
  }

  move(month, position) {
    const { year } = this.data
    const place = within(Math.round(position), 0, year.positions)
    const row = {}
    for (const [name, values] of Object.entries(year.row)) {
      const other = year.ahead[month][place][name]
      row[name] = other ? values.map((value, t) => (t in other ? other[t] : value)) : values
    }
    this.held = month
    this.place = place
    this.row = row
    const input = this.inputs[month]
    input.value = place
    input.setAttribute("aria-valuetext", `${this.number(row.results[month])}: ${this.sentence()}`)
    this.paint()
  }

  release(month) {
    if (this.held === undefined) return
    this.turn += 1
    this.tell("released", { turn: this.turn, month, position: this.place, stamp: this.data.stamp })
    this.held = undefined
  }

  cancel() {
    this.held = undefined
    this.row = this.data.year.row
    this.makeHands()
    this.paint()
  }

  sentence() {
    const { year, words } = this.data
    const month = this.held ?? this.pointed
    const sum = (values) => values.reduce((a, b) => a + b, 0)
    const all = `${words.inAll} ${this.money(sum(this.row.paid))}`
    const owed = this.row.owed[this.row.owed.length - 1]
    const rest = owed > 0.005 ? `, ${words.owed} ${this.money(owed)}` : ""
    if (month === undefined) return `${all}${rest}. ${year.positions ? words.hint : ""}`
    const told = `${year.names[month]}: ${this.number(this.row.results[month])} ${words.unit} ${words.paid} ${this.money(this.row.paid[month])}`
    return `${told}, ${words.next} ${this.money(this.row.worth[month])}. ${all}${rest}.`
  }

  paint() {
    if (!this.data || this.root.clientWidth < LEAST) return // a drawer that opens begins with no width
    const { year, words, colours } = this.data
    const wide = this.root.clientWidth
    const count = year.names.length
    const column = (wide - 2 * SIDE) / count
    const narrow = wide < NARROW
    const row = this.row
    const svg = this.svg
    svg.replaceChildren()
    const defs = draw(svg, "defs", {})
    const hatch = draw(defs, "pattern", { id: "year-nothing", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" })
    draw(hatch, "line", { x1: 0, y1: 0, x2: 0, y2: 7, stroke: colours.zero, "stroke-width": 2.2, "stroke-opacity": 0.5 })
    const dots = draw(defs, "pattern", { id: "year-later", width: 7, height: 7, patternUnits: "userSpaceOnUse" })
    draw(dots, "circle", { cx: 2, cy: 2, r: 1.1, fill: colours.flat })
    const left = (t) => SIDE + t * column
    const tops = {}
    let y = 0
    for (const [name, height] of Object.entries(ROWS)) {
      tops[name] = y + GAP
      y = tops[name] + height
    }
    const strip = y + GAP
    const told = row.worth.map((value) => this.bare(value * words.lot))
    const upright = Math.max(...told.map((text) => text.length)) * LETTER > column
    const bottom = strip + (upright ? 76 : 46)
    svg.setAttribute("viewBox", `0 0 ${wide} ${bottom}`)
    svg.setAttribute("height", bottom)
    const title = (name, top, x = SIDE) => draw(svg, "text", { x, y: top - 8, fill: colours.quiet }, name)

    // What the next one earns in each month, behind everything, and below it in numbers.
    for (let t = 0; t < count; t++) {
      const nothing = Math.abs(row.worth[t]) < words.nothing
      if (!nothing) continue
      const never = Math.abs(row.later[t]) < words.nothing
      for (const name of Object.keys(ROWS)) {
        draw(svg, "rect", { x: left(t) + 1, y: tops[name], width: column - 2, height: ROWS[name], fill: `url(#${never ? "year-nothing" : "year-later"})`, "data-nothing": never ? "never" : "later" })
      }
    }

    // What was sold, with the target, and what can be taken hold of.
    const most = Math.max(year.positions * year.step, ...row.results, ...year.targets, 1e-9)
    const soldBase = tops.sold + ROWS.sold
    title(narrow ? words.soldShort : words.sold, tops.sold)
    for (let t = 0; t < count; t++) {
      const height = (within(row.results[t], 0, most) / most) * ROWS.sold
      const bar = { x: left(t) + column * 0.16, y: soldBase - height, width: column * 0.68, height: Math.max(height, 1), rx: 2, fill: colours.crowd, "fill-opacity": 0.55 }
      const drawn = draw(svg, "rect", bar)
      if (t === (this.held ?? this.focused)) drawn.classList.add("taken")
      if (year.targets.length) {
        const at = soldBase - (year.targets[t] / most) * ROWS.sold
        draw(svg, "path", { d: `M${left(t) + column * 0.06} ${at}h${column * 0.88}`, stroke: colours.text, "stroke-width": 1.5, "stroke-dasharray": "3,2" })
      }
      if (year.positions) {
        draw(svg, "rect", { x: left(t) + column * 0.3, y: soldBase - height - 3, width: column * 0.4, height: 6, rx: 3, fill: colours.text })
      }
    }
    draw(svg, "path", { d: `M${SIDE} ${soldBase}H${wide - SIDE}`, stroke: colours.grid })

    // The running total against the target.
    const reach = Math.max(...row.running, ...year.against, 1e-9)
    const totalBase = tops.total + ROWS.total
    title(narrow ? words.totalShort : words.total, tops.total)
    const line = (values, from) => {
      return values.map((value, t) => {
        const x = left(t) + column / 2
        const at = totalBase - (within(value, 0, reach) / reach) * ROWS.total
        return `${t % year.restarts === 0 ? "M" : "L"}${x.toFixed(1)} ${at.toFixed(1)}`
      }).join("")
    }
    draw(svg, "path", { d: line(year.against), fill: "none", stroke: colours.text, "stroke-width": 1.5, "stroke-dasharray": "3,2" })
    draw(svg, "path", { d: line(row.running), fill: "none", stroke: colours.curve, "stroke-width": 2.5 })
    row.running.forEach((value, t) => {
      draw(svg, "circle", { cx: left(t) + column / 2, cy: totalBase - (within(value, 0, reach) / reach) * ROWS.total, r: 2.5, fill: colours.curve })
    })
    draw(svg, "path", { d: `M${SIDE} ${totalBase}H${wide - SIDE}`, stroke: colours.grid })

    // What is earned and paid, and what is owed.
    const low = Math.min(0, ...row.paid)
    const high = Math.max(...row.paid, ...row.earned, ...row.owed, ...year.row.paid, 1e-9)
    const scale = ROWS.money / (high - low)
    const zero = tops.money + high * scale
    title(words.money, tops.money)
    for (let t = 0; t < count; t++) {
      const tall = row.paid[t] * scale
      draw(svg, "rect", { x: left(t) + column * 0.2, y: tall >= 0 ? zero - tall : zero, width: column * 0.6, height: Math.max(Math.abs(tall), 1), rx: 2, fill: tall >= 0 ? colours.curve : colours.zero })
      const earned = zero - row.earned[t] * scale
      draw(svg, "path", { d: `M${left(t) + column * 0.1} ${earned}h${column * 0.8}`, stroke: colours.cliff, "stroke-width": 2 })
    }
    if (row.owed.some((value) => value > 0.005)) {
      const steps = row.owed.map((value, t) => `${t ? "L" : "M"}${left(t) + column * 0.5} ${zero - value * scale}`).join("")
      draw(svg, "path", { d: steps, fill: "none", stroke: colours.zero, "stroke-width": 2, "stroke-dasharray": "6,3" })
    }
    draw(svg, "path", { d: `M${SIDE} ${zero}H${wide - SIDE}`, stroke: colours.quiet, "stroke-opacity": 0.6 })

    // In numbers.
    title(narrow ? words.stripShort : words.strip, strip)
    for (let t = 0; t < count; t++) {
      const nothing = Math.abs(row.worth[t]) < words.nothing
      const middle = { x: left(t) + column / 2, "text-anchor": "middle" }
      const place = upright
        ? { x: 0, y: 0, "text-anchor": "end", transform: `translate(${middle.x + 4} ${strip + 2}) rotate(-90)` }
        : { ...middle, y: strip + 12 }
      draw(svg, "text", { ...place, fill: nothing ? colours.zero_text : colours.text, "font-weight": nothing ? 700 : 400 }, told[t])
      draw(svg, "text", { ...middle, y: bottom - 12, fill: colours.quiet }, narrow && year.short[t].length > 2 ? year.short[t].slice(0, 1) : year.short[t])
    }

    // Where a hand takes hold: the whole column of what was sold.
    for (let t = 0; t < count; t++) {
      const grip = draw(svg, "rect", { x: left(t), y: tops.sold - 8, width: column, height: ROWS.sold + 12, fill: "transparent", class: year.positions ? "grip" : "", "data-month": t })
      grip.onpointerenter = () => { if (this.held === undefined) { this.pointed = t; this.tellHere() } }
      grip.onpointerleave = () => { if (this.pointed === t) { this.pointed = undefined; this.tellHere() } }
      if (!year.positions) continue
      grip.onpointerdown = (event) => this.grab(event, t, soldBase, most)
    }
    this.tellHere()
  }

  grab(event, month, base, most) {
    event.preventDefault()
    const { year } = this.data
    const frame = this.svg.getBoundingClientRect()
    const ratio = frame.height / this.svg.viewBox.baseVal.height
    const at = (moved) => {
      const y = (moved.clientY - frame.top) / ratio
      return ((base - y) / ROWS.sold) * most / year.step
    }
    const pull = (moved) => { if (moved.pointerId === event.pointerId) this.move(month, at(moved)) }
    const end = (done) => (up) => {
      if (up.pointerId !== event.pointerId) return
      window.removeEventListener("pointermove", pull)
      window.removeEventListener("pointerup", drop)
      window.removeEventListener("pointercancel", lose)
      if (done) this.release(month)
      else this.cancel()
    }
    const drop = end(true)
    const lose = end(false)
    window.addEventListener("pointermove", pull)
    window.addEventListener("pointerup", drop)
    window.addEventListener("pointercancel", lose)
    this.move(month, at(event))
  }

  tellHere() {
    const told = this.sentence()
    if (this.says.textContent !== told) this.says.textContent = told
  }

  end() {
    this.watch.disconnect()
    this.root.remove()
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  if (!places.has(parentElement)) places.set(parentElement, new Year(parentElement, setTriggerValue))
  const year = places.get(parentElement)
  year.tell = setTriggerValue
  year.update(data)
  return whenGone(parentElement, () => {
    year.end()
    places.delete(parentElement)
  })
}
