import { element } from './dom.ts'
import type { Door } from './door.ts'
import type { Panel } from './panels.ts'
import { codeNow, Refused } from './server.ts'
import { t } from './words.ts'

const svg = 'http://www.w3.org/2000/svg'

/** A text as a QR picture, dark on light, for that is what cameras read. */
const picture = async (text: string): Promise<SVGSVGElement> => {
  const { encode } = await import('uqr')
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  const made = document.createElementNS(svg, 'svg')
  for (const [name, value] of Object.entries({ class: 'door-code', viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': t('door.code.picture') }))
    made.setAttribute(name, value)
  const path = document.createElementNS(svg, 'path')
  path.setAttribute('d', data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join(''))
  made.append(path)
  return made
}

const laterMs = 5_000

/** The code that students scan or type: a new one every half minute, from the server. */
export const codePanel = (door: Door, activity: string): Panel => {
  const body = element('div', { class: 'door-panel door-show' })
  let timer: ReturnType<typeof setTimeout> | undefined
  let isShown = false
  const next = async (): Promise<void> => {
    clearTimeout(timer)
    let wait = laterMs
    try {
      const { code, payload, validUntil } = await codeNow(activity)
      const drawn = await picture(payload)
      body.replaceChildren(drawn, element('p', { class: 'door-letters' }, code), element('p', { class: 'quiet' }, t('door.code.lead')))
      wait = Math.max(1_000, Date.parse(validUntil) - (Date.now() + (door.list()?.clock ?? 0)))
    } catch (error) {
      const why = error instanceof Refused && error.status > 0 ? error.message : t('door.code.offline')
      body.replaceChildren(element('p', { class: 'state failure', role: 'status' }, why))
    }
    if (isShown) timer = setTimeout(() => void next(), wait)
  }
  return {
    body,
    refresh: () => {
      if (isShown) return
      isShown = true
      void next()
    },
    leave: () => {
      isShown = false
      clearTimeout(timer)
    },
  }
}
