import '../../styles/tokens.css'
import '../../styles/base.css'
import './door.css'
import { codePanel } from './code-panel.ts'
import { button, element } from './dom.ts'
import { type Door, openDoor } from './door.ts'
import { span } from './format.ts'
import { listPanel, type Panel, sendingPanel } from './panels.ts'
import { scanPanel } from './scan-panel.ts'
import { all } from './store.ts'
import { verdictBoard } from './verdict.ts'
import { language, t } from './words.ts'

/** How often the list is asked anew, and what waits is sent, while the page is open. */
const everyMs = 15_000

const root = document.getElementById('door') as HTMLElement
const activity = new URLSearchParams(location.search).get('activity')
const titleOf = (title: { readonly en: string; readonly zh: string }): string => (language === 'en' ? title.en : title.zh)

/** Which doors this device knows; they are opened from an activity's page. */
const choose = async (): Promise<void> => {
  const lists = await all('lists')
  root.replaceChildren(
    element(
      'main',
      { class: 'door-frame' },
      element('h1', {}, t('door.title')),
      element('p', { class: 'quiet' }, t('door.choose')),
      element(
        'ul',
        { class: 'door-rows' },
        ...lists.map(({ id, title }) => element('li', {}, element('a', { href: `/door.html?activity=${encodeURIComponent(id)}` }, titleOf(title)))),
      ),
      element('a', { class: 'button', href: '/activities' }, t('door.toActivities')),
    ),
  )
}

const page = (door: Door, id: string) => {
  const { board, show } = verdictBoard(door)
  const panels: Readonly<Record<string, Panel>> = {
    scan: scanPanel(door, show),
    list: listPanel(door, show),
    code: codePanel(door, id),
    sending: sendingPanel(door),
  }
  let chosen = 'list'
  const heading = element('h1', {}, t('door.title'))
  const when = element('p', { class: 'quiet' })
  const net = element('p', { class: 'door-net', role: 'status' })
  const tabs = element('nav', { class: 'door-tabs', 'aria-label': t('door.title') })
  const place = element('div')
  const choose = (name: string): void => {
    panels[chosen]?.leave?.()
    chosen = name
    refresh()
    place.replaceChildren(panels[chosen]?.body ?? '')
  }
  const buttons = Object.fromEntries(Object.keys(panels).map((name) => [name, button(t(`door.tabs.${name}`), () => choose(name))]))
  tabs.append(...Object.values(buttons))

  const refresh = (): void => {
    const list = door.list()
    const waiting = door.scans().filter(({ state }) => state === 'waiting').length
    const refused = door.scans().filter(({ state }) => state === 'refused').length
    if (list) {
      heading.textContent = titleOf(list.title)
      document.title = `${titleOf(list.title)} · ${t('door.title')}`
      when.textContent = `${span(list.startsAt, list.endsAt, list.timezone)} · ${list.venue}`
    }
    net.dataset.net = door.net()
    net.dataset.waiting = String(waiting)
    net.replaceChildren(
      element('strong', {}, t(`door.net.${door.net()}`)),
      ` ${waiting > 0 ? t('door.net.waiting', { count: waiting }) : t('door.net.sent')}${refused > 0 ? ` ${t('door.net.refused', { count: refused })}` : ''} `,
      door.net() !== 'signed-out' ? '' : element('a', { href: `/sign-in?to=${encodeURIComponent(location.pathname + location.search)}` }, t('door.signIn')),
    )
    for (const [name, each] of Object.entries(buttons)) each.setAttribute('aria-pressed', String(name === chosen))
    ;(buttons.sending as HTMLElement).textContent = waiting > 0 ? t('door.tabs.sendingCount', { count: waiting }) : t('door.tabs.sending')
    const refusal = door.refusal()
    why.hidden = refusal === null && list !== null
    why.textContent = refusal ?? (list === null ? t('door.first') : '')
    panels[chosen]?.refresh()
  }
  const why = element('p', { class: 'state failure', role: 'status' })
  root.replaceChildren(element('main', { class: 'door-frame' }, element('header', {}, heading, when, net), why, tabs, board, place))
  choose('list')
  return refresh
}

const start = async (id: string): Promise<void> => {
  let redraw = (): void => {}
  const door = await openDoor(id, () => redraw())
  redraw = page(door, id)
  root.dataset.ready = 'true'
  await door.refresh()
  addEventListener('online', () => void door.refresh())
  addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void door.refresh())
  setInterval(() => void door.refresh(), everyMs)
}

document.documentElement.lang = language
document.documentElement.dataset.theme = localStorage.getItem('collegium.theme') ?? 'system'
document.title = t('door.title')
await (activity === null ? choose() : start(activity))
if ('serviceWorker' in navigator && import.meta.env.PROD) await navigator.serviceWorker.register('/door-worker.js', { scope: '/door.html' })
