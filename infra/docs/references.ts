import type { EventDefinition } from '../../shared/src/aggregate.ts'
import { kernelFactsOf } from '../../shared/src/erasure/facts.ts'
import type { Service } from '../../shared/src/service.ts'

/** One line a command and one a read: method, path, permission, aggregate, file. */
export const routesPage = (services: readonly Service[]): string => {
  const lines = services.flatMap((service) =>
    service.aggregates.flatMap((aggregate) => [
      ...Object.entries(aggregate.commands).map(
        ([name, command]) =>
          `| ${service.name} | ${aggregate.name} | ${name} | ${command.route === 'internal' ? '(by the system)' : `\`${command.route}\``} | \`${command.permission}\` |`,
      ),
      `| ${service.name} | ${aggregate.name} | read | \`GET ${aggregate.path}/:id\` | \`${aggregate.read}\` |`,
    ]),
  )
  return page('Commands and reads', ['| service | aggregate | command | route (below `/api/v1`) | permission |', '|---|---|---|---|---|', ...lines])
}

/** One line a fact: type and fields. */
export const eventsPage = (services: readonly Service[]): string => {
  const line = (event: EventDefinition, of: string): string => `| \`${event.type}\` | ${of} | ${Object.keys(event.schema.properties).join(', ')} |`
  const lines = services.flatMap((service) => [
    ...service.aggregates.flatMap((aggregate) => aggregate.events.map((event) => line(event, aggregate.name))),
    ...kernelFactsOf(service).map((event) => line(event, '(the kernel)')),
  ])
  return page('Facts', ['| type | aggregate | data |', '|---|---|---|', ...new Set(lines)])
}

/** One line a permission: what needs it. Which posts carry it is the federation's own data. */
export const permissionsPage = (services: readonly Service[]): string => {
  const uses = services.flatMap((service) =>
    service.aggregates.flatMap((aggregate) => [
      ...Object.entries(aggregate.commands).map(([name, command]) => [command.permission, `${aggregate.name}: ${name}`] as const),
      [aggregate.read, `${aggregate.name}: read`] as const,
    ]),
  )
  const rows = [...Map.groupBy(uses, ([permission]) => permission)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([permission, all]) => `| \`${permission}\` | ${all.map(([, use]) => use).join(', ')} |`)
  return page('Permissions', ['| permission | opens |', '|---|---|', ...rows])
}

const page = (title: string, lines: readonly string[]): string =>
  `# ${title}\n\nGenerated from the declarations by \`npm run docs\`; do not edit.\n\n${lines.join('\n')}\n`
