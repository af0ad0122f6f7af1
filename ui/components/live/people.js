// Figures under a picture, of the people or of what they do: what they are called stays, what they say follows the row
// on the screen. A figure may have a band, as a bar from its least to its most with a mark at the figure itself.

class FigureStrip {
  constructor(parent, root, kind) {
    this.parent = parent
    this.root = root
    this.kind = kind
  }

  // What the server says of them; nothing while no people are looked at.
  furnish(people) {
    this.root.classList.toggle(`with-${this.kind}`, Boolean(people))
    if (!people) return this.remove()
    this.rest = people.told
    const heads = people.heads.join("\n")
    if (this.list && this.heads === heads) return
    this.remove()
    this.heads = heads
    this.list = element(this.parent, "dl", `flatline-people of-${this.kind}`)
    this.cells = people.heads.map((head) => this.cell(head))
  }

  cell(head) {
    const box = element(this.list, "div", "figure")
    element(box, "dt", "").textContent = head
    const told = element(box, "dd", "")
    const texts = [element(told, "strong", ""), element(told, "span", "")]
    if (this.kind === "conduct") texts.push(element(element(told, "i", "track"), "i", "band"))
    return texts
  }

  tell(told) {
    if (!this.list) return
    ;(told ?? this.rest).forEach((texts, n) => {
      texts.forEach((text, m) => {
        const part = this.cells[n]?.[m]
        if (part && Array.isArray(text)) return this.stretch(part, ...text)
        if (part && part.textContent !== text) part.textContent = text
      })
    })
  }

  stretch(bar, left, right, middle) {
    Object.assign(bar.style, { left: `${left}%`, width: `${Math.max(right - left, 0.5)}%` })
    bar.parentElement.style.setProperty("--middle", `${middle}%`)
  }

  remove() {
    this.list?.remove()
    this.list = null
  }
}
