// The figures of the people under a picture: what they are called stays, what they say follows the row on the screen.

class PeopleStrip {
  constructor(parent, root) {
    this.parent = parent
    this.root = root
  }

  // What the server says of them; nothing while no people are looked at.
  furnish(people) {
    this.root.classList.toggle("peopled", Boolean(people))
    if (!people) return this.remove()
    this.rest = people.told
    const heads = people.heads.join("\n")
    if (this.list && this.heads === heads) return
    this.remove()
    this.heads = heads
    this.list = element(this.parent, "dl", "flatline-people")
    this.cells = people.heads.map((head) => this.cell(head))
  }

  cell(head) {
    const box = element(this.list, "div", "figure")
    element(box, "dt", "").textContent = head
    const told = element(box, "dd", "")
    return [element(told, "strong", ""), element(told, "span", "")]
  }

  tell(told) {
    if (!this.list) return
    ;(told ?? this.rest).forEach((texts, n) => {
      texts.forEach((text, m) => {
        const part = this.cells[n]?.[m]
        if (part && part.textContent !== text) part.textContent = text
      })
    })
  }

  remove() {
    this.list?.remove()
    this.list = null
  }
}
