/** A cell of a table that goes out as a file; null is empty. */
export type Cell = string | number | null

/** Spreadsheets take what begins so for a formula and run it: then a quotation mark goes before, which they show as text. */
const formula = /^[=+\-@\t\r\n\uff0b\uff0d\uff1d\uff20]/

/** One line of CSV as RFC 4180 has it; texts that a spreadsheet would run are made texts. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(written).join(',')}\r\n`

/** Without it spreadsheets take UTF-8 for something else. */
export const csvMark = '\ufeff'

const written = (cell: Cell): string => {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = formula.test(cell.trimStart()) || formula.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
