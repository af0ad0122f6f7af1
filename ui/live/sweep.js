// Carries what a handle asks for to the server, and the rows that come back to the picture.

const carriers = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  document.removeEventListener("flatline:wanted", carriers.get(parentElement))
  const carry = (event) => setTriggerValue("wanted", event.detail)
  carriers.set(parentElement, carry)
  document.addEventListener("flatline:wanted", carry)
  if (data && data.length) {
    const detail = JSON.parse(new TextDecoder().decode(data))
    document.dispatchEvent(new CustomEvent("flatline:sweep", { detail }))
  }
  return () => document.removeEventListener("flatline:wanted", carriers.get(parentElement))
}
