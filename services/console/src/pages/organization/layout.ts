import type { Node } from './tree.ts'

/** Where each unit stands in the chart: levels from left to right, parents in the middle of their children. In units of the chart's own. */

export const box = { width: 220, height: 44, gapX: 56, gapY: 12 } as const

type Placed = { readonly node: Node; readonly x: number; readonly y: number }
type Layout = { readonly boxes: readonly Placed[]; readonly lines: readonly string[]; readonly width: number; readonly height: number }

export const layoutOf = (nodes: readonly Node[]): Layout => {
  const shown = new Set(nodes.map(({ unit }) => unit.id))
  const below = Map.groupBy(nodes, ({ unit }) => (unit.parent !== null && shown.has(unit.parent) ? unit.parent : null))
  const boxes: Placed[] = []
  const lines: string[] = []
  let row = 0
  const place = (node: Node): number => {
    const x = (node.level - 1) * (box.width + box.gapX)
    const children = below.get(node.unit.id) ?? []
    const ys = children.map(place)
    const y = ys.length === 0 ? row++ * (box.height + box.gapY) : ((ys[0] as number) + (ys.at(-1) as number)) / 2
    boxes.push({ node, x, y })
    const [from, middle] = [y + box.height / 2, x + box.width + box.gapX / 2]
    for (const each of ys) lines.push(`M${x + box.width} ${from}H${middle}V${each + box.height / 2}H${x + box.width + box.gapX}`)
    return y
  }
  for (const root of below.get(null) ?? []) place(root)
  const levels = Math.max(1, ...nodes.map(({ level }) => level))
  return { boxes, lines, width: levels * (box.width + box.gapX) - box.gapX, height: Math.max(1, row) * (box.height + box.gapY) - box.gapY }
}

/** How wide a sign of the chart's letters is, nearly: a Chinese one as wide as it is high. */
const [narrowSign, wideSign] = [8.7, 14]

/** How many of the signs fit into a width. */
const fitting = (signs: readonly string[], width: number): number => {
  let used = 0
  const over = signs.findIndex((sign) => {
    used += (sign.codePointAt(0) ?? 0) > 0x2e80 ? wideSign : narrowSign
    return used > width
  })
  return over === -1 ? signs.length : over
}

/** A text in one line or two, broken between words where there are any; what is too long for two ends in “…”. */
export const inTwoLines = (text: string, width: number): readonly string[] => {
  const signs = [...text]
  const many = fitting(signs, width)
  if (many === signs.length) return [text]
  const space = signs.slice(0, many + 1).lastIndexOf(' ')
  const first = space > 0 ? space : many
  const rest = signs.slice(first).join('').trimStart()
  const left = [...rest]
  const fits = fitting(left, width)
  const second =
    fits === left.length
      ? rest
      : `${left
          .slice(0, Math.max(1, fits - 1))
          .join('')
          .trimEnd()}…`
  return [signs.slice(0, first).join(''), second]
}
