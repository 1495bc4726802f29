export type Format = 'csv' | 'xlsx'

/** The id in a line of what arrives: CSV, or for a workbook a JSON array. */
const idIn: Readonly<Record<Format, (line: string) => unknown>> = {
  csv: (line) => line.split(',')[0],
  xlsx: (line) => JSON.parse(line)[0],
}

/** What has arrived up to the end of its last whole row, the rows without the head, and the id of the last; null where that is none. */
export const wholeRows = (
  chunks: readonly Uint8Array<ArrayBuffer>[],
  format: Format,
): { readonly bytes: Uint8Array<ArrayBuffer>; readonly rows: number; readonly last: string } | null => {
  const joined = new Uint8Array(chunks.reduce((sum, each) => sum + each.length, 0))
  let at = 0
  for (const chunk of chunks) {
    joined.set(chunk, at)
    at += chunk.length
  }
  const bytes = joined.slice(0, joined.lastIndexOf(10) + 1)
  const lines = new TextDecoder().decode(bytes).split('\n').slice(0, -1)
  if (lines.length < 2) return null
  const last = idIn[format](lines.at(-1) as string)
  return typeof last !== 'string' || !/^[\w.:-]+$/.test(last) ? null : { bytes, rows: lines.length - 1, last }
}
