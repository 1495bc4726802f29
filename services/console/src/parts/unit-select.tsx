import { useQuery } from '@tanstack/react-query'
import { inTreeOrder, type Unit, units } from '../api/organization.ts'
import { useFormats } from './format.ts'

type Props = {
  readonly id: string
  readonly value: string
  readonly onChange: (unit: string) => void
  /** What it says while nothing is chosen; without it something always is. */
  readonly none?: string
  /** Null = today's tree. */
  readonly on?: string | null
  readonly only?: (unit: Unit) => boolean
}

/** A unit of the tree, chosen from all of them in the tree's order. */
export const UnitSelect = ({ id, value, onChange, none, on = null, only = () => true }: Props) => {
  const { label } = useFormats()
  const { data: tree = [] } = useQuery(units(on))
  return (
    <select id={id} className="select" value={value} onChange={(event) => onChange(event.target.value)}>
      {none !== undefined && <option value="">{none}</option>}
      {inTreeOrder(tree)
        .filter(({ unit }) => only(unit))
        .map(({ unit, depth }) => (
          <option key={unit.id} value={unit.id}>
            {`${'\u2003'.repeat(depth)}${label(unit.name)}`}
          </option>
        ))}
    </select>
  )
}
