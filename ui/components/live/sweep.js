// Carries what a handle asks for, and where it rests, to the server, and the rows that come back to the picture.

const carriers = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  document.removeEventListener("flatline:tells", carriers.get(parentElement))
  const carry = (event) => setTriggerValue(...event.detail)
  carriers.set(parentElement, carry)
  document.addEventListener("flatline:tells", carry)
  if (data && data.length) {
    const detail = JSON.parse(new TextDecoder().decode(data))
    document.dispatchEvent(new CustomEvent("flatline:sweep", { detail }))
  }
  return whenGone(parentElement, () => document.removeEventListener("flatline:tells", carry))
}
