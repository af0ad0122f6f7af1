// The foot of a presentation. The browser keeps the count: however fast somebody presses, it says where they are by now,
// one message at a time, and the server draws that.

const ANSWER = 5000 // until an answer counts as lost, and the question is asked again [ms]
const TRIES = 6 // so many times one question is asked
const FOCUS = 3000 // until the page counts as drawn again after leaving [ms]
const SWIPE = 50 // the least way of a finger across [px]
const NEXT = ["ArrowRight", "PageDown", " ", "Enter"]
const BACK = ["ArrowLeft", "PageUp", "Backspace"]
const feet = new WeakMap()

function element(parent, name, className, text) {
  const made = document.createElement(name)
  if (className) made.className = className
  if (text) made.textContent = text
  parent.append(made)
  return made
}

class Foot {
  constructor(parent) {
    this.root = element(parent, "div", "flatline-keys")
    this.root.tabIndex = -1
    this.root.setAttribute("role", "group")
    this.root.setAttribute("aria-label", "Presentation")
    this.bar = element(this.root, "span", "bar")
    this.leaving = this.button("leave", "Exit", () => this.leave())
    this.wide = this.button("wide", "Full screen", () => this.enlarge())
    this.wide.hidden = !document.fullscreenEnabled
    this.count = element(this.root, "span", "count")
    this.back = this.button("back", "Back", () => this.go(this.here - 1))
    this.next = this.button("next", "Next", () => this.go(this.here + 1))
    this.status = element(this.root, "p", "told")
    this.status.setAttribute("role", "status")
    this.status.id = "flatline-told"
    this.root.setAttribute("aria-describedby", this.status.id)
    this.turn = 0
    this.tries = 0
    this.press = (event) => this.pressed(event)
    this.touch = (event) => this.touched(event)
    this.lift = (event) => this.lifted(event)
    document.addEventListener("keydown", this.press)
    document.addEventListener("touchstart", this.touch, { passive: true })
    document.addEventListener("touchend", this.lift, { passive: true })
    requestAnimationFrame(() => this.root.focus({ preventScroll: true }))
  }

  button(className, text, act) {
    const made = element(this.root, "button", className, text)
    made.type = "button"
    made.onclick = (event) => {
      act()
      if (event.detail) this.root.focus({ preventScroll: true }) // after a mouse, keys mean steps again
    }
    return made
  }

  remove() {
    document.removeEventListener("keydown", this.press)
    document.removeEventListener("touchstart", this.touch)
    document.removeEventListener("touchend", this.lift)
    clearTimeout(this.late)
    this.root.remove()
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {})
    this.hand(this.data.back, performance.now() + FOCUS)
  }

  // The keyboard goes back to the button that began it, as soon as that is there again.
  hand(place, until) {
    const began = document.querySelector(place)
    if (began) return began.focus({ preventScroll: true })
    if (performance.now() < until) requestAnimationFrame(() => this.hand(place, until))
  }

  update(data, send) {
    this.data = data
    this.send = send
    if (this.asked && data.answered === this.turn) this.settle()
    if (!this.asked && this.wanted === data.step) this.wanted = null
    if (!this.asked && this.wanted != null) this.ask()
    this.show()
  }

  get here() {
    return this.wanted || this.data.step
  }

  show() {
    const { steps, step, told } = this.data
    this.count.textContent = `Step ${this.here} of ${steps}`
    this.bar.style.transform = `scaleX(${this.here / steps})`
    this.back.setAttribute("aria-disabled", this.here <= 1)
    this.next.setAttribute("aria-disabled", this.here >= steps)
    if (this.here === step && this.status.textContent !== told) this.status.textContent = told
  }

  go(step) {
    const within = Math.min(Math.max(step, 1), this.data.steps)
    if (within === this.here || this.wanted === 0) return
    this.wanted = within
    this.show()
    if (!this.asked) this.ask()
  }

  leave() {
    this.wanted = 0
    if (!this.asked) this.ask()
  }

  // One at a time: where somebody is by then goes out when the last has been answered. A browser that was busy for
  // seconds may find the time over before it reads the answer that is there, so what was meant is kept, and asked again.
  ask() {
    this.asked = true
    this.tries += 1
    this.turn = Date.now()
    this.send("step", { step: this.wanted, turn: this.turn })
    clearTimeout(this.late)
    this.late = setTimeout(() => (this.tries < TRIES ? this.ask() : this.forget()), ANSWER)
  }

  settle() {
    this.asked = false
    this.tries = 0
    clearTimeout(this.late)
  }

  forget() {
    this.settle()
    this.wanted = null
    this.show()
  }

  enlarge() {
    const change = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()
    change.catch(() => {})
  }

  pressed(event) {
    const { key, target } = event
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
    if (target.closest("input, textarea, select, [contenteditable]")) return
    if ((key === " " || key === "Enter") && target.closest("button, a")) return
    const act = this.meant(key, event.shiftKey)
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }

  meant(key, shift) {
    if (key === " " && shift) return () => this.go(this.here - 1)
    if (NEXT.includes(key)) return () => this.go(this.here + 1)
    if (BACK.includes(key)) return () => this.go(this.here - 1)
    if (key === "Home") return () => this.go(1)
    if (key === "End") return () => this.go(this.data.steps)
    if (key === "Escape") return () => this.leave()
    if (key === "f" || key === "F") return () => this.enlarge()
    return null
  }

  touched(event) {
    const [finger, other] = event.touches
    this.from = other ? null : { x: finger.clientX, y: finger.clientY }
  }

  lifted(event) {
    if (!this.from) return
    const [finger] = event.changedTouches
    const across = finger.clientX - this.from.x
    const down = finger.clientY - this.from.y
    this.from = null
    if (Math.abs(across) < SWIPE || Math.abs(across) < 1.5 * Math.abs(down)) return
    this.go(this.here + (across < 0 ? 1 : -1))
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  if (!feet.has(parentElement)) feet.set(parentElement, new Foot(parentElement))
  feet.get(parentElement).update(data, setTriggerValue)
  return whenGone(parentElement, () => {
    feet.get(parentElement)?.remove()
    feet.delete(parentElement)
  })
}
