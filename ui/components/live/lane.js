// Where the handles of a picture lie: under their places on its axis, in two rows where they would meet.

const ROW = 24 // height of a row of handles [px]
const GAP = 4 // between two handles [px]

// What has a `root`, a `lane` in it, the figure of its `data`, and `handles`.
class Lane {
  get axis() {
    const { margin, xaxis, yaxis } = this.data.figure.layout
    const drawn = this.root.clientHeight - margin.t - margin.b
    return {
      left: margin.l,
      width: this.root.clientWidth - margin.l - margin.r,
      top: margin.t + drawn * (1 - yaxis.domain[0]),
      low: xaxis.range[0],
      high: xaxis.range[1],
    }
  }

  across(attainment) {
    const { left, width, low, high } = this.axis
    return this.root.getBoundingClientRect().left + left + (width * (attainment - low)) / (high - low)
  }

  attainment(clientX) {
    const { left, width, low, high } = this.axis
    return low + ((high - low) * (clientX - this.root.getBoundingClientRect().left - left)) / width
  }

  // Chips lie under their places, in two rows where they would meet; while one is in a hand no other changes its row.
  arrange() {
    const { left, width, top, low, high } = this.axis
    const whole = this.root.clientWidth
    const handles = [...this.handles.values()].filter((handle) => handle.spec.word)
    for (const handle of handles) handle.measure()
    this.lane.style.top = `${top}px`
    for (const handle of handles) {
      handle.x = left + (width * (within(handle.exact, low, high) - low)) / (high - low)
      handle.chip.classList.toggle("beyond", handle.exact < low || handle.exact > high)
    }
    if (!handles.some((handle) => handle.busy)) this.stack(handles)
    for (const handle of handles) this.put(handle, whole)
  }

  stack(handles) {
    const ends = [0, 0]
    for (const handle of handles.sort((a, b) => a.x - b.x)) {
      const start = Math.max(handle.x - handle.wide / 2, 0)
      handle.row = start >= ends[0] ? 0 : start >= ends[1] ? 1 : ends[0] <= ends[1] ? 0 : 1
      handle.shift = Math.max(start, ends[handle.row]) - start
      ends[handle.row] = start + handle.shift + handle.wide + GAP
    }
  }

  put(handle, whole) {
    const most = whole - handle.wide
    const start = within(handle.x - handle.wide / 2 + (handle.held ? 0 : handle.shift || 0), 0, most)
    handle.chip.style.transform = `translate(${start}px, ${6 + handle.row * ROW}px)`
    handle.stem.style.transform = `translateX(${handle.x}px)`
    handle.stem.style.height = `${8 + handle.row * ROW}px`
  }
}
