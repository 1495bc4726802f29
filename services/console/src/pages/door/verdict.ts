import { button, element } from './dom.ts'
import type { Door, Verdict } from './door.ts'
import { when } from './format.ts'
import { t } from './words.ts'

const good: readonly Verdict['kind'][] = ['counted', 'kept']

/** What became of the last scan, large enough to be read at arm's length. */
export const verdictBoard = (door: Door) => {
  const board = element('div', { class: 'verdict', role: 'status', 'aria-live': 'assertive' }, element('p', { class: 'quiet' }, t('door.ready')))
  const show = (verdict: Verdict): void => {
    const { kind, name, at, why, person } = verdict
    const timeZone = door.list()?.timezone ?? 'UTC'
    board.dataset.kind = kind
    board.dataset.tone = good.includes(kind) ? 'good' : kind === 'again' ? 'wait' : 'bad'
    board.replaceChildren(
      element('p', { class: 'verdict-name' }, name),
      element('p', {}, t(`door.verdict.${kind}`, { time: at === undefined ? '' : when(at, timeZone) })),
      ...(why === undefined ? [] : [element('p', {}, why)]),
      ...(kind === 'unlisted' || kind === 'waiting' ? [button(t('door.keepAnyway'), () => void door.scan(person, { evenUnlisted: true }).then(show))] : []),
    )
    if ('vibrate' in navigator) navigator.vibrate(good.includes(kind) ? 60 : [60, 60, 60])
  }
  return { board, show }
}
