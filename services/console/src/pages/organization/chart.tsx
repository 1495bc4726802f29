import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../parts/format.ts'
import { box, inTwoLines, layoutOf } from './layout.ts'
import { fitted, usePan } from './pan.ts'
import { isGone, type Node } from './tree.ts'

type Props = {
  readonly nodes: readonly Node[]
  readonly chosen: string | null
  readonly on: string | null
  readonly onChoose: (unit: string) => void
  readonly onToggle: (unit: string) => void
}

/** What the box leaves for a name. */
const nameWidth = box.width - 28

/** The tree as a chart to drag and to enlarge by hand. Who uses a keyboard or a reader has the same in the list. */
export const Chart = ({ nodes, chosen, on, onChoose, onToggle }: Props) => {
  const { t } = useTranslation()
  const { label } = useFormats()
  const element = useRef<SVGSVGElement>(null)
  const { boxes, lines, width, height } = useMemo(() => layoutOf(nodes), [nodes])
  const whole = () => fitted({ width, height }, { width: element.current?.clientWidth ?? 0, height: element.current?.clientHeight ?? 0 })
  const { view, handlers, zoom, fit } = usePan(element, whole, (target) => {
    const toggle = target.closest('[data-toggle]')?.getAttribute('data-toggle')
    const unit = target.closest('[data-unit]')?.getAttribute('data-unit')
    if (toggle) onToggle(toggle)
    else if (unit) onChoose(unit)
  })
  // The whole tree at first; afterwards it lies as the hand left it.
  const isLaid = useRef(false)
  useEffect(() => {
    if (isLaid.current || nodes.length === 0) return
    isLaid.current = true
    fit()
  })
  return (
    <div className="chart-window">
      <div className="chart-tools">
        <button type="button" className="button round" aria-label={t('organization.larger')} onClick={() => zoom(1.25)}>
          +
        </button>
        <button type="button" className="button round" aria-label={t('organization.smaller')} onClick={() => zoom(0.8)}>
          −
        </button>
        <button type="button" className="button" onClick={fit}>
          {t('organization.whole')}
        </button>
      </div>
      <svg ref={element} className="org-chart" role="img" aria-label={t('organization.chartOf', { count: nodes.length })} {...handlers}>
        <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
          {lines.map((line) => (
            <path key={line} className="org-line" d={line} />
          ))}
          {boxes.map(({ node, x, y }) => {
            const [kind, name] = [t(`unitKinds.${node.unit.kind}`), label(node.unit.name)]
            // A long name needs the line of the kind, which the box then tells when it is pointed at.
            const [first, second] = inTwoLines(name, nameWidth)
            return (
              <g key={node.unit.id} transform={`translate(${x} ${y})`}>
                <g data-unit={node.unit.id} className={boxClass(node, chosen, on)}>
                  <title>{`${name} · ${kind}`}</title>
                  <rect width={box.width} height={box.height} rx="8" />
                  <text className="org-name" x="12" y="19">
                    {first}
                  </text>
                  <text className={second === undefined ? 'org-kind' : 'org-name'} x="12" y="35">
                    {second ?? kind}
                  </text>
                </g>
                {node.children > 0 && (
                  <g data-toggle={node.unit.id} className="org-toggle" transform={`translate(${box.width} ${box.height / 2})`}>
                    <circle r="11" />
                    <text textAnchor="middle" y="4">
                      {node.isOpen ? '−' : node.children}
                    </text>
                  </g>
                )}
              </g>
            )
          })}
        </g>
      </svg>
    </div>
  )
}

const boxClass = ({ unit }: Node, chosen: string | null, on: string | null): string =>
  ['org-box', unit.id === chosen && 'chosen', isGone(unit, on) && 'gone'].filter(Boolean).join(' ')
