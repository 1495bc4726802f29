import { globSync, readFileSync } from 'node:fs'

/** Which tests name which requirement: the titles of all specs are read, nothing is run. */
export const coverageTable = (root: string): string => {
  const known = [...readFileSync(`${root}/docs/requirements.md`, 'utf8').matchAll(/^\| ((?:MB|DC|AC|AS|FB|VL|PL)-\d\d) \| ([^|]+) \|/gm)].map((match) => ({
    id: match[1] as string,
    title: (match[2] as string).trim(),
  }))
  const proofs = new Map<string, string[]>()
  for (const file of globSync('{shared,services,infra,tests}/**/*.spec.{ts,tsx}', { cwd: root, exclude: (name) => name === 'node_modules' }).sort()) {
    for (const [, title] of readFileSync(`${root}/${file}`, 'utf8').matchAll(/\b(?:it|test|describe)(?:\.\w+)*\(\s*(?:'((?:[^'\\]|\\.)*)'|`[^`]*`|"[^"]*")/g)) {
      for (const [, id] of (title ?? '').matchAll(/\[([A-Z]{2}-\d\d)\]/g))
        proofs.set(id as string, [
          ...(proofs.get(id as string) ?? []),
          `${(title as string)
            .replace(/\[[A-Z]{2}-\d\d\]\s*/g, '')
            .replaceAll('|', '\\|')
            .replaceAll("\\'", "'")} (${file})`,
        ])
    }
  }
  const unknown = [...proofs.keys()].filter((id) => !known.some((each) => each.id === id))
  if (unknown.length > 0) throw new Error(`Tests name requirements that docs/requirements.md does not have: ${unknown.join(', ')}`)
  const rows = known.map(({ id, title }) => `| ${id} | ${title} | ${(proofs.get(id) ?? []).length} | ${(proofs.get(id) ?? []).slice(0, 12).join('<br>')} |`)
  return `# Which tests prove which requirement\n\nGenerated from the titles of the specs by \`npm run docs\`; do not edit.\n${known.filter(({ id }) => proofs.has(id)).length} of ${known.length} requirements are named by tests.\n\n| id | capability | tests | titles |\n|---|---|---|---|\n${rows.join('\n')}\n`
}
