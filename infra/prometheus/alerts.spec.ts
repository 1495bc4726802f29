import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Measure, measures } from '../../shared/src/measures.ts'
import { boardFiles, undrawn } from '../grafana/boards.ts'
import { alerts, anchorOf, foreign, runbookPage } from './alerts.ts'
import { prometheusFiles } from './files.ts'

const root = dirname(dirname(import.meta.dirname))
const file = (path: string): string => readFileSync(join(root, path), 'utf8')

/** The names as Prometheus has them: a histogram is three. */
const known = new Set<string>([
  ...foreign,
  ...Object.entries(measures as Readonly<Record<string, Measure>>).flatMap(([name, { kind }]) =>
    kind === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
  ),
])
const namesIn = (expr: string): string[] => [...expr.replace(/\{[^}]*\}/g, '').matchAll(/\b[a-z]+_[a-z0-9_]+\b(?!\s*\()|\bup\b/g)].map(([name]) => name)
const labelsOf = new Set(Object.values(measures as Readonly<Record<string, Measure>>).flatMap(({ labels }) => labels))

describe('alerts', () => {
  it('every one has a section in the runbook, which tells what it means, how to look and what to do; and no section is left over', () => {
    const sections = file(runbookPage)
      .split(/^## /m)
      .slice(1)
      .map((section) => ({ name: section.split('\n', 1)[0] as string, text: section }))
    const names = alerts.map((alert) => alert.name)
    expect(new Set(names).size).toBe(names.length)
    expect(sections.map((each) => each.name).filter((name) => /^[A-Z][A-Za-z]+$/.test(name) && !names.includes(name))).toEqual([])
    for (const name of names) {
      const section = sections.find((each) => each.name === name)?.text
      expect(section, name).toBeDefined()
      for (const part of ['**Means**', '**Look**', '**Do**']) expect(section, name).toContain(part)
    }
  })

  it('every metric and label in them is declared', () => {
    for (const { name, expr } of alerts) {
      const used = namesIn(expr).filter((each) => !labelsOf.has(each) && !['histogram_quantile', 'max_over_time'].includes(each))
      expect(used.length, name).toBeGreaterThan(0)
      for (const metric of used) expect(known.has(metric), `${name}: ${metric}`).toBe(true)
      for (const [, label] of expr.matchAll(/[{,]\s*([a-z_]+)\s*(?:=~|!=|!~|=)"/g)) expect([...labelsOf, 'job'], `${name}: ${label}`).toContain(label)
    }
  })

  it('each links to its section', () => {
    const { groups } = parse(file('infra/prometheus/alerts.yaml')) as { groups: { rules: { alert: string; annotations: Record<string, string> }[] }[] }
    for (const { alert, annotations } of groups.flatMap((group) => group.rules)) expect(annotations.runbook_url).toBe(`${runbookPage}#${anchorOf(alert)}`)
  })
})

const promtool = ((): boolean => {
  try {
    return execFileSync('promtool', ['--version'], { stdio: 'ignore' }) !== undefined
  } catch {
    return false
  }
})()

it.skipIf(!promtool)('promtool takes the rules and the configuration', () => {
  const run = (...args: string[]): string => execFileSync('promtool', ['check', ...args], { cwd: join(root, 'infra/prometheus'), encoding: 'utf8' })
  expect(run('rules', 'alerts.yaml')).toContain(`SUCCESS: ${alerts.length} rules found`)
  expect(run('config', 'prometheus.yaml')).toContain('SUCCESS')
})

it.skipIf(!promtool)('by promtool: a consumer that stands for minutes is told, however little it has to do; one that goes on now and then is not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'alerts-'))
  const labels = { service: 'activities', consumer: 'stands' }
  const series = (consumer: string, values: string) => ({ series: `collegium_consumer_standing_seconds{service="activities",consumer="${consumer}"}`, values })
  const rule = alerts.find(({ name }) => name === 'ConsumerStands')
  const firing = {
    exp_labels: { ...labels, severity: rule?.severity },
    exp_annotations: {
      summary: rule?.summary.replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: keyof typeof labels) => labels[label]),
      runbook_url: `${runbookPage}#consumerstands`,
    },
  }
  const test = {
    rule_files: [join(root, 'infra/prometheus/alerts.yaml')],
    evaluation_interval: '15s',
    tests: [
      {
        interval: '15s',
        // Ten minutes: from 0 s on by 15; from 0 to 165 and again.
        input_series: [series('stands', '0+15x40'), series('slow', Array.from({ length: 4 }, () => '0+15x11').join(' '))],
        alert_rule_test: [
          { eval_time: '3m', alertname: 'ConsumerStands', exp_alerts: [] },
          { eval_time: '5m', alertname: 'ConsumerStands', exp_alerts: [firing] },
        ],
      },
    ],
  }
  writeFileSync(join(folder, 'test.yaml'), JSON.stringify(test))
  try {
    expect(execFileSync('promtool', ['test', 'rules', join(folder, 'test.yaml')], { encoding: 'utf8' })).toContain('SUCCESS')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('the files for Prometheus and the boards for Grafana are what the table of metrics gives: `npm run docs` writes them', () => {
  for (const [folder, files] of [['infra/prometheus', prometheusFiles()] as const, ['infra/grafana', boardFiles()] as const])
    for (const [name, text] of Object.entries(files)) {
      expect(existsSync(join(root, folder, name)), name).toBe(true)
      expect(file(join(folder, name)), name).toBe(text)
    }
})

it('every metric is on a board, and every name is one that Prometheus takes', () => {
  expect(undrawn()).toEqual([])
  for (const [name, { kind, help, labels }] of Object.entries(measures as Readonly<Record<string, Measure>>)) {
    expect(name).toMatch(/^[a-z][a-z0-9_]+$/)
    expect(name.endsWith('_total'), name).toBe(kind === 'counter')
    expect(help).toMatch(/[.:]/)
    for (const label of labels) expect(label).toMatch(/^[a-z_]+$/)
  }
})
