/** Of an OpenAPI document what is read here. */
type Document = Readonly<Record<string, unknown>> & {
  readonly paths?: Readonly<Record<string, unknown>>
  readonly components?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** The documents of the services, by the service's name. */
export type Contracts = { readonly openapi: Readonly<Record<string, Document>>; readonly asyncapi: Document }

/** Which service answers under a first path segment. Throws when two services claim the same one. */
export const routesOf = (documents: Contracts['openapi']): ReadonlyMap<string, string> => {
  const routes = new Map<string, string>()
  for (const [service, document] of Object.entries(documents))
    for (const path of Object.keys(document.paths ?? {})) {
      const segment = path.split('/')[1] as string
      const other = routes.get(segment)
      if (other !== undefined && other !== service)
        throw new Error(`Both ${other} and ${service} claim the paths /${segment}: a first segment belongs to one service`)
      routes.set(segment, service)
    }
  return routes
}

/** One OpenAPI document of the whole door: the gateway's own paths and each service's under /api/v1. */
export const openapiOf = (own: Document, documents: Contracts['openapi']): Document => {
  const paths: Record<string, unknown> = { ...own.paths }
  const components: Record<string, Record<string, unknown>> = {}
  const take = (from: Document): void => {
    for (const [kind, named] of Object.entries(from.components ?? {})) components[kind] = { ...components[kind], ...named }
  }
  take(own)
  for (const [service, document] of Object.entries(documents)) {
    const renamed = withOwnNames(document, service)
    for (const [path, item] of Object.entries(renamed.paths ?? {})) paths[`/api/v1${path}`] = item
    take(renamed)
  }
  return { ...own, paths, components }
}

/** Schemas of different services may share a name; each gets its service's in front. */
const withOwnNames = (document: Document, service: string): Document => {
  const schemas = document.components?.schemas
  if (!schemas || Object.keys(schemas).length === 0) return document
  const text = JSON.stringify(document).replaceAll('"#/components/schemas/', `"#/components/schemas/${service}-`)
  const renamed = JSON.parse(text)
  renamed.components.schemas = Object.fromEntries(Object.entries(renamed.components.schemas).map(([name, schema]) => [`${service}-${name}`, schema]))
  return renamed
}
