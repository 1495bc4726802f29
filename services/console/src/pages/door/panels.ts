import { button, element } from './dom.ts'
import type { Door, Verdict } from './door.ts'
import { when } from './format.ts'
import type { Expected } from './store.ts'
import { t } from './words.ts'

/** A part of the page behind one of its tabs. */
export type Panel = { readonly body: HTMLElement; readonly refresh: () => void; readonly leave?: () => void }

/** More rows than this nobody reads at a door. */
const shownRows = 60

const fits = ({ person, name, number }: Expected, text: string): boolean =>
  [person, name, number].some((each) => each?.toLowerCase().includes(text.toLowerCase()) ?? false)

/** Everybody who is expected, found by a part of name or number; and by hand who is on no list. */
export const listPanel = (door: Door, onVerdict: (verdict: Verdict) => void): Panel => {
  const input = element('input', { class: 'input', type: 'search', id: 'door-search', autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'go' })
  const rows = element('ul', { class: 'door-rows', 'aria-label': t('door.list.title') })
  const count = element('p', { class: 'quiet', role: 'status' })
  const take = (person: string): void => void door.scan(person).then(onVerdict)
  const row = (each: Expected): HTMLElement => {
    const came = door.cameAt(each.person)
    return element(
      'li',
      { 'data-person': each.person },
      element('span', {}, each.name ?? each.person, each.number === null ? null : element('span', { class: 'quiet' }, ` ${each.number}`)),
      came === null
        ? button(t(each.state === 'waiting' ? 'door.list.waits' : 'door.list.checkIn'), () => take(each.person))
        : element('span', { class: 'chip good' }, t('door.list.here', { time: when(came, door.list()?.timezone ?? 'UTC') })),
    )
  }
  const refresh = (): void => {
    const text = input.value.trim()
    const people = door.list()?.people ?? []
    const found = text === '' ? people : people.filter((each) => fits(each, text))
    count.textContent = t('door.list.found', {
      count: found.length,
      here: people.filter(({ person }) => door.cameAt(person) !== null).length,
      all: people.length,
    })
    rows.replaceChildren(
      ...found.slice(0, shownRows).map(row),
      ...(found.length === 0 && text !== ''
        ? [
            element(
              'li',
              {},
              element('span', {}, t('door.list.nobody', { text })),
              button(t('door.list.byHand'), () => take(text)),
            ),
          ]
        : []),
    )
  }
  input.addEventListener('input', refresh)
  // A scanner that types, and whoever types: Enter takes the one who is meant.
  input.addEventListener('keydown', (event) => {
    const text = input.value.trim()
    if (event.key !== 'Enter' || text === '') return
    const found = (door.list()?.people ?? []).filter((each) => fits(each, text))
    take(found.length === 1 ? (found[0] as Expected).person : text)
    input.value = ''
    refresh()
  })
  const body = element('div', { class: 'door-panel' }, element('label', { for: 'door-search' }, t('door.list.search')), input, count, rows)
  return { body, refresh }
}

/** What is not sent yet, and what the server would not take. */
export const sendingPanel = (door: Door): Panel => {
  const body = element('div', { class: 'door-panel' })
  const refresh = (): void => {
    const timeZone = door.list()?.timezone ?? 'UTC'
    const part = (title: string, state: 'waiting' | 'refused'): Node[] => {
      const scans = door.scans().filter((scan) => scan.state === state)
      if (scans.length === 0) return []
      return [
        element('h2', {}, title),
        element(
          'ul',
          { class: 'door-rows', 'data-state': state },
          ...scans
            .toSorted((a, b) => b.at.localeCompare(a.at))
            .slice(0, shownRows)
            .map((scan) =>
              element(
                'li',
                {},
                element('span', {}, door.whoIs(scan.person)?.name ?? scan.person),
                element('span', { class: 'quiet' }, `${when(scan.at, timeZone)}${scan.why === undefined ? '' : ` · ${scan.why}`}`),
              ),
            ),
        ),
      ]
    }
    const waiting = door.scans().filter(({ state }) => state === 'waiting')
    const others = waiting.filter(({ holder }) => holder !== door.list()?.holder).length
    body.replaceChildren(
      element('p', { class: 'quiet' }, t(waiting.length === 0 ? 'door.sending.nothing' : 'door.sending.lead')),
      ...(others > 0 ? [element('p', {}, t('door.sending.others', { count: others }))] : []),
      ...(waiting.length > 0 ? [button(t('door.sending.now'), () => void door.refresh(), { class: 'primary' })] : []),
      ...part(t('door.sending.waiting', { count: waiting.length }), 'waiting'),
      ...part(t('door.sending.refused'), 'refused'),
    )
  }
  return { body, refresh }
}
