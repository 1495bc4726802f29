import { button, element } from './dom.ts'
import type { Door, Verdict } from './door.ts'
import type { Panel } from './panels.ts'
import { t } from './words.ts'

/** Students' own codes, read by the camera. */
export const scanPanel = (door: Door, onVerdict: (verdict: Verdict) => void): Panel => {
  const video = element('video', { class: 'door-video', playsinline: true, muted: true, 'aria-label': t('door.scan.picture') })
  const note = element('p', { class: 'quiet', role: 'status' }, t('door.scan.lead'))
  let stop: (() => void) | null = null
  const press = button(
    t('door.scan.start'),
    () => {
      if (stop !== null) return leave()
      void start()
    },
    { class: 'primary' },
  )
  const start = async (): Promise<void> => {
    try {
      const { watch } = await import('./camera.ts')
      stop = await watch(video, (text) => void door.scan(text).then(onVerdict))
      video.hidden = false
      press.textContent = t('door.scan.stop')
      note.textContent = t('door.scan.on')
    } catch {
      note.textContent = t('door.scan.none')
    }
  }
  const leave = (): void => {
    stop?.()
    stop = null
    video.hidden = true
    press.textContent = t('door.scan.start')
    note.textContent = t('door.scan.lead')
  }
  video.hidden = true
  return { body: element('div', { class: 'door-panel' }, video, element('div', { class: 'buttons' }, press), note), refresh: () => {}, leave }
}
