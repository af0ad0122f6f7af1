// A knob on the axis of the picture, and what leads it: a hand, keys, or the slider beside the picture.

const REST = 50 // until a handle in a hand counts as resting [ms]

function element(parent, name, className) {
  const made = document.createElement(name)
  made.className = className
  parent.append(made)
  return made
}

function within(value, low, high) {
  return Math.min(Math.max(value, low), high)
}

// A stem at its place, a chip to take hold of, and a native range for keys and for those who listen.
class Handle {
  constructor(lane, picture) {
    this.stem = element(lane, "span", "stem")
    this.chip = element(lane, "span", "chip")
    this.word = element(this.chip, "span", "word")
    this.input = element(this.chip, "input", "range")
    this.input.type = "range"
    this.picture = picture
    this.row = 0
    this.input.oninput = () => picture.move(this, Number(this.input.value))
    this.input.onchange = () => picture.release(this)
    this.input.onfocus = () => picture.ask(this)
    this.chip.onpointerenter = () => picture.ask(this)
    this.chip.onpointerdown = (event) => this.grab(event)
    this.chip.onpointermove = (event) => this.pull(event)
    this.chip.onpointerup = () => this.drop(true)
    this.chip.onpointercancel = () => this.drop(false)
    this.chip.onkeydown = (event) => {
      if (event.key === "Escape") this.drop(false)
    }
  }

  show(spec) {
    this.spec = spec
    for (const part of [this.chip, this.stem]) {
      part.hidden = !spec.word
      part.dataset.path = spec.path
      part.style.setProperty("--colour", spec.colour)
    }
    this.input.setAttribute("aria-label", spec.name)
    this.input.max = spec.count
  }

  rest() {
    this.set(this.spec.now, this.spec.says)
    this.exact = this.spec.at
    this.word.textContent = this.spec.word
  }

  set(position, says) {
    this.position = position
    this.exact = this.spec.place + position * this.spec.stride
    this.input.value = position
    if (says) this.input.setAttribute("aria-valuetext", says)
    if (says) this.word.textContent = this.busy ? `${this.spec.word}: ${says}` : this.spec.word
  }

  grab(event) {
    if (event.button) return
    event.preventDefault()
    this.chip.setPointerCapture(event.pointerId)
    this.input.focus({ preventScroll: true })
    this.held = { from: this.position, off: event.clientX - this.picture.across(this.exact) }
    this.chip.classList.add("held")
    this.picture.ask(this)
  }

  pull(event) {
    if (!this.held) return
    const { place, stride, near, far, every } = this.spec
    const step = stride * every
    const row = Math.round((this.picture.attainment(event.clientX - this.held.off) - place - near * stride) / step)
    const position = near + within(row, 0, Math.floor((far - near) / every)) * every
    if (position !== this.position) this.go(position)
  }

  go(position) {
    this.picture.move(this, position)
    clearTimeout(this.resting)
    this.resting = setTimeout(() => this.busy && this.picture.rests(this), REST)
  }

  // In a hand, or led by the slider beside the picture.
  get busy() {
    return this.held || this.slider
  }

  // A slider tells its server nothing until it is let go; its picture reads it at every step.
  lead(input) {
    const { first, step, count } = this.spec
    const from = input.value
    this.slider = new MutationObserver(() => this.go(within(Math.round((input.value - first) / step), 0, count)))
    this.slider.observe(input, { attributeFilter: ["value"] })
    this.picture.ask(this)
    const end = () => {
      this.loose()
      if (this.word.textContent !== this.spec.word) this.word.textContent = this.spec.word
      this.picture.led(input.isConnected && input.value !== from)
    }
    this.leading = new AbortController()
    for (const ends of ["pointerup", "pointercancel"]) addEventListener(ends, end, { signal: this.leading.signal })
  }

  drop(done) {
    if (!this.held) return
    const { from } = this.held
    this.loose()
    if (done && this.position !== from) this.picture.release(this)
    else this.picture.back()
    this.word.textContent = this.spec.word
    this.picture.arrange()
  }

  // Out of the hand, and no longer led, wherever it is then.
  loose() {
    this.held = null
    this.chip.classList.remove("held")
    this.slider?.disconnect()
    this.slider = null
    this.leading?.abort()
    clearTimeout(this.resting)
  }

  // Asking for a width makes the browser lay out the page, so it is asked once for a text.
  measure() {
    if (this.measured === this.word.textContent) return
    this.measured = this.word.textContent
    this.wide = this.chip.offsetWidth
  }

  remove() {
    this.loose()
    this.chip.remove()
    this.stem.remove()
  }
}
