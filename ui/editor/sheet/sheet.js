const LOOK = 250 // between two looks at whether the page rests though it has not answered [ms]
const RESTS = 2 // looks at which it rests, after which what was not answered is sent again
const life = crypto.randomUUID ? crypto.randomUUID() : String(Math.random()).slice(2)
const sheets = new WeakMap()
let begun = 0 // the last plan from blank that the hand was led to
let after = null // what was pressed, until the hand is led on from it
let hand = null // the field that is typed into, and what stands in it

function element(parent, name, className, text) {
  const made = document.createElement(name)
  if (className) made.className = className
  if (text) made.textContent = text
  if (parent) parent.append(made)
  return made
}

// What is typed goes to the server as it was typed, with all that it has not answered yet. It outlives the sheet: the
// page may take one away and put a new one in its place, and no edit may be lost, or counted as another, by that.

class Post {
  constructor() {
    this.number = 0
    this.waiting = []
  }

  busy() {
    this.tellBusy?.(this.waiting.length > 0)
  }

  send(edit) {
    this.number += 1
    this.waiting.push({ n: this.number, ...edit })
    this.again()
  }

  again() {
    clearTimeout(this.timer)
    this.busy()
    if (!this.waiting.length) return
    this.rested = 0
    this.tell("told", { life, edits: this.waiting.slice() })
    this.timer = setTimeout(() => this.look(), LOOK)
  }

  // A page that draws itself anew may lose what it is told meanwhile.
  look() {
    const app = document.querySelector("[data-testid=stApp]")
    this.rested = app?.dataset.testScriptState === "running" ? 0 : this.rested + 1
    if (this.rested > RESTS) this.again()
    else this.timer = setTimeout(() => this.look(), LOOK)
  }

  answered(data) {
    if (data.life === life) this.waiting = this.waiting.filter((edit) => edit.n > data.done)
    if (!this.waiting.length) clearTimeout(this.timer)
    this.busy()
  }

  waits(at) {
    return this.waiting.some((edit) => edit.at === at)
  }
}

const post = new Post()

// A field: its label, its input, and under it what was refused

class Field {
  constructor(sheet, parent, at, kind, choices) {
    this.sheet = sheet
    this.at = at
    this.box = element(parent, "div", `field ${kind}`)
    this.label = element(this.box, "label")
    this.input = element(this.box, choices ? "select" : "input")
    this.input.id = `f-${at}`
    this.label.htmlFor = this.input.id
    if (!choices) {
      Object.assign(this.input, { type: "text", autocomplete: "off", spellcheck: false, maxLength: 400 })
      this.input.addEventListener("focus", () => this.take())
      this.input.addEventListener("input", () => this.hold())
      this.input.addEventListener("blur", () => setTimeout(() => this.leave()))
      this.input.addEventListener("keydown", (event) => this.key(event))
      this.input.addEventListener("paste", (event) => this.paste(event))
    }
    this.input.addEventListener("change", () => this.commit())
    this.shown = ""
    this.says = null
  }

  take() {
    this.input.select()
    hand = { sheet: this.sheet, at: this.at, text: null }
  }

  hold() {
    hand = { sheet: this.sheet, at: this.at, text: this.input.value }
  }

  // The hand leaves a field by itself; where the page took the field away, it has not.
  leave() {
    if (hand?.sheet === this.sheet && hand.at === this.at && this.input.isConnected) hand = null
  }

  // A field that stands where another was taken from under the hand.
  resume(text) {
    this.input.focus()
    if (text === null) return
    this.input.value = text
    this.input.setSelectionRange(text.length, text.length)
    this.hold()
  }

  get typed() {
    return this.input.value !== this.shown
  }

  commit(text = this.input.value) {
    if (text === this.shown && !this.says) return
    this.shown = text
    post.send({ do: "cell", at: this.at, text })
  }

  key(event) {
    if (event.key === "Escape" && this.typed) {
      this.input.value = this.shown
      event.preventDefault()
    } else if (event.key === "Enter" || event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault()
      if (this.typed) this.commit()
      const next = this.sheet.beside(this.at, event.key === "ArrowUp" ? -1 : 1)
      if (next) next.input.focus()
      else this.input.select()
    }
  }

  paste(event) {
    const text = event.clipboardData?.getData("text/plain").replace(/[\r\n]+$/, "") ?? ""
    if (!/[\t\n]/.test(text) || !this.at.includes(".") || this.at.startsWith("plan.")) return
    event.preventDefault()
    post.send({ do: "paste", at: this.at, text })
  }

  options(choices) {
    const same = this.held === JSON.stringify(choices)
    if (same) return
    this.held = JSON.stringify(choices)
    this.input.replaceChildren()
    for (const [value, name] of choices) {
      const option = element(this.input, "option", "", name)
      option.value = value
    }
  }

  show(cell, name) {
    this.label.textContent = name ?? cell.label
    this.input.setAttribute("aria-label", cell.label)
    const here = this.sheet.root.activeElement === this.input
    if (!(here && this.typed) && !post.waits(this.at) && this.input.value !== cell.text) {
      this.input.value = cell.text
      if (here) this.input.select?.() // what is typed next takes its place, and does not go on from it
    }
    this.shown = cell.text
    this.input.disabled = Boolean(cell.locked)
    this.input.placeholder = this.at.endsWith(".floor") || this.at.endsWith(".weight") ? cell.locked : ""
    this.refused(cell)
  }

  refused(cell) {
    this.input.setAttribute("aria-invalid", String(Boolean(cell.says)))
    if (!cell.says) {
      this.says?.remove()
      this.says = null
      this.input.removeAttribute("aria-describedby")
      return
    }
    this.says ??= element(this.sheet.refusals(this.at, this.box), "p", "says")
    this.says.id = `s-${this.at}`
    this.says.setAttribute("role", "alert")
    this.input.setAttribute("aria-describedby", this.says.id)
    if (this.says.dataset.told === cell.says) return
    this.says.dataset.told = cell.says
    this.says.textContent = `${cell.says} `
    for (const reading of cell.readings) {
      const button = element(this.says, "button", "reading", reading)
      button.type = "button"
      button.onclick = () => {
        this.input.value = reading
        this.commit(reading)
        this.input.focus()
      }
    }
  }
}

// A measure

class Row {
  constructor(sheet, id, columns) {
    this.sheet = sheet
    this.id = id
    this.box = element(null, "div", "row")
    this.box.setAttribute("role", "group")
    this.fields = columns.map(({ name }) => new Field(sheet, this.box, `${id}.${name}`, name))
    for (const field of this.fields.slice(2)) field.input.inputMode = "decimal"
    this.acts = element(this.box, "div", "acts")
    this.buttons = {
      up: this.button("up", "↑"),
      down: this.button("down", "↓"),
      more: this.button("more", "More"),
      remove: this.button("remove", "×"),
    }
    this.refusals = element(this.box, "div", "refusals")
  }

  button(act, sign) {
    const made = element(this.acts, "button", act, sign)
    made.type = "button"
    made.onclick = () => {
      after = act === "remove" ? { gone: this.id } : { id: this.id, act }
      post.send({ do: act, at: this.id })
    }
    return made
  }

  show(row, columns, number, count) {
    this.box.setAttribute("aria-label", row.label)
    this.box.classList.toggle("locked", Boolean(row.cells[3].locked))
    this.box.classList.toggle("chosen", row.chosen && count > 1)
    this.fields.forEach((field, i) => field.show(row.cells[i], columns[i].label))
    const told = { up: "Move {} up", down: "Move {} down", more: "More about {}", remove: "Remove {}" }
    for (const [act, button] of Object.entries(this.buttons)) {
      button.setAttribute("aria-label", told[act].replace("{}", row.label))
      button.title = told[act].replace("{}", row.label)
    }
    this.buttons.up.disabled = number === 0
    this.buttons.down.disabled = number === count - 1
    this.buttons.remove.disabled = count === 1
  }
}

class Sheet {
  constructor(parent) {
    this.root = parent.getRootNode()
    this.box = element(parent, "div", "sheet")
    post.tellBusy = (busy) => this.box.setAttribute("aria-busy", String(busy))
    this.head = element(this.box, "div", "head")
    this.top = new Map()
    this.mix = element(this.box, "p", "mix")
    this.table = element(this.box, "div", "table")
    this.table.setAttribute("role", "group")
    this.table.setAttribute("aria-label", "Measures")
    this.heads = element(this.table, "div", "row heads")
    this.heads.setAttribute("aria-hidden", "true")
    this.rows = new Map()
    this.rest = element(this.box, "div", "rest")
    this.rest.setAttribute("role", "status")
    this.add = element(this.box, "button", "add", "Add a measure")
    this.add.type = "button"
    this.add.onclick = () => {
      after = { known: this.order }
      post.send({ do: "add" })
    }
    this.said = element(this.box, "p", "said")
    this.said.setAttribute("role", "status")
  }

  show(data) {
    post.answered(data)
    this.showHead(data)
    this.showHeads(data.columns)
    this.showRows(data)
    this.showRest(data.rest)
    if (this.mix.textContent !== data.mix) this.mix.textContent = data.mix
    if (this.said.textContent !== data.said) this.said.textContent = data.said
    this.lead(data)
  }

  showHead(data) {
    for (const cell of data.head) {
      if (!this.top.has(cell.at)) {
        const kind = cell.at.replace("plan.", "")
        this.top.set(cell.at, new Field(this, this.head, cell.at, kind, data.choices[cell.at]))
      }
      const field = this.top.get(cell.at)
      if (data.choices[cell.at]) field.options(data.choices[cell.at])
      field.show(cell)
    }
  }

  showHeads(columns) {
    if (this.heads.children.length) return
    for (const column of columns) {
      const head = element(this.heads, "span", column.name, column.label)
      head.title = column.help
    }
    element(this.heads, "span", "acts")
  }

  showRows(data) {
    const ids = data.rows.map((row) => row.id)
    for (const [id, row] of this.rows) {
      if (!ids.includes(id)) {
        row.box.remove()
        this.rows.delete(id)
      }
    }
    let last = this.heads
    data.rows.forEach((row, i) => {
      if (!this.rows.has(row.id)) {
        this.rows.set(row.id, new Row(this, row.id, data.columns))
      }
      const held = this.rows.get(row.id)
      if (last.nextSibling !== held.box) {
        const focused = this.root.activeElement
        last.after(held.box)
        if (focused && held.box.contains(focused)) focused.focus()
      }
      held.show(row, data.columns, i, ids.length)
      last = held.box
    })
    this.order = ids
  }

  showRest(rest) {
    const told = JSON.stringify(rest)
    if (this.rest.dataset.told === told) return
    const held = this.rest.contains(this.root.activeElement)
    this.rest.dataset.told = told
    this.rest.replaceChildren()
    if (!rest) {
      if (held) this.add.focus()
      return
    }
    element(this.rest, "span", "", rest.says)
    for (const [id, name] of rest.takers) this.restButton(name, { do: "rest", at: id })
    this.restButton("As it was", { do: "back" })
  }

  restButton(name, edit) {
    const button = element(this.rest, "button", "reading", name)
    button.type = "button"
    button.onclick = () => post.send(edit)
  }

  refusals(at, box) {
    return this.rows.get(at.split(".")[0])?.refusals ?? box
  }

  // The field of the same column, so many rows further down.
  beside(at, by) {
    const [id, column] = at.split(".")
    const to = this.order?.[this.order.indexOf(id) + by]
    if (!this.rows.has(id) || to === undefined) return null
    return this.rows.get(to)?.fields.find((field) => field.at === `${to}.${column}`) ?? null
  }

  // Leads the hand on: to the name of a new measure, to the title of a new plan, to where it was.
  lead(data) {
    if (data.fresh > begun) this.top.get("title")?.input.focus()
    else if (hand && hand.sheet !== this) this.resume()
    begun = data.fresh
    if (!after || post.waiting.length) return
    if (after.known) this.leadToNew(after.known)
    if (after.gone && !this.rows.has(after.gone)) this.add.focus()
    if (after.act === "up" || after.act === "down") {
      const button = this.rows.get(after.id)?.buttons[after.act]
      if (button?.disabled) this.rows.get(after.id).fields[0].input.focus()
      else button?.focus()
    }
    after = null
  }

  leadToNew(known) {
    const fresh = this.order.findLast((id) => !known.includes(id))
    if (fresh) this.rows.get(fresh).fields[0].input.focus()
  }

  // The page has put this sheet in the place of another, into which somebody was typing.
  resume() {
    const { at, text } = hand
    const [id] = at.split(".")
    const field = this.top.get(at) ?? this.rows.get(id)?.fields.find((one) => one.at === at)
    hand = null
    if (document.activeElement === document.body) field?.resume(text)
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  if (!sheets.has(parentElement)) sheets.set(parentElement, new Sheet(parentElement))
  const sheet = sheets.get(parentElement)
  post.tell = setTriggerValue
  sheet.show(data)
}
