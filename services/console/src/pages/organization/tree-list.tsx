import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../parts/format.ts'
import { isGone, type Node } from './tree.ts'

type Props = {
  readonly nodes: readonly Node[]
  readonly chosen: string | null
  readonly on: string | null
  readonly onChoose: (unit: string) => void
  readonly onToggle: (unit: string) => void
}

/** The same tree as a list for the keyboard: arrows walk, open and close; Enter chooses; a letter goes to the next name that begins with it. */
export const TreeList = ({ nodes, chosen, on, onChoose, onToggle }: Props) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const list = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<string | null>(chosen)
  const isWalking = useRef(false)
  const current = Math.max(
    0,
    nodes.findIndex(({ unit }) => unit.id === at),
  )
  useEffect(() => {
    if (isWalking.current) list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
    isWalking.current = false
  })
  const go = (index: number): void => {
    const node = nodes[Math.min(nodes.length - 1, Math.max(0, index))]
    if (!node) return
    isWalking.current = true
    setAt(node.unit.id)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const node = nodes[current]
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return
    const acts: Record<string, () => void> = {
      ArrowDown: () => go(current + 1),
      ArrowUp: () => go(current - 1),
      Home: () => go(0),
      End: () => go(nodes.length - 1),
      ArrowRight: () => (node.children > 0 && !node.isOpen ? onToggle(node.unit.id) : node.isOpen ? go(current + 1) : undefined),
      ArrowLeft: () => (node.isOpen ? onToggle(node.unit.id) : go(nodes.findIndex(({ unit }) => unit.id === node.unit.parent))),
      Enter: () => onChoose(node.unit.id),
      ' ': () => onChoose(node.unit.id),
    }
    const act = acts[event.key] ?? (event.key.length === 1 ? () => go(nextNamed(nodes, current, event.key, label)) : undefined)
    if (!act) return
    event.preventDefault()
    act()
  }
  return (
    <div ref={list} role="tree" aria-label={t('organization.tree')} className="org-list" onKeyDown={onKeyDown}>
      {nodes.map(({ unit, level, place, siblings, children, isOpen }, index) => (
        // The keyboard is the tree's own.
        // biome-ignore lint/a11y/useKeyWithClickEvents: as said
        <div
          key={unit.id}
          role="treeitem"
          aria-level={level}
          aria-posinset={place}
          aria-setsize={siblings}
          aria-expanded={children > 0 ? isOpen : undefined}
          aria-selected={unit.id === chosen}
          tabIndex={index === current ? 0 : -1}
          className={isGone(unit, on) ? 'gone' : undefined}
          onClick={() => {
            setAt(unit.id)
            onChoose(unit.id)
          }}
        >
          <span
            className="org-twist"
            aria-hidden="true"
            onClick={(event) => {
              if (children === 0) return
              event.stopPropagation()
              onToggle(unit.id)
            }}
          >
            {children === 0 ? '' : isOpen ? '▾' : '▸'}
          </span>
          <span>{label(unit.name)}</span>
          <span className="quiet">
            {isGone(unit, on)
              ? t(unit.mergedInto === null ? 'words.dissolved' : 'words.merged')
              : children > 0
                ? t('organization.below', { count: children })
                : ''}
          </span>
        </div>
      ))}
    </div>
  )
}

const nextNamed = (nodes: readonly Node[], from: number, letter: string, label: (name: Node['unit']['name']) => string): number => {
  const begins = ({ unit }: Node): boolean => label(unit.name).toLocaleLowerCase().startsWith(letter.toLocaleLowerCase())
  const after = nodes.findIndex((node, index) => index > from && begins(node))
  const found = after === -1 ? nodes.findIndex(begins) : after
  return found === -1 ? from : found
}
