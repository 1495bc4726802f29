/** One place in which two moments differ; undefined = not there. `path` is made of field names and positions. */
export type Difference = { readonly path: readonly string[]; readonly before: unknown; readonly after: unknown }

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Lists compare place by place; a whole that appears or goes is one difference, not one for each of its fields. */
export const differences = (before: unknown, after: unknown, path: readonly string[] = []): Difference[] => {
  if (isFields(before) && isFields(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return names.flatMap((name) => differences(before[name], after[name], [...path, name]))
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const places = Array.from({ length: Math.max(before.length, after.length) }, (_, place) => place)
    return places.flatMap((place) => differences(before[place], after[place], [...path, String(place + 1)]))
  }
  return Object.is(before, after) ? [] : [{ path, before, after }]
}
