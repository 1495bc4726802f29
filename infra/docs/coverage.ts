import { globSync, readFileSync } from 'node:fs'

/** A title in single quotes, backquotes or double quotes, of an `it`, a `test` or a `describe`. */
const titled = /\b(?:it|test|describe)(?:\.\w+)*\(\s*(?:'((?:[^'\\]|\\.)*)'|`([^`]*)`|"([^"]*)")/g
const ids = /\[([A-Z]{2}-\d\d)\]\s*/g
/** More titles than this make a cell that nobody reads; the count tells of the others. */
const shown = 12

/** Which tests name which requirement: the titles of all specs are read, nothing is run. */
export const coverageTable = (root: string): string => {
  const known = [...readFileSync(`${root}/docs/requirements.md`, 'utf8').matchAll(/^\| ((?:MB|DC|AC|AS|FB|VL|PL)-\d\d) \| ([^|]+) \|/gm)].map((match) => ({
    id: match[1] as string,
    title: (match[2] as string).trim(),
  }))
  const proofs = new Map<string, string[]>()
  const files = globSync(['{shared,services,infra}/**/*.spec.ts', 'tests/**/*.ts'], { cwd: root, exclude: (name) => name === 'node_modules' }).sort()
  for (const file of files) {
    for (const [, single, back, double] of readFileSync(`${root}/${file}`, 'utf8').matchAll(titled)) {
      const title = single ?? back ?? double ?? ''
      const words = title.replace(ids, '').replaceAll("\\'", "'").replaceAll('|', '\\|')
      for (const [, id] of title.matchAll(ids)) proofs.set(id as string, [...(proofs.get(id as string) ?? []), `${words} (${file})`])
    }
  }
  const unknown = [...proofs.keys()].filter((id) => !known.some((each) => each.id === id))
  if (unknown.length > 0) throw new Error(`Tests name requirements that docs/requirements.md does not have: ${unknown.join(', ')}`)
  const rows = known.map(({ id, title }) => {
    const titles = proofs.get(id) ?? []
    return `| ${id} | ${title} | ${titles.length} | ${titles.slice(0, shown).join('<br>')} |`
  })
  return `# Which tests prove which requirement

Generated from the titles of the specs by \`npm run docs\`; do not edit.
${known.filter(({ id }) => proofs.has(id)).length} of ${known.length} requirements are named by tests.

| id | capability | tests | titles |
|---|---|---|---|
${rows.join('\n')}
`
}
